/** A log in memory, for tests of what stands on the ports. */
@NullMarked
package dev.sluice.gateway.log;

import org.jspecify.annotations.NullMarked;
