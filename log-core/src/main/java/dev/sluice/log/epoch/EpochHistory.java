package dev.sluice.log.epoch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The leader epochs of a log with their start offsets. Invariant EPOCHS-ASCEND: both grow from
 * entry to entry. Immutable.
 *
 * @param starts oldest first
 */
public record EpochHistory(List<EpochStart> starts) {

  /** No epoch is known. */
  public static final EpochHistory EMPTY = new EpochHistory(List.of());

  /**
   * How many epochs are remembered; the oldest are forgotten beyond that, as if their records had
   * been deleted.
   */
  static final int MAX_EPOCHS = 50_000;

  public EpochHistory {
    starts = List.copyOf(starts);
    for (int i = 1; i < starts.size(); i++) {
      EpochStart before = starts.get(i - 1);
      EpochStart next = starts.get(i);
      if (next.epoch() <= before.epoch() || next.startOffset() <= before.startOffset()) {
        throw new IllegalArgumentException(next + " can't follow " + before);
      }
    }
  }

  /**
   * The history when a leader begins to write. It is the same if that epoch is the latest already,
   * and began no later. Entries that contradict the new one, as they begin at its offset or behind
   * it or have its epoch or a later one, go: their records are not in the log (any more).
   */
  public EpochHistory with(EpochStart start) {
    int kept = starts.size();
    if (kept > 0
        && starts.getLast().epoch() == start.epoch()
        && starts.getLast().startOffset() <= start.startOffset()) {
      return this;
    }
    while (kept > 0
        && (starts.get(kept - 1).epoch() >= start.epoch()
            || starts.get(kept - 1).startOffset() >= start.startOffset())) {
      kept--;
    }
    List<EpochStart> next =
        new ArrayList<>(starts.subList(Math.max(0, kept - (MAX_EPOCHS - 1)), kept));
    next.add(start);
    return new EpochHistory(next);
  }

  /** The history of a log that ends at an offset. */
  public EpochHistory before(long endOffset) {
    int kept = starts.size();
    while (kept > 0 && starts.get(kept - 1).startOffset() >= endOffset) {
      kept--;
    }
    return kept == starts.size() ? this : new EpochHistory(starts.subList(0, kept));
  }

  /** The history of a log that begins at an offset; the epoch that holds it begins there then. */
  public EpochHistory from(long startOffset) {
    int holder = indexOf(startOffset);
    if (holder < 0 || (holder == 0 && starts.getFirst().startOffset() == startOffset)) {
      return this;
    }
    List<EpochStart> next = new ArrayList<>(starts.subList(holder, starts.size()));
    next.set(0, new EpochStart(next.getFirst().epoch(), startOffset));
    return new EpochHistory(next);
  }

  /** The epoch of the last leader that wrote. */
  public Optional<EpochStart> latest() {
    return isEmpty() ? Optional.empty() : Optional.of(starts.getLast());
  }

  /** The epoch in which the record at an offset was written, if the log knows one. */
  public OptionalInt epochForOffset(long offset) {
    int holder = indexOf(offset);
    return holder < 0 ? OptionalInt.empty() : OptionalInt.of(starts.get(holder).epoch());
  }

  /**
   * How far a follower that last saw an epoch agrees with this log, as Kafka's {@code
   * OffsetForLeaderEpoch} answers it. The latest epoch ends at the log's end. One that is older
   * than all known ends where the first known begins. Of one that is newer than all, nothing is
   * known.
   */
  public EpochEnd endOffsetFor(int requestedEpoch, long logEndOffset) {
    if (requestedEpoch < 0 || isEmpty() || requestedEpoch > starts.getLast().epoch()) {
      return EpochEnd.UNDEFINED;
    }
    if (requestedEpoch == starts.getLast().epoch()) {
      return new EpochEnd(requestedEpoch, logEndOffset);
    }
    int next = 0;
    while (starts.get(next).epoch() <= requestedEpoch) {
      next++;
    }
    int epoch = next == 0 ? requestedEpoch : starts.get(next - 1).epoch();
    return new EpochEnd(epoch, starts.get(next).startOffset());
  }

  public boolean isEmpty() {
    return starts.isEmpty();
  }

  /** The last entry that begins at an offset or before it, or -1. */
  private int indexOf(long offset) {
    int low = 0;
    int high = starts.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (starts.get(middle).startOffset() <= offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }
}
