package dev.sluice.log.producer;

/**
 * A transaction that has got its marker.
 *
 * @param firstOffset of its first record
 * @param lastOffset of its marker
 */
public record CompletedTransaction(
    long producerId, long firstOffset, long lastOffset, boolean isAborted) {}
