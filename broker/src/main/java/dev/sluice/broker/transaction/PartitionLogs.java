package dev.sluice.broker.transaction;

import dev.sluice.log.partition.PartitionLog;

/** Finds the logs of this broker's partitions. Thread-safe; never blocks. */
@FunctionalInterface
public interface PartitionLogs {

  /**
   * A partition's log.
   *
   * @throws dev.sluice.broker.topic.TopicException {@code UNKNOWN_TOPIC} if there is no such topic
   *     or partition, for good
   * @throws dev.sluice.log.StorageException if there is, but it can't be used now
   */
  PartitionLog get(String topic, int partition);
}
