package dev.sluice.gateway.search;

import dev.sluice.gateway.log.TopicPartition;

/**
 * Offsets of a partition.
 *
 * @param from the first
 * @param to the one behind the last; the same if there are none
 * @param isOpen whether it reaches to the end, which is not known yet; 'to' only stands for it
 */
public record PartitionRange(TopicPartition topicPartition, long from, long to, boolean isOpen) {

  public PartitionRange {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("No range: from " + from + " to " + to);
    }
  }

  /** Offsets whose end is known. */
  public PartitionRange(TopicPartition topicPartition, long from, long to) {
    this(topicPartition, from, to, false);
  }

  /** From an offset to the end, wherever that may be. */
  public static PartitionRange open(TopicPartition topicPartition, long from) {
    return new PartitionRange(topicPartition, from, from + 1, true);
  }

  /** The same with an end that has become known. */
  PartitionRange until(long end) {
    return new PartitionRange(topicPartition, Math.min(from, end), end);
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
