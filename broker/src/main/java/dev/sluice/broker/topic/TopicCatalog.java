package dev.sluice.broker.topic;

import dev.sluice.broker.config.BrokerDefaults;
import dev.sluice.broker.metadata.ClusterMetadata;
import dev.sluice.broker.metadata.MetadataCommand;
import dev.sluice.broker.metadata.MetadataState;
import dev.sluice.broker.metadata.Topic;
import dev.sluice.broker.metadata.TopicConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * Which topics there are. A change is a command in the metadata log first, then in memory, then on
 * disk; what a crash leaves undone on disk is done when the catalog opens again. Thread-safe:
 * changes are guarded by this object's monitor, reads see the last complete state.
 */
public final class TopicCatalog {

  /** The most partitions that a topic may have. */
  public static final int MAX_PARTITIONS = TopicNames.MAX_PARTITIONS;

  private final ClusterMetadata metadata;
  private final PartitionStore partitions;
  private volatile Map<UUID, Topic> byId = Map.of();

  private TopicCatalog(ClusterMetadata metadata, PartitionStore partitions) {
    this.metadata = metadata;
    this.partitions = partitions;
  }

  /** Opens the partitions of all topics, and finishes deletions that were cut short. */
  public static TopicCatalog open(ClusterMetadata metadata, PartitionStore partitions) {
    TopicCatalog catalog = new TopicCatalog(metadata, partitions);
    metadata.onChange(catalog::index);
    catalog.index(metadata.state());
    metadata.state().removedTopics().forEach(partitions::deleteAll);
    partitions.openAll(catalog.list());
    return catalog;
  }

  private void index(MetadataState state) {
    Map<UUID, Topic> topics = new HashMap<>();
    state.topics().values().forEach(topic -> topics.put(topic.id(), topic));
    byId = topics;
  }

  /** All topics by name. */
  public List<Topic> list() {
    return List.copyOf(metadata.state().topics().values());
  }

  public Optional<Topic> find(String name) {
    return Optional.ofNullable(metadata.state().topics().get(name));
  }

  /** Whether there is such a partition, usable or not. */
  public boolean isThere(String name, int partition) {
    return find(name).filter(it -> partition >= 0 && partition < it.partitions()).isPresent();
  }

  /** The topic with this id; there is none any more once it is deleted, whatever has its name. */
  public Optional<Topic> findById(UUID id) {
    return Optional.ofNullable(byId.get(id));
  }

  /**
   * Creates a topic.
   *
   * @throws TopicException {@code TOPIC_EXISTS}, {@code INVALID_TOPIC}
   */
  public synchronized Topic create(String name, int count, TopicConfig config) {
    checkNew(name, count);
    if (metadata.state().removedTopics().contains(name)) {
      partitions.deleteAll(name); // What could not be deleted then.
    }
    if (partitions.topicsOnDisk().contains(name)) {
      throw invalid(
          "The data directory has folders of an earlier topic '"
              + name
              + "'. Move them away, or restart the gateway if that topic was just deleted.");
    }
    Topic created = new Topic(name, UUID.randomUUID(), count, config);
    put(created);
    partitions.ensure(created, 0);
    return created;
  }

  private void checkNew(String name, int count) {
    TopicNames.check(name, count);
    if (find(name).isPresent()) {
      throw new TopicException(
          TopicException.Code.TOPIC_EXISTS, "There is a topic '" + name + "' already.");
    }
  }

  /**
   * Creates a topic by Kafka's rules: none that has a name of the server's own, or one that differs
   * from another's in dots and underscores only.
   *
   * @throws TopicException {@code TOPIC_EXISTS}, {@code INVALID_TOPIC}
   */
  public synchronized Topic createForClient(String name, int count, TopicConfig config) {
    checkForClient(name, count);
    return create(name, count, config);
  }

