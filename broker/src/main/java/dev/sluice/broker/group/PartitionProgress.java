package dev.sluice.broker.group;

import dev.sluice.log.partition.PartitionId;

/**
 * How far a group has come in a partition.
 *
 * @param committedOffset the next record that it reads
 * @param startOffset of the first record that there is
 * @param endOffset behind the last record
 */
public record PartitionProgress(
    PartitionId partition, long committedOffset, long startOffset, long endOffset) {

  /** How many offsets are before it, at most as many as the partition has. */
  public long lag() {
    return Math.max(0, endOffset - Math.max(committedOffset, startOffset));
  }
}
