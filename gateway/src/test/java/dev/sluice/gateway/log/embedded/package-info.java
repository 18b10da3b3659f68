/** Tests of the ports on the broker. */
@NullMarked
package dev.sluice.gateway.log.embedded;

import org.jspecify.annotations.NullMarked;
