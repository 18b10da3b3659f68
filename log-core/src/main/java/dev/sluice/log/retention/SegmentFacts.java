package dev.sluice.log.retention;

/**
 * What the planner knows of a segment.
 *
 * @param baseOffset the offset at which it begins
 * @param nextOffset the offset behind its last record
 * @param sizeBytes bytes of its log file
 * @param maxTimestampMillis its newest record's time; {@code Long.MIN_VALUE} if it is empty
 */
public record SegmentFacts(
    long baseOffset, long nextOffset, long sizeBytes, long maxTimestampMillis) {

  boolean isEmpty() {
    return sizeBytes == 0;
  }
}
