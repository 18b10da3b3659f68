package dev.sluice.source.file;

import dev.sluice.connector.Options;
import dev.sluice.connector.RejectedInput;
import dev.sluice.connector.SourceBatch;
import dev.sluice.connector.SourceRecord;
import dev.sluice.connector.SourceTask;
import dev.sluice.connector.testing.FakeSourceContext;
import dev.sluice.connector.testing.ManualClock;
import dev.sluice.connector.testing.StoredPositions;
import dev.sluice.source.support.SchemaOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs a file source under a manual clock, and plays the runtime's part. */
final class FileSourceHarness implements AutoCloseable {

  private final Map<String, Object> options;
  private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final StoredPositions positions = new StoredPositions();
  private @Nullable SourceTask task;

  /** Everything that came, in order. */
  final List<SourceRecord> records = new ArrayList<>();

  final List<RejectedInput> rejected = new ArrayList<>();

  private final int taskNumber;
  private final int taskCount;

  FileSourceHarness(Map<String, Object> options) {
    this(options, 0, 1);
  }

  FileSourceHarness(Map<String, Object> options, int taskNumber, int taskCount) {
    this.options = SchemaOptions.of(new FileSourceType(), options);
    this.taskNumber = taskNumber;
    this.taskCount = taskCount;
  }

  StoredPositions positions() {
    return positions;
  }

  /** Starts a new task from the stored positions. */
  void start() throws Exception {
    close();
    SourceTask started = new FileSourceType().newTask();
    task = started;
    started.start(
        new FakeSourceContext(
            "test", new Options(options), positions.list(), clock, taskNumber, taskCount));
  }

  /** One poll, acknowledged. */
  Optional<SourceBatch> poll() throws Exception {
    Optional<SourceBatch> batch = pollWithoutAcknowledging();
    if (batch.isPresent() && task != null) {
      positions.store(batch.get().positions());
      task.acknowledged(batch.get());
    }
    return batch;
  }

  Optional<SourceBatch> pollWithoutAcknowledging() throws Exception {
    if (task == null) {
      start();
    }
    Optional<SourceBatch> batch = task == null ? Optional.empty() : task.poll(Duration.ZERO);
    batch.ifPresent(
        b -> {
          records.addAll(b.records());
          rejected.addAll(b.rejected());
        });
    return batch;
  }

  /** Polls until nothing comes. */
  void drain() throws Exception {
    while (poll().isPresent()) {
      // Goes on.
    }
  }

  /** Lets the interval pass, then polls until nothing comes. */
  void look() throws Exception {
    clock.advance(Duration.ofMillis(500));
    drain();
  }

  /** Lets the settle time pass, with the looks that the task takes meanwhile. */
  void settle() throws Exception {
    for (int i = 0; i < 6; i++) {
      look();
    }
  }

  void passTime(Duration duration) {
    clock.advance(duration);
  }

  List<String> lines() {
    return records.stream().map(FileSourceHarness::text).toList();
  }

  List<Object> values() {
    return records.stream().map(r -> r.value() == null ? "" : r.value()).toList();
  }

  /** Code and line of everything rejected. */
  List<String> rejections() {
    return rejected.stream().map(r -> r.error().code() + " " + r.place().get("line")).toList();
  }

  static String text(SourceRecord record) {
    return record.value() instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.UTF_8)
        : String.valueOf(record.value());
  }

  @Override
  public void close() throws Exception {
    if (task != null) {
      task.close();
      task = null;
    }
  }
}
