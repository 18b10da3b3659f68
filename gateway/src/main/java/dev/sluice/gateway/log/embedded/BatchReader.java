package dev.sluice.gateway.log.embedded;

import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.StoredRecord;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.Unreadable;
import dev.sluice.log.StorageException;
import dev.sluice.log.partition.Isolation;
import dev.sluice.log.partition.PartitionLog;
import dev.sluice.log.partition.ReadResult;
import dev.sluice.log.producer.AbortedTransaction;
import dev.sluice.log.record.LogRecord;
import dev.sluice.log.record.RecordBatch;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Copies out of the batches of one read what a reader is to see: no markers of transactions, no
 * records of aborted ones unless asked for, and a note in place of what can't be decoded. Belongs
 * to one thread.
 *
 * <p>Invariant MOVES-ON: a batch that is left behind, for whatever reason, is left at the offset
 * behind it.
 */
final class BatchReader {

  private final TopicPartition topicPartition;
  private final int maxEntries;
  private final List<AbortedTransaction> aborted;
  private final List<StoredRecord> records = new ArrayList<>();
  private final List<Unreadable> unreadable = new ArrayList<>();
  private long next;

  private BatchReader(
      TopicPartition topicPartition, long from, int maxEntries, List<AbortedTransaction> aborted) {
    this.topicPartition = topicPartition;
    this.next = from;
    this.maxEntries = maxEntries;
    this.aborted = aborted;
  }

  /**
   * Reads from a partition.
   *
   * @throws StorageException as {@link PartitionLog#read}, never {@code INVALID_BATCH}
   */
  static Records.Slice read(
      TopicPartition tp,
      PartitionLog log,
      Isolation isolation,
      long offset,
      int maxEntries,
      int maxBytes) {
    if (isolation == Isolation.READ_UNCOMMITTED) {
      return new BatchReader(tp, offset, maxEntries, List.of()).copy(log.read(offset, maxBytes));
    }
    ReadResult read;
    try {
      read = log.read(offset, maxBytes, isolation);
    } catch (StorageException e) {
      if (isHeldBack(e, log, offset)) {
        return new Records.Slice(List.of(), offset);
      }
      throw e;
    }
    List<AbortedTransaction> aborted = aborted(log, read);
    // What retention deletes between the two takes the knowledge of its transactions along.
    long from = Math.max(offset, log.logStartOffset());
    return new BatchReader(tp, from, maxEntries, aborted).copy(read);
  }

  /** Whether the offset is out of range only because an open transaction is in the way. */
  private static boolean isHeldBack(StorageException e, PartitionLog log, long offset) {
    return e.code() == StorageException.Code.OFFSET_OUT_OF_RANGE
        && offset >= log.logStartOffset()
        && offset <= log.highWatermark();
  }

  private static List<AbortedTransaction> aborted(PartitionLog log, ReadResult read) {
    return read.batches().stream().anyMatch(RecordBatch::isTransactional)
        ? log.transactions().aborted(read.batches().getFirst().baseOffset(), read.nextOffset())
        : List.of();
  }

  private Records.Slice copy(ReadResult read) {
    for (RecordBatch batch : read.batches()) {
      boolean isVisible = !batch.isControl() && !isAborted(batch);
      if (isVisible && batch.nextOffset() > next && !copyAll(batch)) {
        break;
      }
      next = Math.max(next, batch.nextOffset());
    }
    // A read without batches has found that nothing is left up to here.
    long end = read.batches().isEmpty() ? Math.max(next, read.nextOffset()) : next;
    return new Records.Slice(records, unreadable, end);
  }

  private boolean isAborted(RecordBatch batch) {
    if (!batch.isTransactional()) {
      return false;
    }
    for (AbortedTransaction transaction : aborted) {
      if (transaction.producerId() == batch.producerId()
          && batch.lastOffset() >= transaction.firstOffset()
          && batch.lastOffset() < transaction.lastOffset()) {
        return true;
      }
    }
    return false;
  }

  /** False if there was no room for all of it. */
  private boolean copyAll(RecordBatch batch) {
    if (isFull()) {
      return false;
    }
    try {
      for (Iterator<LogRecord> i = batch.records().iterator(); i.hasNext(); ) {
        if (isFull()) {
          return false;
        }
        LogRecord record = i.next();
        if (record.offset() >= next) {
          records.add(stored(record));
          next = record.offset() + 1;
        }
      }
    } catch (StorageException e) {
      if (e.code() != StorageException.Code.INVALID_BATCH) {
        throw e;
      }
      unreadable.add(
          new Unreadable(
              topicPartition,
              Math.max(next, batch.baseOffset()),
              batch.nextOffset(),
              batch.maxTimestampMillis(),
              String.valueOf(e.getMessage())));
    }
    return true;
  }

  private boolean isFull() {
    return records.size() + unreadable.size() >= maxEntries;
  }

  private StoredRecord stored(LogRecord record) {
    return new StoredRecord(
        topicPartition,
        record.offset(),
        record.timestampMillis(),
        record.keyBytes(),
        record.valueBytes(),
        Translation.headers(record.headers()));
  }
}
