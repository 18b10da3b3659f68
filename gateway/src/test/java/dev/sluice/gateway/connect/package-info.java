/** Tests of the connector runtime. */
@NullMarked
package dev.sluice.gateway.connect;

import org.jspecify.annotations.NullMarked;
