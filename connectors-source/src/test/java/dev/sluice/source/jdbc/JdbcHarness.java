package dev.sluice.source.jdbc;

import dev.sluice.connector.Options;
import dev.sluice.connector.SourceBatch;
import dev.sluice.connector.SourceRecord;
import dev.sluice.connector.SourceTask;
import dev.sluice.connector.testing.FakeSourceContext;
import dev.sluice.connector.testing.ManualClock;
import dev.sluice.connector.testing.StoredPositions;
import dev.sluice.source.support.SchemaOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs a JDBC source under a manual clock, and plays the runtime's part. */
final class JdbcHarness implements AutoCloseable {

  private final Map<String, Object> options;
  private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final StoredPositions positions = new StoredPositions();
  private @Nullable SourceTask task;

  /** Everything that came, in order. */
  final List<SourceRecord> records = new ArrayList<>();

  JdbcHarness(Map<String, Object> options) {
    this.options = SchemaOptions.of(new JdbcSourceType(), options);
  }

  StoredPositions positions() {
    return positions;
  }

  SourceTask start() throws Exception {
    close();
    SourceTask started = new JdbcSourceType().newTask();
    task = started;
    started.start(new FakeSourceContext("test", new Options(options), positions.list(), clock));
    return started;
  }

  Optional<SourceBatch> poll() throws Exception {
    SourceTask running = task == null ? start() : task;
    Optional<SourceBatch> batch = running.poll(Duration.ZERO);
    batch.ifPresent(
        b -> {
          records.addAll(b.records());
          positions.store(b.positions());
        });
    return batch;
  }

  /** Lets the interval pass, then polls until nothing comes. */
  void cycle() throws Exception {
    clock.advance(Duration.ofSeconds(1));
    while (poll().isPresent()) {
      // Goes on.
    }
  }

  /** One column of everything that came. */
  List<Object> column(String name) {
    return records.stream().map(r -> field(r, name)).toList();
  }

  static Object field(SourceRecord record, String name) {
    Object field = record.value() instanceof Map<?, ?> row ? row.get(name) : null;
    return field == null ? "null" : field;
  }

  @Override
  public void close() throws Exception {
    if (task != null) {
      task.close();
      task = null;
    }
  }
}
