package dev.sluice.source.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.Options;
import dev.sluice.connector.SourceBatch;
import dev.sluice.connector.SourceRecord;
import dev.sluice.connector.SourceTask;
import dev.sluice.connector.SourceType;
import dev.sluice.connector.testing.FakeSourceContext;
import dev.sluice.connector.testing.ManualClock;
import dev.sluice.connector.testing.SourceAcceptance;
import dev.sluice.source.support.SchemaOptions;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SimulatorSourceTest extends SourceAcceptance {

  private static final SimulatorOptions DEFAULTS =
      new SimulatorOptions(
          List.of("sensor-1", "sensor-2", "sensor-3"),
          Duration.ofSeconds(1),
          42,
          15,
          35,
          "celsius",
          2,
          Duration.ofDays(1),
          0.2,
          OptionalLong.empty());

  @Override
  protected SourceType type() {
    return new SimulatorSourceType();
  }

  @Override
  protected Map<String, Object> options() {
    return SchemaOptions.of(
        type(), Map.of("interval", "0s", "steps", 2500, "sensors", List.of("a", "b")));
  }

  @Override
  protected List<String> expected() {
    SimulatorOptions options = SimulatorOptions.from(new Options(options()));
    List<String> values = new ArrayList<>();
    for (int step = 0; step < 2500; step++) {
      values.add("a " + new SensorCurve(options, "a").at(step));
      values.add("b " + new SensorCurve(options, "b").at(step));
    }
    return values;
  }

  @Override
  protected String describe(SourceRecord record) {
    return record.key() + " " + (record.value() instanceof Map<?, ?> map ? map.get("celsius") : "");
  }

  @Test
  void defaultsOfSchemaAndCodeAgree() {
    assertThat(SimulatorOptions.from(new Options(SchemaOptions.of(type(), Map.of()))))
        .isEqualTo(DEFAULTS);
  }

  @Test
  void everyIntervalBringsOneRecordPerSensor() throws Exception {
    ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    SourceTask task = type().newTask();
    task.start(
        new FakeSourceContext(
            "test", new Options(SchemaOptions.of(type(), Map.of("count", 2))), List.of(), clock));
    SourceBatch first = task.poll(Duration.ZERO).orElseThrow();
    assertThat(first.records())
        .extracting(SourceRecord::key)
        .containsExactly("sensor-1", "sensor-2");
    assertThat(first.records().getFirst().value())
        .isInstanceOfSatisfying(
            Map.class,
            value ->
                assertThat(value)
                    .containsOnlyKeys("sensor", "celsius", "time")
                    .containsEntry("time", "2026-01-01T00:00:00Z"));
    assertThat(task.poll(Duration.ZERO)).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    assertThat(task.poll(Duration.ZERO)).isPresent();
    task.close();
  }

  @Test
  void valuesStayInRangeAndMoveSmoothly() {
    SensorCurve curve = new SensorCurve(DEFAULTS, "sensor-1");
    BigDecimal before = curve.at(0);
    BigDecimal lowest = before;
    BigDecimal highest = before;
    for (int step = 1; step < 86_400; step++) {
      BigDecimal now = curve.at(step);
      assertThat(now).isBetween(BigDecimal.valueOf(15), BigDecimal.valueOf(35));
      assertThat(now.subtract(before).abs()).isLessThan(BigDecimal.ONE);
      lowest = lowest.min(now);
      highest = highest.max(now);
      before = now;
    }
    assertThat(highest.subtract(lowest)).isGreaterThan(BigDecimal.TEN);
  }

  @Test
  void anotherSeedGivesOtherValues() {
    SimulatorOptions other =
        SimulatorOptions.from(new Options(SchemaOptions.of(type(), Map.of("seed", 43))));
    assertThat(new SensorCurve(other, "a").at(7))
        .isNotEqualTo(new SensorCurve(DEFAULTS, "a").at(7));
  }

  @Test
  void aRangeThatIsNoneIsRefused() {
    assertThatThrownBy(() -> type().check(new Options(SchemaOptions.of(type(), Map.of("min", 40)))))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("'min' (40.0) is not below 'max' (35.0)");
  }
}
