package dev.sluice.gateway.log.embedded;

import dev.sluice.gateway.log.NewRecord;
import dev.sluice.log.partition.AppendResult;
import dev.sluice.log.partition.PartitionLog;
import dev.sluice.log.record.RecordBatchBuilder;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Turns records into batches, in buffers that are used again. Thread-safe. */
final class BatchEncoder {

  /** How a batch gets into the log. */
  @FunctionalInterface
  interface Append {

    /** Begins the append; the builder's bytes have been copied when this returns. */
    CompletableFuture<AppendResult> append(PartitionLog log, RecordBatchBuilder batch);
  }

  private static final int POOLED_BUILDERS = 8;
  private static final int POOLED_BYTES = 4 << 20;

  /** Builders whose buffers have grown to a useful size; one append takes one, or makes one. */
  private final ArrayBlockingQueue<RecordBatchBuilder> builders =
      new ArrayBlockingQueue<>(POOLED_BUILDERS);

  /**
   * Appends the records as one batch.
   *
   * @param stamp says in whose name, if anyone's
   */
  CompletableFuture<AppendResult> append(
      PartitionLog log, List<NewRecord> records, Consumer<RecordBatchBuilder> stamp) {
    return append(log, records, stamp, PartitionLog::append);
  }

  /** The same, with how the batch is appended. */
  CompletableFuture<AppendResult> append(
      PartitionLog log, List<NewRecord> records, Consumer<RecordBatchBuilder> stamp, Append how) {
    RecordBatchBuilder builder = builders.poll();
    if (builder == null) {
      builder = new RecordBatchBuilder();
    }
    try {
      stamp.accept(builder);
      for (NewRecord record : records) {
        builder.append(
            record.timestampMillis(),
            record.key(),
            record.value(),
            Translation.recordHeaders(record.headers()));
      }
      return how.append(log, builder);
    } finally {
      if (builder.sizeBytes() <= POOLED_BYTES) {
        builder.reset();
        builders.offer(builder);
      }
    }
  }
}
