package dev.sluice.source.host;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Turns counters that only grow into rates per second. Not thread-safe. */
final class Rates {

  private final Map<String, Sample> before = new HashMap<>();

  private record Sample(long count, Instant time) {}

  /**
   * The rate since the counter was last seen; empty the first time, and when the counter began anew
   * or no time has passed.
   */
  OptionalLong perSecond(String counter, long count, Instant now) {
    Sample last = before.put(counter, new Sample(count, now));
    if (last == null || count < last.count()) {
      return OptionalLong.empty();
    }
    long millis = Duration.between(last.time(), now).toMillis();
    return millis <= 0
        ? OptionalLong.empty()
        : OptionalLong.of(Math.round((count - last.count()) * 1000.0 / millis));
  }

  /** Puts the rate into the fields, if there is one. */
  void put(Map<String, Object> fields, String field, String counter, long count, Instant now) {
    perSecond(counter, count, now).ifPresent(rate -> fields.put(field, rate));
  }
}
