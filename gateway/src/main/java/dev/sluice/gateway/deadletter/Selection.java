package dev.sluice.gateway.deadletter;

import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** Which letters of a topic something is done with. */
public sealed interface Selection {

  /**
   * Named ones.
   *
   * @param letters their places
   * @param again whether those are meant, too, that have been dealt with
   */
  record Named(SortedSet<LetterId> letters, boolean again) implements Selection {}

  /**
   * All that a filter takes, of those that are there when it begins.
   *
   * @param filter the filter
   * @param upTo of each partition, the offset behind the last one that is meant; null for no limit
   */
  record Matching(Filter filter, @Nullable SortedMap<Integer, Long> upTo) implements Selection {}
}
