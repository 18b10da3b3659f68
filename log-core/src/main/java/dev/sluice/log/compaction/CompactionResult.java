package dev.sluice.log.compaction;

/**
 * What a compaction did.
 *
 * @param progress how far the log is compacted now
 * @param isComplete false if it was stopped, or the segments changed meanwhile; what it had done by
 *     then stays done
 * @param segmentsBefore segments that were looked at
 * @param bytesBefore bytes of these
 * @param segmentsAfter what became of them
 * @param bytesAfter bytes of these
 * @param records that were looked at, those of control batches included
 * @param removedRecords of these
 * @param recordsWithoutKey that stay for want of a key
 * @param malformedBatches that stay because their records can't be read
 */
public record CompactionResult(
    CompactionProgress progress,
    boolean isComplete,
    long segmentsBefore,
    long bytesBefore,
    long segmentsAfter,
    long bytesAfter,
    long records,
    long removedRecords,
    long recordsWithoutKey,
    long malformedBatches) {

  /** This and a later pass over the same log, as one. */
  public CompactionResult then(CompactionResult later) {
    long newSegments = Math.max(0, later.segmentsBefore - segmentsAfter);
    long newBytes = Math.max(0, later.bytesBefore - bytesAfter);
    return new CompactionResult(
        later.progress,
        later.isComplete,
        segmentsBefore + newSegments,
        bytesBefore + newBytes,
        later.segmentsAfter,
        later.bytesAfter,
        Math.max(records, later.records + removedRecords),
        removedRecords + later.removedRecords,
        later.recordsWithoutKey,
        later.malformedBatches);
  }
}
