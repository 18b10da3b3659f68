package dev.sluice.broker.topic;

import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The state that metadata commands add up to. Immutable; applying the same commands in the same
 * order always gives the same state.
 *
 * @param topics the topics there are, by name
 * @param removed names of topics that were removed and have not come back
 */
record CatalogState(SortedMap<String, Topic> topics, Set<String> removed) {

  static final CatalogState EMPTY = new CatalogState(Collections.emptySortedMap(), Set.of());

  CatalogState {
    topics = Collections.unmodifiableSortedMap(new TreeMap<>(topics));
    removed = Set.copyOf(removed);
  }

  CatalogState apply(MetadataCommand command) {
    TreeMap<String, Topic> there = new TreeMap<>(topics);
    Set<String> gone = new HashSet<>(removed);
    switch (command) {
      case MetadataCommand.PutTopic put -> {
        there.put(put.name(), new Topic(put.name(), put.id(), put.partitions(), put.config()));
        gone.remove(put.name());
      }
      case MetadataCommand.RemoveTopic remove -> {
        there.remove(remove.name());
        gone.add(remove.name());
      }
    }
    return new CatalogState(there, gone);
  }
}
