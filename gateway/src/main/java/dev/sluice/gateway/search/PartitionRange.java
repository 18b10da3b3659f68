package dev.sluice.gateway.search;

import dev.sluice.gateway.log.TopicPartition;

/**
 * Offsets of a partition.
 *
 * @param from the first
 * @param to the one behind the last; the same if there are none
 */
public record PartitionRange(TopicPartition topicPartition, long from, long to) {

  public PartitionRange {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("No range: from " + from + " to " + to);
    }
  }

  /** How many offsets; there may be fewer records. */
  public long size() {
    return to - from;
  }

  PartitionRange from(long offset) {
    return new PartitionRange(topicPartition, Math.clamp(offset, from, to), to);
  }

  PartitionRange to(long offset) {
    return new PartitionRange(topicPartition, from, Math.clamp(offset, from, to));
  }
}
