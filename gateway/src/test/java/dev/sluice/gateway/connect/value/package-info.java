/** Tests of the connector runtime. */
@NullMarked
package dev.sluice.gateway.connect.value;

import org.jspecify.annotations.NullMarked;
