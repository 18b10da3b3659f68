package dev.sluice.broker.group;

import dev.sluice.log.partition.PartitionLog;

/** Finds the logs of partitions. Thread-safe. */
@FunctionalInterface
public interface PartitionLookup {

  /**
   * A partition's log.
   *
   * @throws dev.sluice.broker.topic.TopicException {@code UNKNOWN_TOPIC} if there is no such topic
   *     or partition
   * @throws dev.sluice.log.StorageException {@code OFFLINE} if it could not be opened
   */
  PartitionLog partition(String topic, int partition);
}
