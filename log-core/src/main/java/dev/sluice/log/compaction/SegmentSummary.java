package dev.sluice.log.compaction;

/**
 * What the planner knows of a sealed segment.
 *
 * @param baseOffset the offset at which it begins
 * @param endOffset the offset at which the next one begins
 * @param sizeBytes bytes of its log file
 * @param firstTimestampMillis about when its first records were written; the largest long if that
 *     does not matter
 * @param maxTimestampMillis the time of its newest record; the smallest long if that does not
 *     matter
 */
public record SegmentSummary(
    long baseOffset,
    long endOffset,
    long sizeBytes,
    long firstTimestampMillis,
    long maxTimestampMillis) {}
