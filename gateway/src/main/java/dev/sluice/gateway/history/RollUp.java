package dev.sluice.gateway.history;

import dev.sluice.gateway.history.Frame.Point;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/**
 * Puts frames together to windows of a fixed length: of gauges the last and the largest value, of
 * counters the sum. Windows end at multiples of their length since the epoch; a frame belongs to
 * the window that ends with it or after it. A window without frames has no frame. Used by one
 * thread.
 */
final class RollUp {

  private final long windowMillis;
  private final TreeMap<Series, Point> points = new TreeMap<>();
  private long endMillis;
  private long coveredMillis;

  RollUp(long windowMillis) {
    this.windowMillis = windowMillis;
  }

  /** Takes in a frame, in the order of time; gives back the window before if this one is beyond. */
  Optional<Frame> add(Frame frame) {
    long end = Math.ceilDiv(frame.timeMillis(), windowMillis) * windowMillis;
    Optional<Frame> finished = Optional.empty();
    if (end != endMillis) {
      finished = finish();
      endMillis = end;
    }
    coveredMillis += frame.coveredMillis();
    frame.points().forEach((series, point) -> points.merge(series, point, merger(series)));
    return finished;
  }

  /** Forgets what has been taken in. */
  void reset() {
    points.clear();
    coveredMillis = 0;
    endMillis = 0;
  }

  private static BinaryOperator<Point> merger(Series series) {
    return series.kind().isGauge()
        ? (old, next) -> new Point(next.value(), Math.max(old.max(), next.max()))
        : (old, next) -> Point.of(old.value() + next.value());
  }

  private Optional<Frame> finish() {
    Optional<Frame> finished =
        points.isEmpty()
            ? Optional.empty()
            : Optional.of(new Frame(endMillis, coveredMillis, new TreeMap<>(points)));
    points.clear();
    coveredMillis = 0;
    return finished;
  }
}
