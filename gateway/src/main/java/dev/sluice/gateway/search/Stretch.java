package dev.sluice.gateway.search;

import dev.sluice.gateway.log.Entry;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.StoredRecord;
import dev.sluice.gateway.log.Unreadable;
import java.util.List;

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
