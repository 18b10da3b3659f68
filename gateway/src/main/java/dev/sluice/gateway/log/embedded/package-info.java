/** The ports of the log on the broker in this process. */
@NullMarked
package dev.sluice.gateway.log.embedded;

import org.jspecify.annotations.NullMarked;
