package dev.sluice.source.debezium;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.connector.ChangeCapture;
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
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A task as the runtime drives it: polls, keeps what is durable, acknowledges. */
final class CaptureRun implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final PostgresCdcTask task = new PostgresCdcTask();
  private final List<SourceRecord> records = new ArrayList<>();
  private final List<SourceRecord> acknowledged = new ArrayList<>();
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

  /** Polls so many more records without acknowledging them. */
  void pollUntilCount(int count) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    int before = records.size();
    while (records.size() < before + count && System.nanoTime() < deadline) {
      Optional<SourceBatch> batch = pollOnce();
      if (batch.isEmpty() && records.size() > before) {
        return;
      }
    }
  }

  /** Goes on until the stored position is the end of a transaction. */
  CaptureRun untilPositionIsCommit() throws InterruptedException {
    pollWhile(
        () ->
            durable.values().stream()
                .noneMatch(
                    position ->
                        position.offset() != null
                            && "COMMIT".equals(position.offset().get("messageType"))));
    return this;
  }

  /** Goes on while the condition holds; fails when that takes too long. */
  void pollWhile(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("time ran out").isLessThan(deadline);
      pollOnce().ifPresent(this::acknowledge);
    }
  }

  /** The ids of all records, in order. */
  List<Integer> keys() {
    return keysOf(records);
  }

  static List<Integer> keysOf(List<SourceRecord> records) {
    return records.stream().map(record -> json(record.key()).get("id").asInt()).toList();
  }

  List<Integer> keysOfAcknowledged() {
    return keysOf(acknowledged);
  }

  /** Polls without acknowledging. */
  Optional<SourceBatch> pollOnce() throws InterruptedException {
    Optional<SourceBatch> batch = task.poll(Duration.ofMillis(200));
    batch.ifPresent(some -> records.addAll(some.records()));
    return batch;
  }

  void acknowledge(SourceBatch batch) {
    acknowledged.addAll(batch.records());
    batch.positions().forEach(position -> durable.put(position.partition(), position));
    task.acknowledged(batch);
  }

  ChangeCapture capture() {
    return task.capture().orElseThrow();
  }

  /** Asks for a snapshot while the task is driven, as another thread would. */
  void requestSnapshot(String... tables) throws InterruptedException {
    CompletableFuture<Void> asked = new CompletableFuture<>();
    Thread asking =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    capture().requestSnapshot(List.of(tables));
                    asked.complete(null);
                  } catch (InterruptedException | RuntimeException e) {
                    asked.completeExceptionally(e);
                  }
                });
    pollWhile(() -> !asked.isDone());
    asking.join();
    asked.join();
  }

  List<SourceRecord> records() {
    return records;
  }

  List<SourcePosition> durablePositions() {
    return List.copyOf(durable.values());
  }

  /** The log sequence number of the last commit whose changes are durable. */
  long durableCommit() {
    Map<String, Object> offset = Objects.requireNonNull(durablePositions().getFirst().offset());
    return (Long) Objects.requireNonNull(offset.get("lsn_commit"));
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
