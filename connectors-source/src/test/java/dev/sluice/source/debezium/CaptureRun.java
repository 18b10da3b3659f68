package dev.sluice.source.debezium;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.connector.SourceBatch;
import dev.sluice.connector.SourcePosition;
import dev.sluice.connector.SourceRecord;
import dev.sluice.connector.testing.FakeSourceContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A task as the runtime drives it: polls, keeps what is durable, acknowledges. */
final class CaptureRun implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final PostgresCdcTask task = new PostgresCdcTask();
  private final List<SourceRecord> records = new ArrayList<>();
  private final Map<Map<String, Object>, SourcePosition> durable = new LinkedHashMap<>();

  CaptureRun(Map<String, Object> options, List<SourcePosition> positions)
      throws InterruptedException {
    positions.forEach(position -> durable.put(position.partition(), position));
    try {
      task.start(FakeSourceContext.at(options, positions));
    } catch (RuntimeException | InterruptedException e) {
      task.close();
      throw e;
    }
  }

  /** Polls and acknowledges until enough records are there. */
  CaptureRun until(Predicate<List<SourceRecord>> enough) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!enough.test(records) && System.nanoTime() < deadline) {
      pollOnce().ifPresent(this::acknowledge);
    }
    assertThat(enough.test(records)).as("enough records, got %s", records.size()).isTrue();
    return this;
  }

  CaptureRun untilCount(int count) throws InterruptedException {
    return until(all -> all.size() >= count);
  }

  /** Polls without acknowledging. */
  Optional<SourceBatch> pollOnce() throws InterruptedException {
    Optional<SourceBatch> batch = task.poll(Duration.ofMillis(200));
    batch.ifPresent(some -> records.addAll(some.records()));
    return batch;
  }

  void acknowledge(SourceBatch batch) {
    batch.positions().forEach(position -> durable.put(position.partition(), position));
    task.acknowledged(batch);
  }

  List<SourceRecord> records() {
    return records;
  }

  List<SourcePosition> durablePositions() {
    return List.copyOf(durable.values());
  }

  static JsonNode json(@Nullable Object bytes) {
    try {
      return JSON.readTree((byte[]) Objects.requireNonNull(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    task.close();
  }
}
