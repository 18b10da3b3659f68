package dev.sluice.gateway.rest.record;

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
 * Reads several partitions as one sequence: the offset orders records of one partition, the
 * timestamp those of different ones. Used by one thread.
 */
final class TimestampMerge {

  private static final int SMALLEST_CHUNK_BYTES = 64 * 1024;

  /**
   * What was read.
   *
   * @param offline partitions that can't be read now, each with the offset that it is left at
   * @param next where to go on
   */
  record Batch(List<Entry> entries, List<Unreadable> offline, Positions next) {}

  private final Records records;
  private final int limit;
  private final int maxBytes;

  /**
   * A reader.
   *
   * @param limit at most so many records and unreadable places
   * @param maxBytes stop after about so many bytes of keys and values
   */
  TimestampMerge(Records records, int limit, int maxBytes) {
    this.records = records;
    this.limit = limit;
    this.maxBytes = maxBytes;
  }

  /**
   * Reads on from the positions; empty if there is nothing beyond them now. Partitions that are
   * offline don't keep others from being read.
   *
   * @throws LogException as {@link Records#read}; {@code PARTITION_OFFLINE} if all are
   */
  Batch read(String topic, Positions from) {
    int chunkBytes = Math.max(SMALLEST_CHUNK_BYTES, maxBytes / Math.max(1, from.size()));
    SortedMap<Integer, Long> next = new TreeMap<>(from.offsets());
    PriorityQueue<Cursor> heads = new PriorityQueue<>(Cursor.ORDER);
    List<Unreadable> offline = new ArrayList<>();
    from.offsets()
        .forEach(
            (partition, offset) -> {
              Cursor cursor = new Cursor(new TopicPartition(topic, partition), offset, chunkBytes);
              if (filled(cursor, offline)) {
                heads.add(cursor);
              }
              next.put(partition, cursor.position());
            });
    from.times()
        .forEach(
            (partition, millis) ->
                tellOffline(new TopicPartition(topic, partition), millis, offline));
    if (!offline.isEmpty() && offline.size() == from.size()) {
      throw new LogException(LogException.Code.PARTITION_OFFLINE, offline.getFirst().message());
    }
    List<Entry> merged = drain(heads, offline, next);
    return new Batch(merged, offline, new Positions(next, from.times()));
  }

  /**
   * Where a time lies was asked before, without an answer; if there is one now, it is used soon.
   */
  private void tellOffline(TopicPartition partition, long millis, List<Unreadable> offline) {
    try {
      var unused = records.offsetForTime(partition, millis);
    } catch (LogException failed) {
      if (!failed.isUnreadable()) {
        throw failed;
      }
      offline.add(Unreadable.offline(partition, 0, failed));
    }
  }

  /** Whether the partition has more; if it is offline, that is noted. */
  private static boolean filled(Cursor cursor, List<Unreadable> offline) {
    try {
      return cursor.fill();
    } catch (LogException failed) {
      if (!failed.isUnreadable()) {
        throw failed;
      }
      long at = cursor.position() == Positions.END ? 0 : cursor.position();
      offline.add(Unreadable.offline(cursor.partition, at, failed));
      return false;
    }
  }

  private List<Entry> drain(
      PriorityQueue<Cursor> heads, List<Unreadable> offline, SortedMap<Integer, Long> next) {
    List<Entry> merged = new ArrayList<>();
    long bytes = 0;
    while (merged.size() < limit && bytes < maxBytes) {
      Cursor first = heads.poll();
      if (first == null) {
        break;
      }
      Entry entry = first.take();
      merged.add(entry);
      bytes += entry.sizeBytes();
      if (filled(first, offline)) {
        heads.add(first);
      }
      next.put(first.partition.partition(), first.position());
    }
    return merged;
  }

  /** One partition's records, read ahead by a chunk. */
  private final class Cursor {

    static final Comparator<Cursor> ORDER =
        Comparator.<Cursor>comparingLong(cursor -> cursor.buffer.element().timestampMillis())
            .thenComparingInt(cursor -> cursor.partition.partition());

    private final TopicPartition partition;
    private final int chunkBytes;
    private final Deque<Entry> buffer = new ArrayDeque<>();
    private long readTo;

    Cursor(TopicPartition partition, long offset, int chunkBytes) {
      this.partition = partition;
      this.readTo = offset;
      this.chunkBytes = chunkBytes;
    }

    /** Makes sure that something is buffered; false if the partition has no more. */
    boolean fill() {
      while (buffer.isEmpty()) {
        Records.Slice slice = records.read(partition, readTo, limit, chunkBytes);
        if (slice.nextOffset() == readTo) {
          return false;
        }
        buffer.addAll(slice.entries());
        readTo = slice.nextOffset();
      }
      return true;
    }

    Entry take() {
      return buffer.remove();
    }

    /** The offset of the next one to take, as far as is known. */
    long position() {
      Entry head = buffer.peek();
      return head == null ? readTo : head.offset();
    }
  }
}
