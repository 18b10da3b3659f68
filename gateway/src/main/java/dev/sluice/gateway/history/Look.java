package dev.sluice.gateway.history;

import dev.sluice.gateway.history.Frame.Point;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was seen at one moment.
 *
 * @param timeMillis when, since the epoch
 * @param gauges how much there was
 * @param totals how much there has been ever, or since something started
 * @param leftOut how many series there was no room for
 */
record Look(
    long timeMillis, SortedMap<Series, Long> gauges, Map<Series, Long> totals, int leftOut) {

  /**
   * What has happened since an earlier look. A total that has become less has begun anew from 0.
   *
   * @param before the earlier look, or null if there was none: then no amount is known
   */
  Frame since(@Nullable Look before) {
    TreeMap<Series, Point> points = new TreeMap<>();
    gauges.forEach((series, value) -> points.put(series, Point.of(value)));
    if (before == null) {
      return new Frame(timeMillis, 0, points);
    }
    totals.forEach(
        (series, total) -> {
          long then = before.totals.getOrDefault(series, 0L);
          points.put(series, Point.of(total >= then ? total - then : total));
        });
    return new Frame(timeMillis, timeMillis - before.timeMillis, points);
  }
}
