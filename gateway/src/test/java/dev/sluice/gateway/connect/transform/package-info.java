/** Tests of the connector runtime. */
@NullMarked
package dev.sluice.gateway.connect.transform;

import org.jspecify.annotations.NullMarked;
