/** Tests of the connector runtime. */
@NullMarked
package dev.sluice.gateway.connect.state;

import org.jspecify.annotations.NullMarked;
