package dev.sluice.gateway.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.history.Chart.Line;
import dev.sluice.gateway.history.ChartQuery.By;
import dev.sluice.gateway.history.Frame.Point;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ChartBuilderTest {

  private static final Series A0 = Series.lag("a", "t", 0);
  private static final Series A1 = Series.lag("a", "t", 1);
  private static final Series B0 = Series.lag("b", "t", 0);

  @Test
  void drawsGapsWhereNothingIsKnown() {
    ChartBuilder builder = builder(Kind.LAG, By.TOTAL, 100);
    builder.add(frame(10_000, Map.of(A0, 1L, A1, 2L, B0, 3L)));
    builder.add(frame(40_000, Map.of(A0, 4L)));
    Chart chart = builder.build();
    assertThat(chart.times()).containsExactly(20_000L, 40_000L, 60_000L);
    assertThat(chart.lines()).hasSize(1);
    assertThat(chart.lines().getFirst().values()).containsExactly(6.0, 4.0, null);
  }

  @Test
  void drawsALineForEachNameTopicOrPartition() {
    Frame frame = frame(10_000, Map.of(A0, 1L, A1, 2L, B0, 3L));
    ChartBuilder names = builder(Kind.LAG, By.NAME, 100);
    names.add(frame);
    assertThat(names.build().lines()).extracting(Line::name).containsExactly("a", "b");
    ChartBuilder partitions = builder(Kind.LAG, By.PARTITION, 100);
    partitions.add(frame);
    assertThat(partitions.build().lines()).extracting(Line::partition).containsExactly(0, 1, 0);
  }

  @Test
  void keepsTheLargestOfAStepBesideTheLast() {
    ChartBuilder builder = builder(Kind.LAG, By.TOTAL, 100);
    builder.add(frame(10_000, Map.of(A0, 9L)));
    builder.add(frame(20_000, Map.of(A0, 4L)));
    Line line = builder.build().lines().getFirst();
    assertThat(line.values().getFirst()).isEqualTo(4.0);
    assertThat(line.max().getFirst()).isEqualTo(9.0);
  }

  @Test
  void showsCountersAsAveragesOverTheTimeThatWasCounted() {
    ChartBuilder builder = builder(Kind.TOPIC_RECORDS, By.TOTAL, 100);
    Series topic = Series.of(Kind.TOPIC_RECORDS, "t");
    builder.add(frame(10_000, Map.of(topic, 50L)));
    builder.add(frame(20_000, Map.of(topic, 150L)));
    builder.add(frame(40_000, Map.of(topic, 10L)));
    Line line = builder.build().lines().getFirst();
    assertThat(line.values()).containsExactly(10.0, 1.0, null);
    assertThat(line.max()).isEmpty();
  }

  @Test
  void drawsNoMoreLinesThanThereIsRoomForAndSaysHowManyAreMissing() {
    ChartBuilder builder = builder(Kind.LAG, By.PARTITION, 6);
    builder.add(frame(10_000, Map.of(A0, 1L, A1, 2L, B0, 3L)));
    Chart chart = builder.build();
    assertThat(chart.lines()).hasSize(2);
    assertThat(chart.omitted()).isEqualTo(1);
  }

  private static ChartBuilder builder(Kind kind, By by, int maxValues) {
    return new ChartBuilder(
        new ChartQuery(
            kind,
            Set.of(),
            Set.of(),
            by,
            Instant.EPOCH,
            Instant.ofEpochMilli(60_000),
            Duration.ofSeconds(20)),
        maxValues);
  }

  private static Frame frame(long time, Map<Series, Long> values) {
    TreeMap<Series, Point> points = new TreeMap<>();
    values.forEach((series, value) -> points.put(series, Point.of(value)));
    return new Frame(time, 10_000, points);
  }
}
