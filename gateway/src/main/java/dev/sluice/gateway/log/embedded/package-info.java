/**
 * The ports of the log on the broker in this process. What readers see is decided here: committed
 * records unless they ask for all, no markers, and a note in place of what can't be decoded.
 */
@NullMarked
package dev.sluice.gateway.log.embedded;

import org.jspecify.annotations.NullMarked;
