package dev.sluice.gateway.rest.record;

import dev.sluice.gateway.log.DamagedOffsets;
import dev.sluice.gateway.log.Entry;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.Unreadable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads several partitions as one sequence, the newest first: the offset orders records of one
 * partition, the timestamp those of different ones. Partitions are read forwards in windows, since
 * a log can't be read in any other way.
 *
 * <p>A page is bounded by what is read for it, and not only by what is found: where a topic was
 * compacted, or transactions were aborted, there may be many offsets without records. Each page
 * moves on, since every partition may read one window. For one page; used by one thread.
 */
final class BackwardMerge {

  private static final int FIRST_WINDOW = 16;
  private static final int LARGEST_WINDOW = 4_096;
  private static final int SMALLEST_CHUNK_BYTES = 64 * 1024;

  /** After about so many offsets a page ends. */
  private static final long MAX_OFFSETS = 200_000;

  /** A damaged offset takes a read of its own, as long as so many others. */
  private static final int DAMAGED_OFFSET = 16;

  private final Records records;
  private final int limit;
  private final int maxBytes;
  private final List<Unreadable> offline = new ArrayList<>();
  private long offsetsLeft = MAX_OFFSETS;

  /**
   * A reader.
   *
   * @param limit at most so many records and unreadable places
   * @param maxBytes stop after about so many bytes of keys and values
   */
  BackwardMerge(Records records, int limit, int maxBytes) {
    this.records = records;
    this.limit = limit;
    this.maxBytes = maxBytes;
  }

  /**
   * Reads what lies before the positions.
   *
   * @return {@code next} is without positions where nothing is left; partitions that are offline
   *     are kept where they are
   * @throws LogException as {@link Records#read}; {@code PARTITION_OFFLINE} if all partitions are
   */
  TimestampMerge.Batch read(String topic, Positions before) {
    int chunkBytes =
        Math.max(SMALLEST_CHUNK_BYTES, maxBytes / Math.max(1, before.offsets().size()));
    List<Cursor> cursors = new ArrayList<>();
    before
        .offsets()
        .forEach(
            (partition, offset) ->
                cursors.add(new Cursor(new TopicPartition(topic, partition), offset, chunkBytes)));
    PriorityQueue<Cursor> heads = new PriorityQueue<>(Cursor.ORDER);
    boolean isCut = false;
    for (Cursor cursor : cursors) {
      if (cursor.fill()) {
        heads.add(cursor);
      }
      isCut |= cursor.isCut();
    }
    if (!offline.isEmpty() && offline.size() == cursors.size()) {
      throw new LogException(LogException.Code.PARTITION_OFFLINE, offline.getFirst().message());
    }
    List<Entry> merged = isCut ? List.of() : drain(heads);
    SortedMap<Integer, Long> next = new TreeMap<>();
    if (cursors.stream().anyMatch(Cursor::hasMore)) {
      cursors.forEach(cursor -> next.put(cursor.partition.partition(), cursor.position()));
    }
    return new TimestampMerge.Batch(merged, offline, new Positions(next));
  }

  private List<Entry> drain(PriorityQueue<Cursor> heads) {
    List<Entry> merged = new ArrayList<>();
    long bytes = 0;
    boolean isCut = false;
    while (!isCut && merged.size() < limit && bytes < maxBytes) {
      Cursor newest = heads.poll();
      if (newest == null) {
        break;
      }
      Entry entry = newest.buffer.pop();
      merged.add(entry);
      bytes += entry.sizeBytes();
      if (newest.fill()) {
        heads.add(newest);
      }
      // Which one would come next is not known then.
      isCut = newest.isCut();
    }
    return merged;
  }

  /** One partition, read ahead by a window. */
  private final class Cursor {

    static final Comparator<Cursor> ORDER =
        Comparator.<Cursor>comparingLong(cursor -> -cursor.turnMillis())
            .thenComparingInt(cursor -> cursor.partition.partition());

    private final TopicPartition partition;
    private final int chunkBytes;

    /** The newest is the first. */
    private final Deque<Entry> buffer = new ArrayDeque<>();

    /** Not known before it could be asked for: then there may be something to read. */
    private long start;

    private long before;
    private int window = FIRST_WINDOW;
    private boolean hasRead;

    /** Whether a larger window has been too large here. */
    private boolean isNarrowed;

    private boolean isOffline;

