package dev.sluice.broker.security;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells what is worth a line in the log from what was said there a moment ago. Remembers a bounded
 * number of things; thread-safe.
 *
 * @param <K> what makes two pieces of news the same
 */
public final class RecurringNews<K> {

  private static final Duration QUIET = Duration.ofMinutes(1);
  private static final int MAX_REMEMBERED = 1_000;

  private final Clock clock;

  /** When each was said last, the oldest first. Guarded by this object's monitor. */
  private final Map<K, Long> saidMillis = new LinkedHashMap<>();

  public RecurringNews(Clock clock) {
    this.clock = clock;
  }

  /** Whether this has not been said for a minute; it counts as said now if so. */
  public synchronized boolean isNew(K news) {
    long now = clock.millis();
    Long before = saidMillis.get(news);
    if (before != null && now - before < QUIET.toMillis()) {
      return false;
    }
    saidMillis.remove(news);
    saidMillis.put(news, now);
    if (saidMillis.size() > MAX_REMEMBERED) {
      saidMillis.remove(saidMillis.keySet().iterator().next());
    }
    return true;
  }
}
