package dev.sluice.gateway.rest.status;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many records a second there are, from the totals of the last few looks. Not thread-safe;
 * {@link OverviewFeed} guards it.
 */
final class Rates<K> {

  /** A rate is an average over at most this time. */
  private static final Duration WINDOW = Duration.ofSeconds(5);

  private static final int MAX_LOOKS = 10;

  private record Look<K>(long nanos, Map<K, Long> totals) {}

  private final Deque<Look<K>> looks = new ArrayDeque<>();

  /** Takes in a new look at all totals, which must not change any more. */
  void look(long nanos, Map<K, Long> totals) {
    looks.removeIf(look -> nanos - look.nanos > WINDOW.toNanos());
    if (looks.size() == MAX_LOOKS) {
      looks.remove();
    }
    looks.add(new Look<>(nanos, totals));
  }

  /** Records a second; null if there have not been two looks at it lately. */
  @Nullable Double perSecond(K key) {
    Look<K> last = looks.peekLast();
    Long now = last == null ? null : last.totals.get(key);
    if (last == null || now == null) {
      return null;
    }
    for (Look<K> look : looks) {
      Long then = look.totals.get(key);
      if (then != null && look.nanos < last.nanos) {
        return Math.max(0, now - then) * 1e9 / (last.nanos - look.nanos);
      }
    }
    return null;
  }
}
