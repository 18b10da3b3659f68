package dev.sluice.gateway.rest.record;

import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.Partitioner;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.rest.ApiException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Appends the records of a request: to the partition they name, else that of their key, else taking
 * turns. Thread-safe.
 */
@Singleton
final class RecordProducer {

  /** Batches stay below the size that logs take by default; one larger record goes alone. */
  private static final int MAX_BATCH_BYTES = 512 * 1024;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Where a record went. */
  @Schema(description = "Where a record went.")
  record Placed(@Schema(examples = "0") int partition, @Schema(examples = "41") long offset) {}

  private final Records records;
  private final InstantSource clock;
  private final AtomicInteger turn = new AtomicInteger();

  @Inject
  RecordProducer(Records records) {
    this(records, InstantSource.system());
  }

  RecordProducer(Records records, InstantSource clock) {
    this.records = records;
    this.clock = clock;
  }

  /**
   * Appends, and waits until all of it is durable.
   *
   * @param partitions how many the topic has
   * @return where each record went, in the order of the input
   * @throws ApiException if a partition does not exist, or part of the records could not be stored
   * @throws LogException if nothing was stored
   */
  List<Placed> append(String topic, int partitions, List<RecordInput> input)
      throws InterruptedException {
    List<Batch> batches = batches(topic, partitions, input);
    for (Batch batch : batches) {
      batch.appended = records.append(batch.target, batch.records);
    }
    Placed[] placed = new Placed[input.size()];
    Outcome outcome = new Outcome(input.size());
    long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
    for (Batch batch : batches) {
      outcome.await(batch, placed, deadlineNanos - System.nanoTime());
    }
    outcome.throwIfFailed();
    return List.of(placed);
  }

  private List<Batch> batches(String topic, int partitions, List<RecordInput> input) {
    long nowMillis = clock.millis();
    List<Batch> all = new ArrayList<>();
    Map<Integer, Batch> open = new TreeMap<>();
    for (int i = 0; i < input.size(); i++) {
      RecordInput record = input.get(i);
      int partition = partition(record, i, partitions);
      Batch batch = open.get(partition);
      if (batch == null || batch.sizeBytes + record.sizeBytes() > MAX_BATCH_BYTES) {
        batch = new Batch(new TopicPartition(topic, partition));
        open.put(partition, batch);
        all.add(batch);
      }
      batch.add(i, record, nowMillis);
    }
    return all;
  }

  private int partition(RecordInput record, int index, int partitions) {
    if (record.partition().isPresent()) {
      int wanted = record.partition().getAsInt();
      if (wanted >= partitions) {
        throw ApiException.invalid(
            "/" + index + "/partition",
            "There is no partition " + wanted + ".",
            "The topic's partitions are 0 to " + (partitions - 1) + ".");
      }
      return wanted;
    }
    byte[] key = record.key();
    return key == null
        ? Math.floorMod(turn.getAndIncrement(), partitions)
        : Partitioner.partition(key, partitions);
  }

  /** Records for one partition, with their places in the input. */
  private static final class Batch {

    private final TopicPartition target;
    private final List<NewRecord> records = new ArrayList<>();
    private final List<Integer> indexes = new ArrayList<>();
    private int sizeBytes;
    private CompletableFuture<Records.Appended> appended = new CompletableFuture<>();

    Batch(TopicPartition target) {
      this.target = target;
    }

    void add(int index, RecordInput record, long nowMillis) {
      records.add(record.toNewRecord(nowMillis));
      indexes.add(index);
      sizeBytes += record.sizeBytes();
    }
  }

  /** Counts what was stored, and remembers the first failure. */
  private static final class Outcome {

    private final int total;
    private int stored;
    private LogException[] failure = {};

    Outcome(int total) {
      this.total = total;
    }

    void await(Batch batch, Placed[] placed, long nanos) throws InterruptedException {
      try {
        Records.Appended appended = batch.appended.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        for (int i = 0; i < batch.indexes.size(); i++) {
          placed[batch.indexes.get(i)] =
              new Placed(batch.target.partition(), appended.baseOffset() + i);
        }
        stored += batch.indexes.size();
      } catch (ExecutionException failed) {
        fail(asLogException(failed.getCause()));
      } catch (TimeoutException late) {
        fail(
            new LogException(
                LogException.Code.PARTITION_OFFLINE,
                batch.target
                    + " did not confirm the records within "
                    + PATIENCE.toSeconds()
                    + " s; they may still be stored.",
                late));
      }
    }

    private void fail(LogException error) {
      if (failure.length == 0) {
        failure = new LogException[] {error};
      }
    }

    private static LogException asLogException(@Nullable Throwable cause) {
      return cause instanceof LogException log
          ? log
          : new LogException(LogException.Code.INTERNAL, "The append failed.", cause);
    }

    /** A plain log error when nothing was stored; else one that also says how much was. */
    void throwIfFailed() {
      if (failure.length == 0) {
        return;
      }
      if (stored == 0) {
        throw failure[0];
      }
      throw PartlyStored.of(failure[0], stored, total);
    }
  }
}
