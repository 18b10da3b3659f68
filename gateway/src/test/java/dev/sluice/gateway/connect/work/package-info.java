/** Tests of the connector runtime. */
@NullMarked
package dev.sluice.gateway.connect.work;

import org.jspecify.annotations.NullMarked;
