/**
 * How lag, rates and disk space were: sampled every ten seconds, rolled up, and kept in topics of
 * the gateway's own like everything else, bounded in time and size. What is drawn is read from
 * there by time. The parts that decide (frames, roll-up, charts, when lag grows) are pure.
 */
@NullMarked
package dev.sluice.gateway.history;

import org.jspecify.annotations.NullMarked;
