/**
 * The ports through which the gateway reaches a log, whichever it is: Topics, Records, Groups. The
 * embedded adapter stands on the broker in this process; nothing else in the gateway knows it.
 */
@NullMarked
package dev.sluice.gateway.log;

import org.jspecify.annotations.NullMarked;
