package dev.sluice.log.compaction;

import dev.sluice.log.producer.AbortedTransaction;
import dev.sluice.log.record.RecordBatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What a partition knows beside its segments, all of one moment. Immutable.
 *
 * <p>Invariant DECIDED-BELOW-STABLE: of every transaction that begins below the last stable offset
 * it is decided whether it was aborted, even if its marker is behind.
 */
public final class LogState {

  private final long lastStableOffset;
  private final Map<Long, NavigableMap<Long, Long>> aborted = new HashMap<>();
  private final Map<Long, LastBatch> producers;

  /**
   * A state.
   *
   * @param lastStableOffset nothing at or behind it is looked at
   * @param aborted all aborted transactions that begin below the last stable offset, in any order
   * @param producers those whose sequences must stay known, by their ids
   */
  public LogState(
      long lastStableOffset, List<AbortedTransaction> aborted, Map<Long, LastBatch> producers) {
    this.lastStableOffset = lastStableOffset;
    this.producers = Map.copyOf(producers);
    for (AbortedTransaction transaction : aborted) {
      this.aborted
          .computeIfAbsent(transaction.producerId(), id -> new TreeMap<>())
          .put(transaction.firstOffset(), transaction.lastOffset());
    }
  }

  public long lastStableOffset() {
    return lastStableOffset;
  }

  /** Whether a batch belongs to a transaction that was aborted. */
  boolean isAborted(RecordBatch batch) {
    if (!batch.isTransactional() || batch.isControl()) {
      return false;
    }
    NavigableMap<Long, Long> transactions = aborted.get(batch.producerId());
    if (transactions == null) {
      return false;
    }
    Map.Entry<Long, Long> last = transactions.floorEntry(batch.baseOffset());
    return last != null && batch.lastOffset() <= last.getValue();
  }

  /** Whether a batch is what tells of its producer after a start: its sequence, or its epoch. */
  boolean isLastOfProducer(RecordBatch batch) {
    LastBatch last = producers.get(batch.producerId());
    if (last == null) {
      return false;
    }
    return last.lastDataOffset() >= 0
        ? batch.lastOffset() == last.lastDataOffset()
        : batch.isControl() && batch.producerEpoch() == last.producerEpoch();
  }
}
