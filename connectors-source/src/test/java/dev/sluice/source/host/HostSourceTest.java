package dev.sluice.source.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.connector.Options;
import dev.sluice.connector.SourceBatch;
import dev.sluice.connector.SourceRecord;
import dev.sluice.connector.testing.FakeSourceContext;
import dev.sluice.connector.testing.ManualClock;
import dev.sluice.source.support.SchemaOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class HostSourceTest {

  private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));

  @Test
  void defaultsOfSchemaAndCodeAgree() {
    assertThat(HostOptions.from(options(Map.of())))
        .isEqualTo(new HostOptions(EnumSet.allOf(HostOptions.Metric.class), Duration.ofSeconds(5)));
  }

  @Test
  void readsThisMachine() throws Exception {
    HostSourceTask task = new HostSourceTask(new OshiReaders());
    task.start(context(Map.of()));
    clock.advance(Duration.ofSeconds(5));
    SourceBatch batch = task.poll(Duration.ZERO).orElseThrow();
    assertThat(batch.records()).extracting(SourceRecord::key).contains("cpu", "memory");
    assertThat(batch.records())
        .allSatisfy(
            record -> {
              assertThat(record.value()).isInstanceOf(Map.class);
              assertThat(record.attributes()).containsKey("metric");
              assertThat(record.timestampMillis()).isEqualTo(clock.millis());
            });
    task.close();
  }

  @Test
  void aMetricThatFailsDoesNotHarmTheOthers() throws Exception {
    HostSourceTask task =
        new HostSourceTask(
            metric ->
                switch (metric) {
                  case CPU -> now -> List.of(new Reading("cpu", Map.of("load", 1)));
                  case MEMORY -> {
                    throw new UnsatisfiedLinkError("no such library");
                  }
                  case DISK ->
                      now -> {
                        throw new IllegalStateException("no such sensor");
                      };
                  case NETWORK, SENSORS -> now -> List.of();
                });
    task.start(context(Map.of()));
    assertThat(task.poll(Duration.ZERO)).isEmpty();
    clock.advance(Duration.ofSeconds(5));
    assertThat(task.poll(Duration.ZERO).orElseThrow().records())
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.key()).isEqualTo("cpu");
              assertThat(record.value())
                  .isEqualTo(Map.of("metric", "cpu", "load", 1, "time", "2026-01-01T00:00:05Z"));
            });
    task.close();
  }

  @Test
  void readsOnlyTheMetricsAskedFor() throws Exception {
    HostSourceTask task =
        new HostSourceTask(metric -> now -> List.of(new Reading(metric.text(), Map.of())));
    task.start(context(Map.of("metrics", List.of("network"))));
    clock.advance(Duration.ofSeconds(5));
    assertThat(task.poll(Duration.ZERO).orElseThrow().records())
        .extracting(SourceRecord::key)
        .containsExactly("network");
    task.close();
  }

  @Test
  void aRateNeedsTwoMomentsAndACounterThatGrows() {
    Rates rates = new Rates();
    Instant start = clock.instant();
    assertThat(rates.perSecond("a", 100, start)).isEmpty();
    assertThat(rates.perSecond("a", 300, start.plusSeconds(2))).isEqualTo(OptionalLong.of(100));
    assertThat(rates.perSecond("a", 10, start.plusSeconds(3))).isEmpty();
    assertThat(rates.perSecond("a", 20, start.plusSeconds(3))).isEmpty();
  }

  private FakeSourceContext context(Map<String, Object> given) {
    return new FakeSourceContext("test", options(given), List.of(), clock);
  }

  private static Options options(Map<String, Object> given) {
    return new Options(SchemaOptions.of(new HostSourceType(), given));
  }
}
