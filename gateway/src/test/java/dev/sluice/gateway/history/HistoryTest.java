package dev.sluice.gateway.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.connect.ConnectorView;
import dev.sluice.gateway.connect.ConnectorView.TaskView;
import dev.sluice.gateway.connect.TargetState;
import dev.sluice.gateway.connect.TaskState;
import dev.sluice.gateway.history.Chart.Line;
import dev.sluice.gateway.history.ChartQuery.By;
import dev.sluice.gateway.log.Disk;
import dev.sluice.gateway.log.InMemoryLog;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.TopicSettings;
import dev.sluice.gateway.rest.FakeConnectors;
import dev.sluice.gateway.rest.Views;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HistoryTest {

  private static final TopicPartition ORDERS = new TopicPartition("orders", 0);
  private static final long START = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

  private final InMemoryLog log = new InMemoryLog();
  private final FakeConnectors connectors = new FakeConnectors();
  private History history = create();
  private long now = START;

  private History create() {
    return new History(log, log, sampler(Sampler.MAX_SERIES), new SimpleMeterRegistry());
  }

  private Sampler sampler(int maxSeries) {
    return new Sampler(
        log,
        connectors,
        log.groups(),
        () -> Optional.of(new Disk.Space("/data", 1_000, 400)),
        maxSeries);
  }

  @BeforeEach
  void open() throws Exception {
    log.create("orders", 1, TopicSettings.DEFAULT);
    log.groups().commit("readers", Map.of(ORDERS, 0L));
    history.open(now);
  }

  private void pass(int ticks, int recordsEach) throws InterruptedException {
    for (int i = 0; i < ticks; i++) {
      now += 10_000;
      if (recordsEach > 0) {
        NewRecord record = new NewRecord(now, null, null, List.of());
        log.append(ORDERS, Collections.nCopies(recordsEach, record)).join();
      }
      assertThat(history.tick(now)).isZero();
    }
  }

  @Test
  void tellsRatesLagAndDiskAsTheyWere() throws Exception {
    pass(1, 0);
    pass(3, 20);
    assertThat(values(Kind.TOPIC_RECORDS, 10)).containsExactly(null, 2.0, 2.0, 2.0);
    assertThat(values(Kind.RECORDS, 10)).containsExactly(null, 2.0, 2.0, 2.0);
    assertThat(values(Kind.LAG, 10)).containsExactly(0.0, 20.0, 40.0, 60.0);
    assertThat(values(Kind.DISK_FREE, 10)).containsExactly(400.0, 400.0, 400.0, 400.0);
  }

  @Test
  void whatASinkHasNotBegunToReadWaitsForIt() throws Exception {
    connectors.put(Views.running("warehouse", ConnectorSpec.Kind.SINK));
    pass(2, 5);
    assertThat(line(Kind.LAG, 10, By.NAME, "connect-warehouse").values())
        .containsExactly(5.0, 10.0);
  }

  @Test
  void isThereAfterARestartWithAGapInBetween() throws Exception {
    pass(2, 10);
    now += 20_000;
    history = create();
    history.open(now);
    pass(2, 10);
    assertThat(values(Kind.LAG, 10)).containsExactly(10.0, 20.0, null, null, 30.0, 40.0);
    assertThat(values(Kind.TOPIC_RECORDS, 10)).containsExactly(null, 1.0, null, null, null, 1.0);
  }

  @Test
  void isRolledUpAndMadeUpForAfterARestart() throws Exception {
    pass(7, 60);
    assertThat(values(Kind.LAG, 60)).containsExactly(360.0, null);
    pass(6, 60);
    history = create();
    history.open(now);
    pass(12, 60);
    assertThat(values(Kind.LAG, 60).subList(0, 4))
        .as("the second minute had ended, the third was under way when the process ended")
        .containsExactly(360.0, 720.0, 1080.0, 1440.0);
    assertThat(line(Kind.TOPIC_RECORDS, 60, By.TOTAL, "").values().get(1)).isEqualTo(6.0);
  }

  @Test
  void saysWhoFallsBehindAlsoRightAfterARestart() throws Exception {
    pass(GrowingLag.SAMPLES, 500);
    assertThat(history.growing()).containsOnlyKeys("readers");
    history = create();
    history.open(now);
    assertThat(history.growing()).containsOnlyKeys("readers");
    log.groups().commit("readers", Map.of(ORDERS, log.endOffset(ORDERS)));
    pass(1, 0);
    assertThat(history.growing()).isEmpty();
  }

  @Test
  void countsWhatHappenedWhileItCouldNotBeWritten() throws Exception {
    pass(2, 10);
    log.failAppends(new LogException(LogException.Code.DISK_FULL, "full"));
    now += 10_000;
    assertThatThrownBy(() -> history.tick(now)).isInstanceOf(LogException.class);
    log.failAppends(null);
    pass(1, 40);
    assertThat(values(Kind.TOPIC_RECORDS, 10)).containsExactly(null, 1.0, null, 2.0);
  }

  @Test
  void goesOnAfterItsTopicsWereDeleted() throws Exception {
    pass(2, 10);
    for (Resolution resolution : Resolution.values()) {
      log.delete(resolution.topic());
    }
    now += 10_000;
    assertThatThrownBy(() -> history.tick(now)).isInstanceOf(LogException.class);
    history.open(now);
    pass(2, 10);
    assertThat(values(Kind.LAG, 10)).containsExactly(null, null, null, 30.0, 40.0);
  }

  @Test
  void showsWhatWasRecordedAfterAClockThatWasAhead() throws Exception {
    pass(1, 10);
    long right = now;
    now += Duration.ofHours(1).toMillis();
    pass(2, 10);
    now = right + 10_000;
    history = create();
    history.open(now);
    pass(3, 10);
    assertThat(values(Kind.LAG, 10)).containsExactly(10.0, null, 40.0, 50.0, 60.0);
  }

  @Test
  void makesUpForRollUpsBehindThoseOfAClockThatWasAhead() throws Exception {
    pass(12, 10);
    long right = now;
    now += Duration.ofHours(3).toMillis();
    history = create();
    history.open(now);
    pass(14, 0);
    now = right;
    history = create();
    history.open(now);
    pass(1, 0);
    assertThat(values(Kind.LAG, 60))
        .as("the second minute had ended, but not been rolled up, when the clock went ahead")
        .startsWith(60.0, 120.0);
  }

  @Test
  void aTopicThatGoesIsNothingThatWasWritten() throws Exception {
    log.create("more", 1, TopicSettings.DEFAULT);
    NewRecord record = new NewRecord(now, null, null, List.of());
    log.append(new TopicPartition("more", 0), Collections.nCopies(50, record)).join();
    pass(2, 20);
    log.delete("more");
    pass(1, 20);
    assertThat(values(Kind.RECORDS, 10)).containsExactly(null, 2.0, 2.0);
  }

  @Test
  void countsAConnectorByTaskAndGoesOnWhenItComesBack() throws Exception {
    connectors.put(carrying("warehouse", 1_000, 500));
    pass(1, 0);
    connectors.put(carrying("warehouse", 1_010));
    pass(1, 0);
    connectors.clear();
    pass(1, 0);
    connectors.put(carrying("warehouse", 1_030));
    connectors.put(carrying("new", 40));
    pass(1, 0);
    assertThat(line(Kind.CONNECTOR_RECORDS, 10, By.NAME, "warehouse").values())
        .containsExactly(null, 1.0, null, 2.0);
    assertThat(line(Kind.CONNECTOR_RECORDS, 10, By.NAME, "new").values())
        .containsExactly(null, null, null, 4.0);
    assertThat(history.rejected()).isEmpty();
  }

  private static ConnectorView carrying(String name, long... recordsByTask) {
    List<TaskView> tasks = new ArrayList<>();
    for (long records : recordsByTask) {
      tasks.add(
          new TaskView(tasks.size(), TaskState.RUNNING, Views.SINCE, null, records, 0, 0, 0, 0, 0));
    }
    return new ConnectorView(
        Views.spec(name, ConnectorSpec.Kind.SOURCE),
        TargetState.STARTED,
        TaskState.RUNNING,
        tasks,
        List.of("orders"),
        List.of("orders"));
  }

  @Test
  void keepsToItsBoundAndSaysWhatIsLeftOut() {
    for (int i = 0; i < 50; i++) {
      log.create("more-" + i, 1, TopicSettings.DEFAULT);
    }
    Look look = sampler(20).look(now);
    assertThat(look.gauges().size() + look.amounts().size()).isEqualTo(20);
    assertThat(look.leftOut()).isPositive();
    assertThat(look.gauges())
        .as("the least needed goes first")
        .containsKey(Series.of(Kind.DISK_FREE));
    assertThat(look.gauges()).doesNotContainKey(Series.lag("readers", "orders", 0));
  }

  @Test
  void everyResolutionIsBoundedInTimeAndSize() {
    for (Resolution resolution : Resolution.values()) {
      assertThat(resolution.settings().retention().time()).isNotNull();
      assertThat(resolution.settings().retention().sizeBytes()).isNotNull();
      assertThat(log.find(resolution.topic()).orElseThrow().settings())
          .isEqualTo(resolution.settings());
    }
  }

  private List<@Nullable Double> values(Kind kind, int stepSeconds) {
    return line(kind, stepSeconds, By.TOTAL, "").values();
  }

  private Line line(Kind kind, int stepSeconds, By by, String name) {
    Duration step = Duration.ofSeconds(stepSeconds);
    Chart chart =
        history.chart(
            new ChartQuery(
                kind,
                Set.of(),
                Set.of(),
                by,
                Instant.ofEpochMilli(START),
                Instant.ofEpochMilli(now),
                step));
    return chart.lines().stream()
        .filter(line -> line.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
