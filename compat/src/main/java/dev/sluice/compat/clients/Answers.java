package dev.sluice.compat.clients;

import java.util.Map;
import java.util.Objects;

/** Looks into what clients answer. */
final class Answers {

  private Answers() {}

  /** What a map has to hold for a key. */
  static <K, V> V at(Map<K, V> answer, K key) {
    return Objects.requireNonNull(answer.get(key), () -> "Nothing about " + key + " in " + answer);
  }
}
