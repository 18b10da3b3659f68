package dev.sluice.gateway.history;

import dev.sluice.gateway.history.Chart.Line;
import dev.sluice.gateway.history.ChartQuery.By;
import dev.sluice.gateway.history.Frame.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts frames into the steps of a chart. Pure but for what it gathers; used by one thread. */
final class ChartBuilder {

  private static final double MILLIS = 1_000;

  private final ChartQuery query;
  private final long fromMillis;
  private final long stepMillis;
  private final int points;
  private final int maxLines;
  private final TreeMap<Series, Steps> lines = new TreeMap<>();
  private final Set<Series> omitted = new HashSet<>();

  /** The steps of one line; NaN where nothing is known. */
  private final class Steps {
    final double[] values = unknown();
    final double[] max = unknown();
    final long[] coveredMillis = new long[points];

    private double[] unknown() {
      double[] values = new double[points];
      Arrays.fill(values, Double.NaN);
      return values;
    }

    void add(int step, Point point, long covered) {
      boolean isFirst = Double.isNaN(values[step]);
      if (query.kind().isGauge()) {
        values[step] = point.value();
        max[step] = isFirst ? point.max() : Math.max(max[step], point.max());
      } else {
        values[step] = isFirst ? point.value() : values[step] + point.value();
        coveredMillis[step] += covered;
      }
    }
  }

  /**
   * Begins a chart.
   *
   * @param maxValues as many lines are drawn as have together at most so many values
   */
  ChartBuilder(ChartQuery query, int maxValues) {
    this.query = query;
    this.fromMillis = query.from().toEpochMilli();
    this.stepMillis = query.step().toMillis();
    this.points = query.points();
    this.maxLines = Math.max(1, maxValues / Math.max(1, points));
  }

  /** Takes in a frame with the points of the wanted series; what was written last counts. */
  void add(Frame frame) {
    int step = (int) ((frame.timeMillis() - fromMillis - 1) / stepMillis);
    if (step < 0 || step >= points) {
      return;
    }
    Map<Series, Point> sums = new HashMap<>();
    frame
        .points()
        .forEach(
            (series, point) ->
                sums.merge(
                    query.line(series),
                    point,
                    (one, other) ->
                        new Point(one.value() + other.value(), one.max() + other.max())));
    sums.forEach(
        (line, point) -> {
          Steps steps = lines.get(line);
          if (steps == null && lines.size() < maxLines) {
            steps = new Steps();
            lines.put(line, steps);
          }
          if (steps == null) {
            omitted.add(line);
          } else {
            steps.add(step, point, frame.coveredMillis());
          }
        });
  }

  Chart build() {
    List<Long> times = new ArrayList<>();
    for (int step = 1; step <= points; step++) {
      times.add(fromMillis + step * stepMillis);
    }
    List<Line> drawn = new ArrayList<>();
    lines.forEach((series, steps) -> drawn.add(line(series, steps)));
    return new Chart(times, drawn, omitted.size());
  }

  private Line line(Series series, Steps steps) {
    boolean isGauge = query.kind().isGauge();
    List<@Nullable Double> values = new ArrayList<>();
    List<@Nullable Double> max = new ArrayList<>();
    for (int step = 0; step < points; step++) {
      double value = steps.values[step];
      long covered = steps.coveredMillis[step];
      if (isGauge) {
        values.add(known(value));
        max.add(known(steps.max[step]));
      } else {
        values.add(covered == 0 ? null : known(value * MILLIS / covered));
      }
    }
    boolean hasTopic = query.by() == By.TOPIC || query.by() == By.PARTITION;
    return new Line(
        series.name(),
        hasTopic ? series.topic() : null,
        query.by() == By.PARTITION ? series.partition() : null,
        values,
        max);
  }

  private static @Nullable Double known(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
