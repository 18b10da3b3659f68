package dev.sluice.gateway.search;

import dev.sluice.gateway.log.DamagedOffsets;
import dev.sluice.gateway.log.Entry;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.Unreadable;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Goes from the newest record to the oldest: reads the last offsets forward, as a log is read,
 * keeps the matches among them, and tells of these from the last to the first. Of more matches than
 * fit the newest are kept, and the step ends behind the first one that was let go.
 */
final class BackwardStretch extends Stretch {

  /** Matches of a step may take so many bytes, or one be larger. */
  static final long HELD_BYTES = 32L << 20;

  private final Deque<Entry> held = new ArrayDeque<>();
  private long heldBytes;
  private long reachedMillis = Long.MAX_VALUE;

  BackwardStretch(Records records, PartitionRange range) {
    super(records, range);
  }

  @Override
  long rank() {
    return reachedMillis == Long.MIN_VALUE ? Long.MAX_VALUE : -reachedMillis;
  }

  @Override
  long place() {
    return left().isOpen() ? left().from() : left().to();
  }

  @Override
  boolean narrow() {
    clear();
    boolean isWide = Math.min(step(), left().size()) > 1;
    shrink();
    return isWide;
  }

  @Override
  Unreadable damage(Records records, LogException failed) {
    return DamagedOffsets.before(
        records, left().topicPartition(), left().from(), left().to(), failed);
  }

  @Override
  void leaveBehind(Unreadable place) {
    leave(left().to(place.offset()));
  }

  @Override
  void advance(Scan scan) {
    long before = left().to();
    long low = Math.max(left().from(), before - step());
    long at = low;
    while (at < before && !scan.hasEnded()) {
      Records.Slice slice = read(at, before);
      for (Entry entry : slice.entries()) {
        if (scan.hasEnded()) {
          break;
        }
        reachedMillis = Math.min(reachedMillis, entry.timestampMillis());
        if (scan.admits(entry)) {
          low = Math.max(low, hold(entry, scan.wanted()));
        }
      }
      at = slice.nextOffset();
    }
    leave(left().to(scan.hasEnded() ? before : tell(scan, low)));
    clear();
    widen();
  }

  /** Returns the offset behind the last that had to make room, or 0. */
  private long hold(Entry entry, int most) {
    held.addLast(entry);
    heldBytes += size(entry);
    long behind = 0;
    while (held.size() > 1 && (held.size() > most || heldBytes > HELD_BYTES)) {
      Entry oldest = held.removeFirst();
      heldBytes -= size(oldest);
      behind = oldest.nextOffset();
    }
    return behind;
  }

  /** Tells of what is held; returns the offset from which on all is done. */
  private long tell(Scan scan, long low) {
    while (!held.isEmpty()) {
      Entry newest = held.removeLast();
      scan.tell(newest);
      if (scan.hasEnded()) {
        return newest.offset();
      }
    }
    return low;
  }

  private void clear() {
    held.clear();
    heldBytes = 0;
  }
}
