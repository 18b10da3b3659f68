package dev.sluice.log.partition;

import dev.sluice.log.StorageException;
import dev.sluice.log.StorageException.Code;
import dev.sluice.log.record.RecordBatch;
import dev.sluice.log.record.RecordBatches;
import java.nio.ByteBuffer;
import java.util.Iterator;

/** Checks what a client wants to append: framing, headers, checksums and sizes, not the records. */
final class AppendCheck {

  private static final String CURE = "Look for a defect in the program that built it";

  private AppendCheck() {}

  /**
   * Checks bytes from outside.
   *
   * @return how many offsets they take
   * @throws StorageException {@code INVALID_BATCH} or {@code TOO_LARGE}
   */
  static long check(ByteBuffer bytes, int maxBytes) {
    checkSize(bytes.remaining(), maxBytes);
    int checked = 0;
    long offsets = 0;
    for (RecordBatch batch : new RecordBatches(bytes)) {
      checkNew(batch);
      if (batch.isControl()) {
        throw invalid("Control batches are the log's own");
      }
      if (batch.hasProducerId() && batch.sizeBytes() != bytes.remaining()) {
        throw invalid("Batches of an idempotent producer come one at a time");
      }
      checked += batch.sizeBytes();
      offsets += batch.count();
    }
    requireWhole(checked, bytes.remaining());
    return offsets;
  }

  /**
   * Checks what a coordinator wants to append.
   *
   * @return the one batch that it is
   * @throws StorageException {@code INVALID_BATCH} or {@code TOO_LARGE}
   */
  static RecordBatch coordinatorBatch(ByteBuffer bytes, int maxBytes) {
    checkSize(bytes.remaining(), maxBytes);
    Iterator<RecordBatch> batches = new RecordBatches(bytes).iterator();
    if (!batches.hasNext()) {
      throw invalid("It is not a complete batch");
    }
    RecordBatch batch = batches.next();
    requireWhole(batch.sizeBytes(), bytes.remaining());
    checkNew(batch);
    return batch;
  }

  private static void checkNew(RecordBatch batch) {
    batch.validate();
    if (batch.count() == 0 || batch.lastOffsetDelta() != batch.count() - 1) {
      throw invalid("Its offsets must be without gaps, from 0 on");
    }
    if (batch.deleteHorizonMillis().isPresent()) {
      throw invalid("Only compaction sets a delete horizon");
    }
    if (batch.isTransactional() && !batch.hasProducerId()) {
      throw invalid("It is transactional, but has no producer");
    }
  }

  /**
   * Checks bytes that another log has numbered.
   *
   * @return the offset behind them
   * @throws StorageException {@code INVALID_BATCH} or {@code TOO_LARGE}
   */
  static long checkNumbered(ByteBuffer bytes, int maxBytes) {
    checkSize(bytes.remaining(), maxBytes);
    int checked = 0;
    long endOffset = -1;
    for (RecordBatch batch : new RecordBatches(bytes)) {
      batch.validate();
      if (batch.baseOffset() < endOffset) {
        throw invalid("Its offsets go back from " + endOffset + " to " + batch.baseOffset());
      }
      endOffset = batch.nextOffset();
      checked += batch.sizeBytes();
    }
    requireWhole(checked, bytes.remaining());
    return endOffset;
  }

  private static void requireWhole(int checked, int sizeBytes) {
    if (checked == 0 || checked != sizeBytes) {
      throw invalid("It is not a sequence of complete batches");
    }
  }

  /** Checks the size of an append. */
  static void checkSize(int sizeBytes, int maxBytes) {
    if (sizeBytes > maxBytes) {
      throw new StorageException(
          Code.TOO_LARGE,
          "An append of " + sizeBytes + " bytes exceeds the limit of " + maxBytes,
          "Send fewer or smaller records at a time, or raise the limit of the topic");
    }
  }

  private static StorageException invalid(String problem) {
    return new StorageException(Code.INVALID_BATCH, "Refused a record batch: " + problem, CURE);
  }
}