    Cursor(TopicPartition partition, long before, int chunkBytes) {
      this.partition = partition;
      this.before = before;
      this.chunkBytes = chunkBytes;
    }

    /** What is damaged has no time, and must not keep back what is older than it. */
    private long turnMillis() {
      Entry head = buffer.element();
      return head instanceof Unreadable && head.timestampMillis() == 0
          ? Long.MAX_VALUE
          : head.timestampMillis();
    }

    /** Sees to it that something is buffered; false if there is no more, or this {@link #isCut}. */
    boolean fill() {
      if (!buffer.isEmpty()) {
        return true;
      }
      try {
        start = records.startOffset(partition);
        before = Math.min(before, records.endOffset(partition));
        while (buffer.isEmpty() && isOlderReadable() && (!hasRead || offsetsLeft > 0)) {
          tryWindow();
        }
      } catch (LogException failed) {
        if (!failed.isUnreadable()) {
          throw failed;
        }
        isOffline = true;
        offline.add(Unreadable.offline(partition, before == Positions.END ? 0 : before, failed));
      }
      return !buffer.isEmpty();
    }

    /** What is newer than a place that can't be read is shown first, then what is older. */
    private void tryWindow() {
      try {
        window();
      } catch (LogException failed) {
        if (!failed.isUnreadable()) {
          throw failed;
        }
        if (before - Math.max(start, before - window) > 1) {
          narrow();
        } else if (failed.code() == LogException.Code.PLACE_DAMAGED) {
          stepOver(DamagedOffsets.before(records, partition, start, before, failed));
        } else {
          throw failed;
        }
      }
    }

    private void narrow() {
      window = Math.max(1, window / 8);
      isNarrowed = true;
    }

    private void stepOver(Unreadable place) {
      buffer.push(place);
      offsetsLeft -= (before - place.offset()) * DAMAGED_OFFSET;
      before = place.offset();
      hasRead = true;
    }

    /**
     * Buffers a window; a smaller one is tried next if it is too large or retention was quicker.
     */
    private void window() {
      long from = Math.max(start, before - window);
      List<Entry> entries = new ArrayList<>();
      long bytes = 0;
      long at = from;
      while (at < before) {
        Records.Slice slice = slice(at);
        if (slice.nextOffset() <= at) {
          break;
        }
        for (Entry entry : slice.entries()) {
          if (isBefore(entry)) {
            entries.add(entry);
            bytes += entry.sizeBytes();
          }
        }
        if (bytes > chunkBytes && before - from > 1) {
          narrow();
          return;
        }
        at = slice.nextOffset();
      }
      if (!isNarrowed && mayBeginBefore(from, entries) && window < LARGEST_WINDOW) {
        window = Math.min(LARGEST_WINDOW, window * 2);
        return;
      }
      entries.forEach(buffer::push);
      offsetsLeft -= before - from;
      before = from;
      hasRead = true;
      isNarrowed = false;
      window = Math.min(LARGEST_WINDOW, window * 2);
    }

    /** What can't be decoded and reaches further has been told of before. */
    private boolean isBefore(Entry entry) {
      return entry instanceof Unreadable ? entry.nextOffset() <= before : entry.offset() < before;
    }

    /** Of what can't be decoded a window may show the end only. */
    private boolean mayBeginBefore(long from, List<Entry> entries) {
      return from > start
          && !entries.isEmpty()
          && entries.getFirst() instanceof Unreadable first
          && first.offset() <= from;
    }

    private Records.Slice slice(long at) {
      try {
        return records.read(partition, at, window, chunkBytes);
      } catch (LogException failed) {
        long left = records.startOffset(partition);
        if (failed.code() != LogException.Code.OFFSET_OUT_OF_RANGE || left <= at) {
          throw failed;
        }
        start = left;
        return new Records.Slice(List.of(), left);
      }
    }

    private boolean isOlderReadable() {
      return !isOffline && before > start;
    }

    /** Whether there is more than is taken, as far as known; it may be offline. */
    boolean hasMore() {
      return !buffer.isEmpty() || before > start;
    }

    /** Whether there may be more, but nothing else is to be read for this page. */
    boolean isCut() {
      return buffer.isEmpty() && isOlderReadable();
    }

    /** The offset before which to go on. */
    long position() {
      Entry head = buffer.peek();
      return head == null ? before : Math.max(head.nextOffset(), before);
    }
  }
}
