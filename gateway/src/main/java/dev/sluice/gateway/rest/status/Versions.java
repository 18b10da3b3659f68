package dev.sluice.gateway.rest.status;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Things with names, and when each has changed; so that who has seen them at some moment can be
 * told what is different since. Not thread-safe; {@link OverviewFeed} guards it.
 */
final class Versions<T> {

  /** What is gone is remembered for so many moments. */
  static final int REMEMBERED = 120;

  private final Function<T, String> name;
  private final TreeMap<String, Version<T>> present = new TreeMap<>();
  private final Map<String, Long> gone = new HashMap<>();

  private record Version<T>(T value, long number) {}

  /**
   * What is different.
   *
   * @param changed new or changed ones, by name
   * @param gone names of those that are no more
   */
  record Difference<T>(List<T> changed, List<String> gone) {}

  Versions(Function<T, String> name) {
    this.name = name;
  }

  /** What there is at a moment; moments are numbered upwards. */
  void now(long number, List<T> all) {
    Map<String, Version<T>> before = new HashMap<>(present);
    present.clear();
    for (T value : all) {
      String key = name.apply(value);
      @Nullable Version<T> old = before.remove(key);
      present.put(key, old != null && old.value.equals(value) ? old : new Version<>(value, number));
      gone.remove(key);
    }
    before.keySet().forEach(key -> gone.put(key, number));
    gone.values().removeIf(when -> when < number - REMEMBERED);
  }

  /** What is different now from an earlier moment, not more than {@link #REMEMBERED} before. */
  Difference<T> since(long number) {
    List<T> changed = new ArrayList<>();
    for (Version<T> version : present.values()) {
      if (version.number > number) {
        changed.add(version.value);
      }
    }
    List<String> left =
        gone.entrySet().stream()
            .filter(entry -> entry.getValue() > number)
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    return new Difference<>(changed, left);
  }
}
