package dev.sluice.source.simulator;

import dev.sluice.connector.SourceBatch;
import dev.sluice.connector.SourceContext;
import dev.sluice.connector.SourcePosition;
import dev.sluice.connector.SourceRecord;
import dev.sluice.connector.SourceTask;
import dev.sluice.source.support.Beat;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Emits one record per sensor and step. Position per sensor: {@code {"sensor": "s"} -> {"step":
 * n}}, where n is the next step. Several tasks share the sensors.
 */
final class SimulatorSourceTask implements SourceTask {

  /** How many records a batch holds at most when there is no interval. */
  private static final int MAX_BATCH = 1000;

  private final List<Sensor> sensors = new ArrayList<>();
  private @Nullable SimulatorOptions options;
  private @Nullable Clock clock;
  private @Nullable Beat beat;

  @Override
  public void start(SourceContext context) {
    options = SimulatorOptions.from(context.options());
    clock = context.clock();
    beat = Beat.startingNow(clock, options.interval());
    for (int i = context.taskNumber(); i < options.sensors().size(); i += context.taskCount()) {
      String name = options.sensors().get(i);
      Map<String, Object> partition = Map.of("sensor", name);
      sensors.add(
          new Sensor(
              name,
              partition,
              new SensorCurve(options, name),
              Map.of("sensor", name),
              context.offset(partition).map(SimulatorSourceTask::step).orElse(0L)));
    }
  }

  private static long step(Map<String, Object> offset) {
    return offset.get("step") instanceof Number number ? number.longValue() : 0;
  }

  @Override
  public Optional<SourceBatch> poll(Duration maxWait) throws InterruptedException {
    SimulatorOptions settings = Objects.requireNonNull(options);
    if (sensors.stream().allMatch(this::ended)) {
      Thread.sleep(maxWait);
      return Optional.empty();
    }
    if (!settings.interval().isZero() && !Objects.requireNonNull(beat).await(maxWait)) {
      return Optional.empty();
    }
    Instant time = Objects.requireNonNull(clock).instant();
    int steps =
        settings.interval().isZero() ? Math.max(1, MAX_BATCH / Math.max(1, sensors.size())) : 1;
    List<SourceRecord> records = new ArrayList<>(steps * sensors.size());
    for (int i = 0; i < steps; i++) {
      for (Sensor sensor : sensors) {
        if (!ended(sensor)) {
          records.add(sensor.next(settings.field(), time));
        }
      }
    }
    return Optional.of(new SourceBatch(records, sensors.stream().map(Sensor::position).toList()));
  }

  private boolean ended(Sensor sensor) {
    return sensor.step >= Objects.requireNonNull(options).steps().orElse(Long.MAX_VALUE);
  }

  @Override
  public void close() {}

  /** A sensor and the step it is at; belongs to the poll thread. */
  private static final class Sensor {
    private final String name;
    private final Map<String, Object> partition;
    private final SensorCurve curve;
    private final Map<String, String> attributes;
    private long step;

    Sensor(
        String name,
        Map<String, Object> partition,
        SensorCurve curve,
        Map<String, String> attributes,
        long step) {
      this.name = name;
      this.partition = partition;
      this.curve = curve;
      this.attributes = attributes;
      this.step = step;
    }

    SourceRecord next(String field, Instant time) {
      Map<String, Object> value = LinkedHashMap.newLinkedHashMap(3);
      value.put("sensor", name);
      value.put(field, curve.at(step++));
      value.put("time", time.toString());
      return new SourceRecord(time.toEpochMilli(), name, value, List.of(), attributes);
    }

    SourcePosition position() {
      return new SourcePosition(partition, Map.of("step", step));
    }
  }
}
