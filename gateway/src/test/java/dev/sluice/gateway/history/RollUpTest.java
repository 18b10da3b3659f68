package dev.sluice.gateway.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.history.Frame.Point;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RollUpTest {

  private static final Series LAG = Series.lag("g", "t", 0);
  private static final Series COUNT = Series.of(Kind.TOPIC_RECORDS, "t");

  private final RollUp rollUp = new RollUp(60_000);

  @Test
  void keepsTheLastAndTheLargestOfGaugesAndAddsUpCounters() {
    assertThat(rollUp.add(frame(10_000, Map.of(LAG, 5L, COUNT, 1L)))).isEmpty();
    assertThat(rollUp.add(frame(20_000, Map.of(LAG, 9L, COUNT, 2L)))).isEmpty();
    assertThat(rollUp.add(frame(60_000, Map.of(LAG, 7L, COUNT, 3L))))
        .as("a frame at its end is part of a window")
        .isEmpty();
    assertThat(rollUp.add(frame(70_000, Map.of(LAG, 1L))))
        .contains(
            new Frame(
                60_000, 30_000, new TreeMap<>(Map.of(LAG, new Point(7, 9), COUNT, Point.of(6)))));
  }

  @Test
  void windowsWithoutFramesAreLeftOut() {
    assertThat(rollUp.add(frame(10_000, Map.of(LAG, 5L)))).isEmpty();
    assertThat(rollUp.add(frame(600_000, Map.of(LAG, 6L))).map(Frame::timeMillis))
        .contains(60_000L);
    assertThat(rollUp.add(frame(610_000, Map.of(LAG, 6L))).map(Frame::timeMillis))
        .contains(600_000L);
  }

  private static Frame frame(long time, Map<Series, Long> values) {
    TreeMap<Series, Point> points = new TreeMap<>();
    values.forEach((series, value) -> points.put(series, Point.of(value)));
    return new Frame(time, 10_000, points);
  }
}
