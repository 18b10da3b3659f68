package dev.sluice.log.producer;

import dev.sluice.log.record.ControlMarker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the log knows of one producer.
 *
 * @param producerEpoch of the instance that appended last
 * @param coordinatorEpoch of the coordinator that wrote its last marker, or -1
 * @param lastTimestampMillis of its last batch or marker, as the batch says
 * @param lastActiveMillis when it was last heard of, by this process' clock; not part of a snapshot
 * @param batches its last ones of that epoch, at most {@link #MAX_BATCHES}, oldest first
 * @param transactionFirstOffset of its open transaction, or -1 if it has none
 */
public record ProducerState(
    long producerId,
    short producerEpoch,
    int coordinatorEpoch,
    long lastTimestampMillis,
    long lastActiveMillis,
    List<WrittenBatch> batches,
    long transactionFirstOffset) {

  /**
   * As many batches as a producer may have in flight (KIP-98: {@code
   * max.in.flight.requests.per.connection} is at most 5 for idempotent ones).
   */
  public static final int MAX_BATCHES = 5;

  static final long NO_TRANSACTION = -1;
  private static final int NO_COORDINATOR = -1;

  public ProducerState {
    batches = List.copyOf(batches);
  }

  /** The sequence of its last record, or -1 if none of this epoch is known. */
  public int lastSequence() {
    return batches.isEmpty() ? Sequences.NONE : batches.getLast().lastSequence();
  }

  /** The offset of its last record, or -1 if none of this epoch is known. */
  public long lastOffset() {
    return batches.isEmpty() ? -1 : batches.getLast().lastOffset();
  }

  public boolean hasTransaction() {
    return transactionFirstOffset >= 0;
  }

  /** The first offset of its open transaction. */
  public OptionalLong openTransaction() {
    return hasTransaction() ? OptionalLong.of(transactionFirstOffset) : OptionalLong.empty();
  }

  /** The batch in the log that has the same epoch and the same sequences. */
  Optional<WrittenBatch> find(BatchFacts offered) {
    if (offered.producerEpoch() != producerEpoch) {
      return Optional.empty();
    }
    return batches.stream()
        .filter(
            batch ->
                batch.baseSequence() == offered.baseSequence()
                    && batch.lastSequence() == offered.lastSequence())
        .findFirst();
  }

  /** A producer whose first batch this is. */
  static ProducerState of(BatchFacts first, long nowMillis) {
    ProducerState unknown =
        new ProducerState(
            first.producerId(),
            first.producerEpoch(),
            NO_COORDINATOR,
            first.maxTimestampMillis(),
            nowMillis,
            List.of(),
            NO_TRANSACTION);
    return unknown.after(first, nowMillis);
  }

  /** The state after one more batch, whatever it says. */
  ProducerState after(BatchFacts batch, long nowMillis) {
    ControlMarker marker = batch.marker();
    boolean isSameEpoch = batch.producerEpoch() == producerEpoch;
    List<WrittenBatch> ofEpoch = isSameEpoch ? batches : List.of();
    return new ProducerState(
        producerId,
        batch.producerEpoch(),
        marker == null ? coordinatorEpoch : marker.coordinatorEpoch(),
        batch.maxTimestampMillis(),
        nowMillis,
        marker == null ? with(ofEpoch, batch) : ofEpoch,
        marker == null ? transactionWith(batch) : NO_TRANSACTION);
  }

  /** The same, heard of now. */
  ProducerState activeAt(long nowMillis) {
    return new ProducerState(
        producerId,
        producerEpoch,
        coordinatorEpoch,
        lastTimestampMillis,
        nowMillis,
        batches,
        transactionFirstOffset);
  }

  private long transactionWith(BatchFacts batch) {
    return !hasTransaction() && batch.isTransactional()
        ? batch.baseOffset()
        : transactionFirstOffset;
  }

  private static List<WrittenBatch> with(List<WrittenBatch> known, BatchFacts batch) {
    List<WrittenBatch> kept = new ArrayList<>(MAX_BATCHES);
    kept.addAll(known.size() < MAX_BATCHES ? known : known.subList(1, MAX_BATCHES));
    kept.add(
        new WrittenBatch(
            batch.lastSequence(),
            batch.lastOffset(),
            batch.offsetDelta(),
            batch.maxTimestampMillis()));
    return kept;
  }
}
