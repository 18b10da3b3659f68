package dev.sluice.gateway.rest.status;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many records a second there are of each of many things, from what was counted at the last few
 * looks. Not thread-safe; {@link OverviewFeed} guards it.
 */
final class Rates {

  /** A rate is an average over at most this time. */
  private static final Duration WINDOW = Duration.ofSeconds(5);

  private static final int MAX_LOOKS = 10;

  private record Look(long nanos, Map<String, Long> counted) {}

  private final Deque<Look> looks = new ArrayDeque<>();

  /** Takes in a new look: how many records there have been of each. */
  void look(long nanos, Map<String, Long> counted) {
    looks.removeIf(look -> nanos - look.nanos > WINDOW.toNanos());
    if (looks.size() == MAX_LOOKS) {
      looks.remove();
    }
    looks.add(new Look(nanos, counted));
  }

  /** Records a second; null if it has not been looked at twice lately. */
  @Nullable Double perSecond(String name) {
    Look last = looks.peekLast();
    Long now = last == null ? null : last.counted.get(name);
    if (last == null || now == null) {
      return null;
    }
    for (Look look : looks) {
      Long then = look.counted.get(name);
      if (then != null && look.nanos < last.nanos) {
        return Math.max(0, now - then) * 1e9 / (last.nanos - look.nanos);
      }
    }
    return null;
  }
}
