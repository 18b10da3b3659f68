package dev.sluice.broker.metadata;

import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The state that metadata commands add up to. Immutable; applying the same commands in the same
 * order always gives the same state.
 *
 * @param clusterId tells this cluster from others; absent only before its first start is complete
 * @param topics the topics there are, by name
 * @param removedTopics names of topics that were removed and have not come back
 * @param nextProducerId no producer has this id or a larger one
 * @param groupSettings what is set for consumer groups, by group and Kafka's name of the setting
 * @param security users, access rules and quotas
 */
public record MetadataState(
    Optional<UUID> clusterId,
    SortedMap<String, Topic> topics,
    Set<String> removedTopics,
    long nextProducerId,
    SortedMap<String, Map<String, String>> groupSettings,
    SecurityState security) {

  static final MetadataState EMPTY =
      new MetadataState(
          Optional.empty(),
          Collections.emptySortedMap(),
          Set.of(),
          0,
          Collections.emptySortedMap(),
          SecurityState.OPEN);

  /** Copies what it is given. */
  public MetadataState {
    topics = Collections.unmodifiableSortedMap(new TreeMap<>(topics));
    removedTopics = Set.copyOf(removedTopics);
    groupSettings = Collections.unmodifiableSortedMap(new TreeMap<>(groupSettings));
  }

  MetadataState apply(MetadataCommand command) {
    return switch (command) {
      case MetadataCommand.NameCluster name ->
          new MetadataState(
              Optional.of(name.id()),
              topics,
              removedTopics,
              nextProducerId,
              groupSettings,
              security);
      case MetadataCommand.PutTopic put -> with(put);
      case MetadataCommand.RemoveTopic remove -> without(remove);
      case MetadataCommand.ReserveProducerIds reserve ->
          new MetadataState(
              clusterId, topics, removedTopics, reserve.next(), groupSettings, security);
      case MetadataCommand.PutGroupSettings put -> with(put);
      case MetadataCommand.Security change ->
          new MetadataState(
              clusterId,
              topics,
              removedTopics,
              nextProducerId,
              groupSettings,
              security.apply(change));
    };
  }

  private MetadataState with(MetadataCommand.PutTopic put) {
    TreeMap<String, Topic> there = new TreeMap<>(topics);
    Set<String> gone = new HashSet<>(removedTopics);
    there.put(put.name(), new Topic(put.name(), put.id(), put.partitions(), put.config()));
    gone.remove(put.name());
    return withTopics(there, gone);
  }

  private MetadataState without(MetadataCommand.RemoveTopic remove) {
    TreeMap<String, Topic> there = new TreeMap<>(topics);
    Set<String> gone = new HashSet<>(removedTopics);
    there.remove(remove.name());
    gone.add(remove.name());
    return withTopics(there, gone);
  }

  private MetadataState withTopics(SortedMap<String, Topic> there, Set<String> gone) {
    return new MetadataState(clusterId, there, gone, nextProducerId, groupSettings, security);
  }

  private MetadataState with(MetadataCommand.PutGroupSettings put) {
    TreeMap<String, Map<String, String>> there = new TreeMap<>(groupSettings);
    if (put.settings().isEmpty()) {
      Map<String, String> unused = there.remove(put.group());
    } else {
      there.put(put.group(), Map.copyOf(put.settings()));
    }
    return new MetadataState(clusterId, topics, removedTopics, nextProducerId, there, security);
  }
}