  /**
   * Whether a topic could be {@link #createForClient created} now.
   *
   * @throws TopicException why not
   */
  public void checkForClient(String name, int count) {
    checkNew(name, count);
    if (TopicNames.isInternal(name)) {
      throw invalid("Topic '" + name + "' is the server's own.");
    }
    TopicNames.colliding(name, metadata.state().topics().keySet())
        .ifPresent(
            other -> {
              throw invalid("Topic '" + name + "' collides with existing topic: " + other + ".");
            });
  }

  /**
   * A topic that was asked for.
   *
   * @param isNew whether it was created for that
   */
  public record Found(Topic topic, boolean isNew) {}

  /**
   * Finds a topic, or creates it as a client's first question about it does.
   *
   * @throws TopicException {@code UNKNOWN_TOPIC} if topics aren't created that way; {@code
   *     INVALID_TOPIC}
   */
  public Found findOrCreate(String name, BrokerDefaults defaults) {
    return find(name)
        .map(found -> new Found(found, false))
        .orElseGet(() -> createUnlessThere(name, defaults));
  }

  private synchronized Found createUnlessThere(String name, BrokerDefaults defaults) {
    Optional<Topic> found = find(name);
    if (found.isPresent()) {
      return new Found(found.get(), false);
    }
    if (!defaults.autoCreate()) {
      throw TopicException.unknown(name);
    }
    return new Found(createForClient(name, defaults.partitions(), defaults.topic()), true);
  }

  /** Whether a topic is the server's own: it is neither created nor deleted by clients. */
  public static boolean isInternal(String name) {
    return TopicNames.isInternal(name);
  }

  /**
   * Changes a topic's settings, and adds partitions.
   *
   * @throws TopicException {@code UNKNOWN_TOPIC}; {@code INVALID_TOPIC} for fewer partitions
   */
  public Topic update(String name, int count, TopicConfig config) {
    return update(name, before -> new Topic(name, before.id(), count, config));
  }

  /**
   * The same, depending on what the topic is like; nothing else changes it meanwhile.
   *
   * @param change makes the topic as it is to be, of the same name and id, out of the one there is;
   *     what it throws is thrown on, and nothing is changed
   */
  public synchronized Topic update(String name, UnaryOperator<Topic> change) {
    Topic before = find(name).orElseThrow(() -> TopicException.unknown(name));
    Topic changed = change.apply(before);
    TopicNames.check(name, changed.partitions());
    if (changed.partitions() < before.partitions()) {
      throw invalid(
          "Topic '" + name + "' has " + before.partitions() + " partitions; they can't be fewer.");
    }
    if (changed.equals(before)) {
      return before;
    }
    put(changed);
    for (int partition = 0; partition < before.partitions(); partition++) {
      partitions.configure(changed, partition);
    }
    partitions.ensure(changed, before.partitions());
    return changed;
  }

  /**
   * Deletes a topic with all its records.
   *
   * @throws TopicException {@code UNKNOWN_TOPIC}
   */
  public synchronized Topic delete(String name) {
    Topic gone = find(name).orElseThrow(() -> TopicException.unknown(name));
    delete(gone);
    return gone;
  }

  /**
   * Deletes the topic with this id, and no other that has taken its name since.
   *
   * @throws TopicException {@code UNKNOWN_TOPIC}
   */
  public synchronized Topic delete(UUID id) {
    Topic gone =
        findById(id)
            .orElseThrow(
                () ->
                    new TopicException(
                        TopicException.Code.UNKNOWN_TOPIC, "There is no topic with this id."));
    delete(gone);
    return gone;
  }

  private void delete(Topic gone) {
    MetadataCommand command = new MetadataCommand.RemoveTopic(gone.name(), gone.id());
    MetadataState unused = metadata.change(command);
    partitions.deleteAll(gone.name());
  }

  private void put(Topic topic) {
    MetadataCommand command =
        new MetadataCommand.PutTopic(topic.name(), topic.id(), topic.partitions(), topic.config());
    MetadataState unused = metadata.change(command);
  }

  private static TopicException invalid(String message) {
    return new TopicException(TopicException.Code.INVALID_TOPIC, message);
  }
}
