package dev.sluice.bench.log;

import dev.sluice.log.record.Compression;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/**
 * What was put into a log to be read: batches of about 16 KiB, each a millisecond later than the
 * one before.
 *
 * @param recordsPerBatch records of a batch
 * @param batchBytes size of a batch
 * @param batches how many there are
 * @param startMillis time of the first batch's records
 */
record FilledLog(int recordsPerBatch, int batchBytes, long batches, long startMillis) {

  private static final int BATCH_BYTES = 16 * 1024;
  private static final int UNDER_WAY = 16;
  private static final long AGE_MILLIS = 24 * 60 * 60 * 1000L;

  /** Appends batches until the log has grown by so many bytes; they are visible then. */
  static FilledLog fill(Engine log, int recordBytes, long bytes) throws IOException {
    int records = Math.max(1, BATCH_BYTES / recordBytes);
    ByteBuffer batch = Batches.of(records, recordBytes, Compression.NONE);
    long count = bytes / batch.remaining();
    long start = System.currentTimeMillis() - AGE_MILLIS;
    Queue<CompletableFuture<?>> underWay = new ArrayDeque<>();
    for (long i = 0; i < count; i++) {
      Batches.stamp(batch, start + i);
      underWay.add(log.append(batch));
      if (underWay.size() >= UNDER_WAY) {
        Object unused = underWay.remove().join();
      }
    }
    underWay.forEach(CompletableFuture::join);
    return new FilledLog(records, batch.remaining(), count, start);
  }

  long endOffset() {
    return batches * recordsPerBatch;
  }

  /** Records of the whole batches in so many bytes. */
  long recordsIn(long bytes) {
    return bytes / batchBytes * recordsPerBatch;
  }

  long timeOf(long offset) {
    return startMillis + offset / recordsPerBatch;
  }
}
