package dev.sluice.broker.topic;

import dev.sluice.broker.metadata.ClusterMetadata;
import dev.sluice.broker.metadata.MetadataCommand;
import dev.sluice.broker.metadata.MetadataState;
import dev.sluice.broker.metadata.Topic;
import dev.sluice.broker.metadata.TopicConfig;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Which topics there are. A change is a command in the metadata log first, then in memory, then on
 * disk; what a crash leaves undone on disk is done when the catalog opens again. Thread-safe:
 * changes are guarded by this object's monitor, reads see the last complete state.
 */
public final class TopicCatalog {

  private final ClusterMetadata metadata;
  private final PartitionStore partitions;

  private TopicCatalog(ClusterMetadata metadata, PartitionStore partitions) {
    this.metadata = metadata;
    this.partitions = partitions;
  }

  /** Opens the partitions of all topics, and finishes deletions that were cut short. */
  public static TopicCatalog open(ClusterMetadata metadata, PartitionStore partitions) {
    TopicCatalog catalog = new TopicCatalog(metadata, partitions);
    metadata.state().removedTopics().forEach(partitions::deleteAll);
    partitions.openAll(catalog.list());
    return catalog;
  }

  /** All topics by name. */
  public List<Topic> list() {
    return List.copyOf(metadata.state().topics().values());
  }

  public Optional<Topic> find(String name) {
    return Optional.ofNullable(metadata.state().topics().get(name));
  }

  /** The topic of an id. */
  public Optional<Topic> findById(UUID id) {
    return metadata.state().topics().values().stream()
        .filter(topic -> topic.id().equals(id))
        .findFirst();
  }

  /**
   * Creates a topic.
   *
   * @throws TopicException {@code TOPIC_EXISTS}, {@code INVALID_TOPIC}
   */
  public synchronized Topic create(String name, int count, TopicConfig config) {
    TopicNames.check(name, count);
    if (find(name).isPresent()) {
      throw new TopicException(
          TopicException.Code.TOPIC_EXISTS, "There is a topic '" + name + "' already.");
    }
    if (partitions.topicsOnDisk().contains(name)) {
      throw new TopicException(
          TopicException.Code.INVALID_TOPIC,
          "The data directory has folders of an earlier topic '"
              + name
              + "'. Move them away, or restart the gateway if that topic was just deleted.");
    }
    Topic created = new Topic(name, UUID.randomUUID(), count, config);
    put(created);
    return created;
  }

  /**
   * Changes a topic's settings, and adds partitions.
   *
   * @throws TopicException {@code UNKNOWN_TOPIC}; {@code INVALID_TOPIC} for fewer partitions
   */
  public synchronized Topic update(String name, int count, TopicConfig config) {
    Topic before = find(name).orElseThrow(() -> TopicException.unknown(name));
    TopicNames.check(name, count);
    if (count < before.partitions()) {
      throw new TopicException(
          TopicException.Code.INVALID_TOPIC,
          "Topic '" + name + "' has " + before.partitions() + " partitions; they can't be fewer.");
    }
    Topic changed = new Topic(name, before.id(), count, config);
    put(changed);
    for (int partition = 0; partition < before.partitions(); partition++) {
      partitions.configure(changed, partition);
    }
    return changed;
  }

  /**
   * Deletes a topic with all its records.
   *
   * @throws TopicException {@code UNKNOWN_TOPIC}
   */
  public synchronized Topic delete(String name) {
    Topic gone = find(name).orElseThrow(() -> TopicException.unknown(name));
    MetadataCommand command = new MetadataCommand.RemoveTopic(name, gone.id());
    MetadataState unused = metadata.change(command);
    partitions.deleteAll(name);
    return gone;
  }

  private void put(Topic topic) {
    MetadataCommand command =
        new MetadataCommand.PutTopic(topic.name(), topic.id(), topic.partitions(), topic.config());
    MetadataState unused = metadata.change(command);
    for (int partition = 0; partition < topic.partitions(); partition++) {
      partitions.ensure(topic, partition);
    }
  }
}
