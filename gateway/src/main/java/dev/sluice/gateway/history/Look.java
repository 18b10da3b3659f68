package dev.sluice.gateway.history;

import dev.sluice.gateway.history.Frame.Point;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was seen at one moment. Amounts are counted by what they are made up of, since a sum also
 * changes with its parts: when a topic goes, nothing was written, and when a connector comes back
 * under its name, its tasks count on.
 *
 * @param timeMillis when, since the epoch
 * @param gauges how much there was
 * @param amounts the series of amounts that there is room for
 * @param totals how much each counter has counted ever, or since something started
 * @param missing of the counters that are remembered and were not seen, for how many looks by now
 * @param leftOut how many series there was no room for
 */
record Look(
    long timeMillis,
    SortedMap<Series, Long> gauges,
    Set<Series> amounts,
    Map<Counter, Long> totals,
    Map<Counter, Integer> missing,
    int leftOut) {

  /** The total of a counter that is there but can't be read now. */
  static final long UNKNOWN = -1;

  /** Who has been gone for so many looks, an hour of them, has to begin anew. */
  static final int MAX_MISSING = 360;

  /** What was seen, without anything that is remembered. */
  Look(
      long timeMillis,
      SortedMap<Series, Long> gauges,
      Set<Series> amounts,
      Map<Counter, Long> totals,
      int leftOut) {
    this(timeMillis, gauges, amounts, totals, Map.of(), leftOut);
  }

  /**
   * The same with what is known from an earlier look of counters that can't be read now, and of
   * connectors that are gone and may come back soon.
   */
  Look remembering(@Nullable Look before) {
    if (before == null) {
      return this;
    }
    Map<Counter, Long> known = new HashMap<>(totals);
    Map<Counter, Integer> gone = new HashMap<>();
    before.totals.forEach(
        (counter, total) -> {
          Long now = totals.get(counter);
          int looks = before.missing.getOrDefault(counter, 0) + 1;
          if (now == null && !isOfTopic(counter) && looks < MAX_MISSING) {
            known.put(counter, total);
            gone.put(counter, looks);
          } else if (now != null && now == UNKNOWN) {
            known.put(counter, total);
          }
        });
    return new Look(timeMillis, gauges, amounts, known, gone, leftOut);
  }

  /**
   * What has happened since an earlier look, which this one remembers. A total that has become less
   * has begun anew from 0; a counter that was not there has begun since then.
   *
   * @param before the earlier look, or null if there was none: then no amount is known
   */
  Frame since(@Nullable Look before) {
    TreeMap<Series, Point> points = new TreeMap<>();
    gauges.forEach((series, value) -> points.put(series, Point.of(value)));
    if (before == null) {
      return new Frame(timeMillis, 0, points);
    }
    Map<Series, Long> counted = countedSince(before);
    amounts.forEach(series -> points.put(series, Point.of(counted.getOrDefault(series, 0L))));
    return new Frame(timeMillis, timeMillis - before.timeMillis, points);
  }

  private Map<Series, Long> countedSince(Look before) {
    Map<Series, Long> counted = new HashMap<>();
    totals.forEach(
        (counter, total) -> {
          long more = increase(before.totals.getOrDefault(counter, 0L), total);
          counted.merge(counter.series(), more, Long::sum);
          if (isOfTopic(counter)) {
            counted.merge(Series.of(Kind.RECORDS), more, Long::sum);
          }
        });
    return counted;
  }

  private static long increase(long then, long total) {
    if (then == UNKNOWN || total == UNKNOWN) {
      return 0;
    }
    return total >= then ? total - then : total;
  }

  private static boolean isOfTopic(Counter counter) {
    return counter.series().kind() == Kind.TOPIC_RECORDS;
  }
}
