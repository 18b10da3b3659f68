package dev.sluice.gateway.history;

import java.util.SortedMap;

/**
 * All that was measured at one moment, or over one window.
 *
 * @param timeMillis the moment, or the end of the window, since the epoch
 * @param coveredMillis over how much time before it amounts were counted; 0 if they are not known
 * @param points what was measured; a series that is not in it was not there
 */
record Frame(long timeMillis, long coveredMillis, SortedMap<Series, Point> points) {

  /**
   * A value.
   *
   * @param value a gauge's last value, or a counter's amount; not negative
   * @param max a gauge's largest value, else the same as the value
   */
  record Point(long value, long max) {

    static Point of(long value) {
      return new Point(value, value);
    }
  }
}
