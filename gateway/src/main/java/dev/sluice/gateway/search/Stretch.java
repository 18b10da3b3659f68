package dev.sluice.gateway.search;

import dev.sluice.gateway.log.Entry;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.StoredRecord;
import dev.sluice.gateway.log.Unreadable;
import java.util.List;
import java.util.Optional;

/**
 * What is left to search of one partition. It is read in steps that begin small, so that the first
 * matches come soon and partitions go side by side in time, and become large.
 */
abstract sealed class Stretch permits ForwardStretch, BackwardStretch {

  private static final int FIRST_STEP = 512;
  private static final int LARGEST_STEP = 16_384;
  private static final int READ_BYTES = 1 << 20;

  private final Records records;
  private PartitionRange left;
  private int step = FIRST_STEP;
  private boolean isBehindDamage;

  Stretch(Records records, PartitionRange range) {
    this.records = records;
    this.left = range;
  }

  /** Does a step, as far as the search goes on. */
  abstract void advance(Scan scan);

  /** The less, the sooner it is its turn. */
  abstract long rank();

  final PartitionRange left() {
    return left;
  }

  final void leave(PartitionRange rest) {
    left = rest;
  }

  /** Finds out the end of an open range; returns how many more offsets it has. */
  final long settle() {
    PartitionRange before = left;
    if (before.isOpen()) {
      left = before.until(records.endOffset(before.topicPartition()));
    }
    return left.size() - before.size();
  }

  /** Where it stands: where it would read next. */
  abstract long place();

  /**
   * Whether it can try fewer offsets after a read has failed, to tell of what is on this side of
   * the place.
   */
  abstract boolean narrow();

  /**
   * Leaves a damaged place behind, and tells what it is. Empty if the one before it was damaged,
   * too: then it would be as with each that follows.
   */
  final Optional<Unreadable> stepOver(LogException failed) {
    if (failed.code() != LogException.Code.PLACE_DAMAGED || isBehindDamage) {
      return Optional.empty();
    }
    Unreadable place = damage(records, failed);
    isBehindDamage = true;
    leaveBehind(place);
    return Optional.of(place);
  }

  /** How far the damage reaches from where it stands. */
  abstract Unreadable damage(Records records, LogException failed);

  abstract void leaveBehind(Unreadable place);

  /** A step was done. */
  final void cameOn() {
    isBehindDamage = false;
  }

  final void shrink() {
    step = Math.max(1, step / 8);
  }

  final int step() {
    return step;
  }

  final void widen() {
    step = Math.min(step * 2, LARGEST_STEP);
  }

  /**
   * Reads from an offset on.
   *
   * @return what lies before the offset that is given, and where to go on; no further only if there
   *     is nothing to be seen any more
   */
  final Records.Slice read(long from, long before) {
    int most = (int) Math.min(step, before - from);
    Records.Slice slice;
    try {
      slice = records.read(left.topicPartition(), from, most, READ_BYTES);
    } catch (LogException failed) {
      long start = records.startOffset(left.topicPartition());
      if (failed.code() != LogException.Code.OFFSET_OUT_OF_RANGE || start <= from) {
        throw failed;
      }
      return new Records.Slice(List.of(), start);
    }
    long next = slice.nextOffset() == from ? before : slice.nextOffset();
    return next <= before
        ? new Records.Slice(slice.records(), slice.unreadable(), next)
        : cut(slice, before);
  }

  private static Records.Slice cut(Records.Slice slice, long before) {
    List<StoredRecord> records =
        slice.records().stream().filter(record -> record.offset() < before).toList();
    List<Unreadable> unreadable =
        slice.unreadable().stream()
            .filter(place -> place.offset() < before)
            .map(place -> upTo(place, before))
            .toList();
    return new Records.Slice(records, unreadable, before);
  }

  private static Unreadable upTo(Unreadable place, long before) {
    return new Unreadable(
        place.topicPartition(),
        place.offset(),
        Math.min(place.nextOffset(), before),
        place.timestampMillis(),
        place.message());
  }

  /** About what an entry takes in memory. */
  static long size(Entry entry) {
    return entry instanceof StoredRecord stored ? Tally.size(stored) : 0;
  }
}
