package dev.sluice.source.host;

import dev.sluice.connector.SourceBatch;
import dev.sluice.connector.SourceContext;
import dev.sluice.connector.SourceRecord;
import dev.sluice.connector.SourceTask;
import dev.sluice.source.support.Beat;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the machine at an interval, one record per reading. There are no positions, since the past
 * can't be measured again. The first reading comes after one interval, since loads and rates are
 * measured between two moments. Only the first of several tasks has work.
 */
final class HostSourceTask implements SourceTask {

  private static final Logger LOG = LoggerFactory.getLogger(HostSourceTask.class);

  private final MetricReader.Factory factory;
  private final Map<HostOptions.Metric, MetricReader> readers =
      new EnumMap<>(HostOptions.Metric.class);
  private final Set<HostOptions.Metric> failing = EnumSet.noneOf(HostOptions.Metric.class);
  private @Nullable Clock clock;
  private @Nullable Beat beat;

  HostSourceTask(MetricReader.Factory factory) {
    this.factory = factory;
  }

  @Override
  public void start(SourceContext context) {
    HostOptions options = HostOptions.from(context.options());
    clock = context.clock();
    beat = Beat.startingLater(clock, options.interval());
    if (context.taskNumber() > 0) {
      return;
    }
    for (HostOptions.Metric metric : options.metrics()) {
      try {
        MetricReader reader = factory.reader(metric);
        readers.put(metric, reader);
        List<Reading> unused = reader.read(clock.instant());
      } catch (RuntimeException | LinkageError unavailable) {
        noteFailure(metric, unavailable);
      }
    }
  }

  @Override
  public Optional<SourceBatch> poll(Duration maxWait) throws InterruptedException {
    if (!Objects.requireNonNull(beat).await(maxWait)) {
      return Optional.empty();
    }
    Instant now = Objects.requireNonNull(clock).instant();
    List<SourceRecord> records = new ArrayList<>();
    readers.forEach((metric, reader) -> read(metric, reader, now, records));
    return records.isEmpty() ? Optional.empty() : Optional.of(new SourceBatch(records, List.of()));
  }

  private void read(
      HostOptions.Metric metric, MetricReader reader, Instant now, List<SourceRecord> records) {
    try {
      Map<String, String> attributes = Map.of("metric", metric.text());
      for (Reading reading : reader.read(now)) {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("metric", metric.text());
        value.putAll(reading.fields());
        value.put("time", now.toString());
        records.add(
            new SourceRecord(now.toEpochMilli(), reading.key(), value, List.of(), attributes));
      }
      failing.remove(metric);
    } catch (RuntimeException | LinkageError unavailable) {
      noteFailure(metric, unavailable);
    }
  }

  /** A machine that lacks a sensor is no failure of the task; it is said once. */
  private void noteFailure(HostOptions.Metric metric, Throwable unavailable) {
    if (failing.add(metric)) {
      LOG.warn("The metric '{}' can't be read on this machine", metric.text(), unavailable);
    }
  }

  @Override
  public void close() {}
}
