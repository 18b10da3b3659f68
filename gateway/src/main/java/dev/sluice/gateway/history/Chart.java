package dev.sluice.gateway.history;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lines to draw.
 *
 * @param times the ends of the steps, in milliseconds since the epoch
 * @param lines one for each thing, by name
 * @param omitted how many more there would be
 */
public record Chart(List<Long> times, List<Line> lines, int omitted) {

  /**
   * A line.
   *
   * @param name of the group, topic or connector; empty for a total
   * @param topic for lag by topic or partition, else null
   * @param partition for lag by partition, else null
   * @param values at each time: a gauge's last value, or a counter's average a second; null where
   *     nothing is known
   * @param max a gauge's largest value within each step; empty for counters
   */
  public record Line(
      String name,
      @Nullable String topic,
      @Nullable Integer partition,
      List<@Nullable Double> values,
      List<@Nullable Double> max) {}
}
