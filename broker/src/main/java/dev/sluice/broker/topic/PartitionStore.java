package dev.sluice.broker.topic;

import dev.sluice.broker.metadata.Topic;
import java.util.Collection;
import java.util.Set;

/** The partitions on disk, as the catalog needs them. Called by one thread at a time. */
public interface PartitionStore {

  /**
   * Opens the partitions of all topics, several at a time, and creates those that aren't there. One
   * that can't be opened is offline and doesn't stop the others.
   */
  void openAll(Collection<Topic> topics);

  /** The topics of which there is a folder, known or not. */
  Set<String> topicsOnDisk();

  /**
   * Opens a topic's partitions from a number on, several at a time, creating those that aren't
   * there; does nothing to those that are open.
   *
   * @throws dev.sluice.log.StorageException if one can't be opened; it is offline then
   */
  void ensure(Topic topic, int firstPartition);

  /** Makes an open partition follow changed settings. */
  void configure(Topic topic, int partition);

  /** Deletes a topic's partitions with all their records, those that are there. */
  void deleteAll(String topic);
}
