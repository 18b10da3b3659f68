package dev.sluice.log.manager;

import dev.sluice.log.partition.PartitionId;
import java.util.OptionalLong;

/**
 * Knows how far the consumer groups of partitions have come: the port through which retention
 * learns what has been consumed. Called on the maintenance thread, for partitions whose records go
 * once consumed.
 */
@FunctionalInterface
public interface ConsumedOffsets {

  /** Knows of no group. */
  ConsumedOffsets NONE = partition -> OptionalLong.empty();

  /**
   * The offset before which every group that is to read a partition has done so.
   *
   * @return empty if there is no such group: then nothing is deleted as consumed
   * @throws RuntimeException if it can't be told now; nothing is deleted as consumed then
   */
  OptionalLong of(PartitionId partition);
}
