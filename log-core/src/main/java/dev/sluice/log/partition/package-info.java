/**
 * One partition: append, read, retention, compaction, transactions, replication's side, life cycle.
 * An append is checked and queued by its caller, numbered, written and forced by a flusher, then
 * visible, then acknowledged; in this order.
 */
@NullMarked
package dev.sluice.log.partition;

import org.jspecify.annotations.NullMarked;
