package dev.sluice.log.producer;

import dev.sluice.log.record.ControlMarker;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The producers of a partition: decides what an idempotent or transactional producer may append,
 * and follows what was appended. Not thread-safe: it belongs to whoever writes the partition, and
 * is guarded by that one's lock.
 *
 * <p>The state is a function of the log's batches, in order. After a truncation it is made anew:
 * {@link #clear}, {@link #restore} the last snapshot before the new end, {@link #apply} the batches
 * from there on.
 *
 * <p>Memory is bounded: beyond a number of producers without an open transaction, the one that was
 * idle longest is forgotten, as if it had expired. Those with one are kept: their first offsets
 * hold readers back until the coordinator, which bounds number and age of transactions, ends them.
 */
public final class ProducerStates {

  /** Some 20 to 40 MB of heap. */
  public static final int DEFAULT_MAX_PRODUCERS = 100_000;

  /** How long an idle producer is remembered, as Kafka does: a day. */
  public static final Duration DEFAULT_MAX_IDLE = Duration.ofDays(1);

  private final int maxProducers;
  private final ProducerTable table = new ProducerTable();

  public ProducerStates() {
    this(DEFAULT_MAX_PRODUCERS);
  }

  /**
   * No producers yet.
   *
   * @param maxProducers how many without an open transaction to remember, 1 or more
   */
  public ProducerStates(int maxProducers) {
    if (maxProducers < 1) {
      throw new IllegalArgumentException("At least one producer is needed: " + maxProducers);
    }
    this.maxProducers = maxProducers;
  }

  /**
   * Whether a batch may be appended, with respect to everything that was applied. Its offsets don't
   * matter. Changes nothing.
   *
   * @throws dev.sluice.log.StorageException {@code OUT_OF_ORDER_SEQUENCE}; {@code PRODUCER_FENCED}
   *     if producer or, for a marker, coordinator have been replaced; {@code
   *     INVALID_TRANSACTION_STATE}; {@code INVALID_BATCH} if records have a producer but no epoch
   *     or sequence
   */
  public Admission check(BatchFacts offered) {
    if (!offered.hasProducer()) {
      return Admission.ACCEPTED;
    }
    if (!offered.isControl()) {
      return ProducerCheck.checkData(table.get(offered.producerId()), offered);
    }
    ControlMarker marker = offered.marker();
    if (marker != null) {
      ProducerCheck.checkMarker(table.get(offered.producerId()), offered, marker);
    }
    return Admission.ACCEPTED;
  }

  /**
   * The same for records that a coordinator writes in a producer's name, such as the offsets that
   * belong to a transaction: their sequences mean nothing, and repetitions are as good as new ones.
   *
   * @throws dev.sluice.log.StorageException {@code PRODUCER_FENCED} or {@code
   *     INVALID_TRANSACTION_STATE}
   */
  public void checkWithoutSequence(BatchFacts offered) {
    if (offered.hasProducer()) {
      ProducerCheck.checkWithoutSequence(table.get(offered.producerId()), offered);
    }
  }

  /**
   * Takes up a batch that is in the log, or about to be, without any check: what the log says is
   * so, when it is read back, and when it comes from a leader.
   *
   * @param nowMillis the clock's time, from which idleness counts
   * @return the transaction that the batch ends, if it had records here
   */
  public Optional<CompletedTransaction> apply(BatchFacts written, long nowMillis) {
    ControlMarker marker = written.marker();
    if (!written.hasProducer() || (written.isControl() && marker == null)) {
      return Optional.empty();
    }
    ProducerState known = table.get(written.producerId());
    if (known == null) {
      put(ProducerState.of(written, nowMillis));
      return Optional.empty();
    }
    put(known.after(written, nowMillis));
    if (marker == null || !known.hasTransaction()) {
      return Optional.empty();
    }
    return Optional.of(
        new CompletedTransaction(
            known.producerId(),
            known.transactionFirstOffset(),
            written.baseOffset(),
            marker.type() == ControlMarker.Type.ABORT));
  }

  /**
   * Remembers the present state until {@link #forget}, for the case that what is applied from now
   * on does not get into the log. Marks nest.
   *
   * @return the state's name for {@link #rollBackTo}
   */
  public int mark() {
    return table.mark();
  }

  /** Takes back everything since a mark; marks set since are void, it and earlier ones stay. */
  public void rollBackTo(int mark) {
    table.rollBackTo(mark);
  }

  /** Makes all marks void: what has been applied is in the log. */
  public void forget() {
    table.forget();
  }

  /**
   * The first offset of the oldest transaction that is neither committed nor aborted. Nothing from
   * there on is stable.
   */
  public OptionalLong firstUndecidedOffset() {
    ProducerState first = table.firstOpen();
    return first == null ? OptionalLong.empty() : first.openTransaction();
  }

  /**
   * Forgets producers without an open transaction that have not been heard of for some time.
   *
   * @return how many
   */
  public int expire(long nowMillis, Duration maxIdle) {
    int expired = 0;
    for (ProducerState longest = table.longestIdle();
        longest != null && nowMillis - longest.lastActiveMillis() >= maxIdle.toMillis();
        longest = table.longestIdle()) {
      table.remove(longest);
      expired++;
    }
    return expired;
  }

  /** Forgets all producers, and all marks. */
  public void clear() {
    table.clear();
  }

  /**
   * Adds producers from a snapshot. They count as heard of now: how long they had been idle is not
   * known, as the timestamps of their batches may be of any time.
   */
  public void restore(Collection<ProducerState> snapshot, long nowMillis) {
    for (ProducerState state : snapshot) {
      put(state.activeAt(nowMillis));
    }
  }

  /** All producers, in no order. */
  public List<ProducerState> list() {
    return List.copyOf(table.all());
  }

  public Optional<ProducerState> find(long producerId) {
    return Optional.ofNullable(table.get(producerId));
  }

  public boolean isEmpty() {
    return table.isEmpty();
  }

  private void put(ProducerState state) {
    table.put(state);
    ProducerState longest = table.longestIdle();
    if (longest != null && table.idleCount() > maxProducers) {
      table.remove(longest);
    }
  }
}
