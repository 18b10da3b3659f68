package dev.sluice.log.compaction;

import dev.sluice.log.StorageException;
import dev.sluice.log.StorageException.Code;
import dev.sluice.log.record.BatchRewriter;
import dev.sluice.log.record.LogRecord;
import dev.sluice.log.record.RecordBatch;
import java.nio.ByteBuffer;

/**
 * Fills the map with the keys of the dirty part of a log, batch by batch, until it is full. No I/O.
 * Not thread-safe.
 *
 * <p>Aborted transactions don't count, nor do batches that can't be read to their end: what nobody
 * can read must not replace what can be read.
 */
final class LatestOffsets {

  private final OffsetMap map;
  private final LogState state;
  private final long fromOffset;

  LatestOffsets(OffsetMap map, LogState state, long fromOffset) {
    this.map = map;
    this.state = state;
    this.fromOffset = fromOffset;
  }

  /**
   * Takes up a batch.
   *
   * @return -1, or the offset of the record for which there was no more room: the map knows all
   *     keys before it, and perhaps some behind
   */
  long add(RecordBatch batch) {
    if (batch.isControl() || batch.nextOffset() <= fromOffset || state.isAborted(batch)) {
      return -1;
    }
    try {
      BatchRewriter records = new BatchRewriter(batch);
      for (LogRecord unused : records.records()) {
        // Readable to the end: now its keys count.
      }
      return add(records);
    } catch (StorageException e) {
      if (e.code() != Code.INVALID_BATCH) {
        throw e;
      }
      return -1;
    }
  }

  private long add(BatchRewriter records) {
    for (LogRecord record : records.records()) {
      ByteBuffer key = record.key();
      if (key != null && record.offset() >= fromOffset && !map.put(key, record.offset())) {
        return record.offset();
      }
    }
    return -1;
  }
}
