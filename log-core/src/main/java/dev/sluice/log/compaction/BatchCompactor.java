package dev.sluice.log.compaction;

import dev.sluice.log.StorageException;
import dev.sluice.log.StorageException.Code;
import dev.sluice.log.record.BatchRewriter;
import dev.sluice.log.record.ControlMarker;
import dev.sluice.log.record.LogRecord;
import dev.sluice.log.record.RecordBatch;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what stays of each batch. Batches come in the order of the log, from its first on: what
 * is behind depends on what was before. No I/O, no clock. Not thread-safe.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>LATEST-STAYS: a record goes only if the map knows a later one of its key, if it is a
 *       tombstone whose grace is over, or if its transaction was aborted.
 *   <li>NO-RESURRECTION: a tombstone goes only when no older record of its key is left before it.
 *   <li>MARKER-AFTER-DATA: a transaction's marker goes only when none of its data was met.
 * </ul>
 */
final class BatchCompactor {

  private final OffsetMap latest;
  private final long mapEndOffset;
  private final LogState state;
  private final long nowMillis;
  private final long newHorizonMillis;
  private final CompactionTally tally;

  /** Producers of whose current transaction data was met; its marker takes them out again. */
  private final Set<Long> producersWithData = new HashSet<>();

  /** Once a batch stayed that could not be read, no one knows which keys it has. */
  private boolean isKeyUnknown;

  /**
   * A compactor.
   *
   * @param latest the latest offsets below {@code mapEndOffset} of all keys that were written since
   *     the last compaction
   * @param mapEndOffset records from here on stay
   * @param tally counts what is done here
   */
  BatchCompactor(OffsetMap latest, long mapEndOffset, CompactionJob job, CompactionTally tally) {
    this.latest = latest;
    this.mapEndOffset = mapEndOffset;
    this.state = job.state();
    this.nowMillis = job.nowMillis();
    this.newHorizonMillis = job.newHorizonMillis();
    this.tally = tally;
  }

  /**
   * Compacts a batch.
   *
   * @param isLast whether the batch must not vanish, as it tells how far the log goes
   * @return the batch itself, one in its place, or null if nothing is left
   */
  @Nullable RecordBatch compact(RecordBatch batch, boolean isLast) {
    RecordBatch result = batch.isControl() ? marker(batch, isLast) : data(batch, isLast);
    tally.batch(batch, result);
    return result;
  }

  private @Nullable RecordBatch data(RecordBatch batch, boolean isLast) {
    if (batch.isTransactional()) {
      boolean unused = producersWithData.add(batch.producerId());
      if (state.isAborted(batch)) {
        return emptied(batch, isLast);
      }
    }
    if (batch.baseOffset() >= mapEndOffset) {
      return batch;
    }
    try {
      return filtered(batch, isLast);
    } catch (StorageException e) {
      return malformed(batch, e);
    }
  }

  private @Nullable RecordBatch filtered(RecordBatch batch, boolean isLast) {
    BatchRewriter rewriter = new BatchRewriter(batch);
    OptionalLong horizon = batch.deleteHorizonMillis();
    boolean isGraceOver = !isKeyUnknown && isOver(horizon);
    BitSet kept = new BitSet();
    boolean hasTombstone = false;
    int count = 0;
    for (LogRecord record : rewriter.records()) {
      boolean isTombstone = isTombstone(record);
      if (isLatest(record) && !(isTombstone && isGraceOver)) {
        kept.set(count);
        hasTombstone |= isTombstone;
      }
      count++;
    }
    if (kept.isEmpty()) {
      return emptied(batch, isLast);
    }
    boolean needsHorizon = hasTombstone && horizon.isEmpty();
    if (hasTombstone) {
      lookAgain(horizon);
    }
    return kept.cardinality() == count && !needsHorizon
        ? batch
        : rewriter.rewritten(
            kept, needsHorizon ? OptionalLong.of(newHorizonMillis) : OptionalLong.empty());
  }

  /** A record without a key has no later one: it stays. */
  private boolean isLatest(LogRecord record) {
    ByteBuffer key = record.key();
    if (key == null) {
      tally.withoutKey();
      return true;
    }
    return record.offset() >= mapEndOffset || record.offset() >= latest.get(key);
  }

  private boolean isTombstone(LogRecord record) {
    return record.key() != null && record.value() == null && record.offset() < mapEndOffset;
  }

  /** Markers of other kinds than a transaction's end are not ours to judge. */
  private @Nullable RecordBatch marker(RecordBatch batch, boolean isLast) {
    boolean isEmpty = batch.count() == 0;
    try {
      if (!isEmpty && ControlMarker.of(batch).isEmpty()) {
        return batch;
      }
    } catch (StorageException e) {
      return malformed(batch, e);
    }
    boolean hadData = producersWithData.remove(batch.producerId());
    if (hadData || batch.baseOffset() >= mapEndOffset) {
      return batch;
    }
    OptionalLong horizon = batch.deleteHorizonMillis();
    if (isEmpty || isOver(horizon)) {
      return emptied(batch, isLast);
    }
    lookAgain(horizon);
    if (horizon.isPresent()) {
      return batch;
    }
    BitSet all = new BitSet();
    all.set(0, batch.count());
    return new BatchRewriter(batch).rewritten(all, OptionalLong.of(newHorizonMillis));
  }

  /** What is left of a batch without its records: mostly nothing. */
  private @Nullable RecordBatch emptied(RecordBatch batch, boolean isLast) {
    if (!isLast && !state.isLastOfProducer(batch)) {
      return null;
    }
    return batch.count() == 0 ? batch : BatchRewriter.emptied(batch);
  }

  private RecordBatch malformed(RecordBatch batch, StorageException e) {
    if (e.code() != Code.INVALID_BATCH) {
      throw e;
    }
    isKeyUnknown = true;
    tally.malformedBatch();
    return batch;
  }

  private boolean isOver(OptionalLong horizon) {
    return horizon.isPresent() && horizon.getAsLong() <= nowMillis;
  }

  /** What stays although its grace is over will not go by waiting either. */
  private void lookAgain(OptionalLong horizon) {
    if (!isOver(horizon)) {
      tally.horizon(horizon.orElse(newHorizonMillis));
    }
  }
}
