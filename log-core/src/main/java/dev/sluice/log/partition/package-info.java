/**
 * One partition: append, read, retention, life cycle. An append is numbered and queued by its
 * caller, written and forced by a flusher, then visible, then acknowledged; in this order.
 */
@NullMarked
package dev.sluice.log.partition;

import org.jspecify.annotations.NullMarked;
