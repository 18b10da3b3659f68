package dev.sluice.log.compaction;

/**
 * A transaction that was given up: what its producer wrote between these offsets was never to be
 * seen.
 *
 * @param firstOffset the offset of its first record
 * @param lastOffset the offset of the marker that ends it
 */
public record AbortedTransaction(long producerId, long firstOffset, long lastOffset) {}
