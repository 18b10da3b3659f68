package dev.sluice.log.compaction;

import dev.sluice.log.record.RecordBatch;
import org.jspecify.annotations.Nullable;

/** Counts what a compaction did. Not thread-safe. */
final class CompactionTally {

  private long records;
  private long removedRecords;
  private long recordsWithoutKey;
  private long malformedBatches;
  private long nextHorizonMillis = Long.MAX_VALUE;

  void batch(RecordBatch before, @Nullable RecordBatch after) {
    if (after == before) {
      // What a batch that can't be read claims to hold is worth nothing.
      records += Math.clamp(before.count(), 0, before.lastOffsetDelta() + 1L);
    } else {
      records += before.count();
      removedRecords += before.count() - (after == null ? 0 : after.count());
    }
  }

  void withoutKey() {
    recordsWithoutKey++;
  }

  void malformedBatch() {
    malformedBatches++;
  }

  void horizon(long millis) {
    nextHorizonMillis = Math.min(nextHorizonMillis, millis);
  }

  long records() {
    return records;
  }

  long removedRecords() {
    return removedRecords;
  }

  long recordsWithoutKey() {
    return recordsWithoutKey;
  }

  long malformedBatches() {
    return malformedBatches;
  }

  /** When the first of the tombstones and markers that stayed may go; the largest long if none. */
  long nextHorizonMillis() {
    return nextHorizonMillis;
  }
}
