package dev.sluice.gateway.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Sequences of things by key: what was fed, or what arrived. Within a key everything is fed once.
 * Thread-safe.
 */
final class Deliveries {

  private final Map<String, List<String>> byKey = new LinkedHashMap<>();

  synchronized void add(String key, String thing) {
    byKey.computeIfAbsent(key, unused -> new ArrayList<>()).add(thing);
  }

  /** How many there are. */
  synchronized long size() {
    return byKey.values().stream().mapToLong(List::size).sum();
  }

  /** How many different ones there are. */
  long distinct() {
    return firsts().values().stream().mapToLong(Set::size).sum();
  }

  /** How many of these are not among others. */
  long missingFrom(Deliveries others) {
    Map<String, Set<String>> there = others.firsts();
    return firsts().entrySet().stream()
        .mapToLong(
            entry -> {
              Set<String> arrived = there.getOrDefault(entry.getKey(), Set.of());
              return entry.getValue().stream().filter(thing -> !arrived.contains(thing)).count();
            })
        .sum();
  }

  /** Each thing once, by key, in the order of the first occurrences. */
  private synchronized Map<String, Set<String>> firsts() {
    Map<String, Set<String>> firsts = new LinkedHashMap<>();
    byKey.forEach((key, things) -> firsts.put(key, new LinkedHashSet<>(things)));
    return firsts;
  }

  /** Fails unless all of these arrived, nothing else did, and the order of each key was kept. */
  void assertArrivedIn(Deliveries arrived) {
    assertThat(missingFrom(arrived)).as("missing").isZero();
    assertThat(arrived.missingFrom(this)).as("arrived but never fed").isZero();
    Map<String, Set<String>> there = arrived.firsts();
    firsts()
        .forEach(
            (key, things) ->
                assertThat(there.getOrDefault(key, Set.of()))
                    .as("order of key %s", key)
                    .containsExactlyElementsOf(things));
  }
}
