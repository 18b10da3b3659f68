package dev.sluice.log.partition;

import dev.sluice.log.StorageException;
import dev.sluice.log.StorageException.Code;
import dev.sluice.log.epoch.EpochStart;
import dev.sluice.log.epoch.LeaderEpochs;
import dev.sluice.log.partition.PendingAppend.Origin;
import dev.sluice.log.producer.AbortedTransaction;
import dev.sluice.log.producer.Admission;
import dev.sluice.log.producer.BatchFacts;
import dev.sluice.log.producer.CompletedTransaction;
import dev.sluice.log.producer.ProducerStates;
import dev.sluice.log.record.BatchHeader;
import dev.sluice.log.record.RecordBatches;
import dev.sluice.log.record.TimestampType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Gives appends their place in the log just before they are written, or refuses them: numbers them,
 * and follows producers, transactions and leader epochs. Not thread-safe; part of the writer.
 *
 * <p>What was admitted is tentative until {@link #keep}, and taken back by {@link #rollBack}.
 */
final class BatchAdmission {

  private final Clock clock;
  private final ProducerStates producers;
  private final LeaderEpochs epochs;
  private final List<AbortedTransaction> newlyAborted = new ArrayList<>();
  private final List<CompletedTransaction> newlyDecided = new ArrayList<>();

  /** Transactions whose marker readers can't see yet: last offset by first offset. */
  private final TreeMap<Long, Long> unseenDecided = new TreeMap<>();

  private int leaderEpoch;

  /** Whether the epochs say where the present one began. */
  private boolean isEpochNoted;

  private int written;

  BatchAdmission(Clock clock, ProducerStates producers, LeaderEpochs epochs) {
    this.clock = clock;
    this.producers = producers;
    this.epochs = epochs;
    this.leaderEpoch = epochs.latest().map(EpochStart::epoch).orElse(0);
    this.written = producers.mark();
  }

  ProducerStates producers() {
    return producers;
  }

  LeaderEpochs epochs() {
    return epochs;
  }

  int leaderEpoch() {
    return leaderEpoch;
  }

  /** Numbers appends with an epoch from an offset on; durable. */
  void lead(int epoch, long fromOffset) throws IOException {
    boolean unused = epochs.assign(epoch, fromOffset);
    leaderEpoch = epoch;
    isEpochNoted = true;
  }

  /**
   * Gives an append its place.
   *
   * @param bytes hold its batches
   * @param at where they begin there
   * @param nextOffset the offset behind what was admitted before
   * @param timestamps who gives the records of clients their time
   * @return whether they are to be written; else the append knows why not
   */
  boolean admit(
      ByteBuffer bytes, int at, PendingAppend append, long nextOffset, TimestampType timestamps)
      throws IOException {
    int before = producers.mark();
    int aborted = newlyAborted.size();
    int decided = newlyDecided.size();
    try {
      append.requireOrder();
      return switch (append.origin()) {
        case CLIENT, COORDINATOR -> {
          long time =
              timestamps == TimestampType.APPEND_TIME
                  ? stamp(bytes, at, append)
                  : AppendResult.NO_APPEND_TIME;
          yield number(bytes, at, append, nextOffset, time);
        }
        case LEADER -> follow(bytes, at, append, nextOffset);
      };
    } catch (StorageException e) {
      producers.rollBackTo(before);
      newlyAborted.subList(aborted, newlyAborted.size()).clear();
      newlyDecided.subList(decided, newlyDecided.size()).clear();
      append.refuse(e);
      return false;
    }
  }

  /** All that was admitted since the last call is written; tells the transactions it aborted. */
  List<AbortedTransaction> keep() {
    producers.forget();
    written = producers.mark();
    List<AbortedTransaction> aborted = List.copyOf(newlyAborted);
    newlyDecided.forEach(done -> unseenDecided.put(done.firstOffset(), done.lastOffset()));
    newlyAborted.clear();
    newlyDecided.clear();
    return aborted;
  }

  /** Nothing that was admitted since the last {@link #keep} has been written. */
  void rollBack() {
    producers.rollBackTo(written);
    newlyAborted.clear();
    newlyDecided.clear();
  }

  /** The log has been truncated, and the producers made anew. */
  void restart() {
    producers.forget();
    written = producers.mark();
    unseenDecided.clear();
    isEpochNoted = false;
  }

  /**
   * The offset behind the last record that no open transaction can take back.
   *
   * @param highWatermark what readers see ends there: a marker behind it decides nothing for them
   */
  long lastStableOffset(long highWatermark) {
    unseenDecided.values().removeIf(lastOffset -> lastOffset < highWatermark);
    long stable = Math.min(highWatermark, producers.firstUndecidedOffset().orElse(Long.MAX_VALUE));
    return unseenDecided.isEmpty() ? stable : Math.min(stable, unseenDecided.firstKey());
  }

  private long stamp(ByteBuffer bytes, int at, PendingAppend append) {
    long now = clock.millis();
    int end = at + append.sizeBytes();
    for (int batch = at; batch < end; batch += RecordBatches.sizeAt(bytes, batch)) {
      RecordBatches.stamp(bytes, batch, now);
    }
    return now;
  }

  private boolean number(
      ByteBuffer bytes, int at, PendingAppend append, long nextOffset, long appendTimeMillis)
      throws IOException {
    if (!append.fitsAt(nextOffset)) {
      throw new StorageException(
          Code.OFFSET_OUT_OF_RANGE,
          "A coordinator's records were to follow others that are not there; the log ends at "
              + nextOffset,
          "Read the log again from the start, and go on from what it says");
    }
    if (!isEpochNoted) {
      lead(leaderEpoch, nextOffset);
    }
    int end = at + append.sizeBytes();
    long offset = nextOffset;
    for (int batch = at; batch < end; batch += RecordBatches.sizeAt(bytes, batch)) {
      if (hasProducer(bytes, batch)) {
        BatchFacts facts = BatchFacts.of(bytes, batch).movedTo(offset);
        if (check(facts, append.origin()) instanceof Admission.Duplicate known) {
          append.settle(new AppendResult(known.baseOffset(), known.lastOffset()));
          return false;
        }
        apply(facts);
      }
      RecordBatches.assign(bytes, batch, offset, leaderEpoch);
      offset += BatchHeader.lastOffsetDelta(bytes, batch) + 1L;
    }
    append.settle(new AppendResult(nextOffset, offset - 1, appendTimeMillis));
    return true;
  }

  private Admission check(BatchFacts facts, Origin origin) {
    if (origin == Origin.CLIENT || facts.isControl()) {
      return producers.check(facts);
    }
    producers.checkWithoutSequence(facts);
    return Admission.ACCEPTED;
  }

  private boolean follow(ByteBuffer bytes, int at, PendingAppend append, long nextOffset)
      throws IOException {
    long first = BatchHeader.baseOffset(bytes, at);
    if (first < nextOffset) {
      throw new StorageException(
          Code.OFFSET_OUT_OF_RANGE,
          "The leader's records begin at offset " + first + ", but the log ends at " + nextOffset,
          "Fetch from the log end on, or truncate first");
    }
    int end = at + append.sizeBytes();
    for (int batch = at; batch < end; batch += RecordBatches.sizeAt(bytes, batch)) {
      follow(bytes, batch);
    }
    append.settle(new AppendResult(first, append.endOffset(nextOffset) - 1));
    return true;
  }

  private void follow(ByteBuffer bytes, int batch) throws IOException {
    int epoch = BatchHeader.leaderEpoch(bytes, batch);
    if (epoch > leaderEpoch || !isEpochNoted) {
      lead(epoch, BatchHeader.baseOffset(bytes, batch));
    }
    if (hasProducer(bytes, batch)) {
      apply(BatchFacts.of(bytes, batch));
    }
  }

  private void apply(BatchFacts facts) {
    producers
        .apply(facts, clock.millis())
        .ifPresent(
            done -> {
              newlyDecided.add(done);
              if (done.isAborted()) {
                newlyAborted.add(AbortedTransaction.of(done, producers.firstUndecidedOffset()));
              }
            });
  }

  private static boolean hasProducer(ByteBuffer bytes, int batch) {
    return BatchHeader.producerId(bytes, batch) >= 0;
  }
}
