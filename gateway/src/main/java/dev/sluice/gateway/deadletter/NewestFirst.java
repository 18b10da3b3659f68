package dev.sluice.gateway.deadletter;

import dev.sluice.gateway.log.TopicPartition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the letters of a topic backwards: within a partition by offset, across partitions by the
 * time when they were set aside. Partitions are read forwards in windows, since a log can't be read
 * in any other way. Used by one thread.
 */
final class NewestFirst {

  private static final int WINDOW = 128;

  /** A window that takes more is read again as a smaller one. */
  private static final int MAX_WINDOW_BYTES = 8 << 20;

  /**
   * Some letters.
   *
   * @param letters the newest first
   * @param examined how many letters were looked at
   * @param next of each partition, the offset before which to go on; empty at the end
   */
  record Page(List<MarkedLetter> letters, long examined, SortedMap<Integer, Long> next) {}

  private final LetterReader reader;
  private final String topic;
  private final Bounds bounds;
  private long bytesRead;

  NewestFirst(LetterReader reader, String topic, Bounds bounds) {
    this.reader = reader;
    this.topic = topic;
    this.bounds = bounds;
  }

  /**
   * Reads letters that the filter takes, until one of the limits is reached.
   *
   * @param limit so many letters at most
   * @param maxExamined look at so many at most
   * @param maxBytes stop after about so many bytes of letters that are taken
   */
  Page read(Filter filter, int limit, int maxExamined, int maxBytes) {
    List<MarkedLetter> taken = new ArrayList<>();
    PriorityQueue<Cursor> heads = new PriorityQueue<>(Cursor.ORDER);
    List<Cursor> cursors = new ArrayList<>();
    bounds
        .ends()
        .forEach(
            (partition, end) -> {
              Cursor cursor =
                  new Cursor(partition, bounds.starts().getOrDefault(partition, 0L), end);
              cursors.add(cursor);
              if (cursor.fill()) {
                heads.add(cursor);
              }
            });
    long examined = 0;
    long bytes = 0;
    while (taken.size() < limit && examined < maxExamined && bytes < maxBytes) {
      Cursor newest = heads.poll();
      if (newest == null) {
        break;
      }
      MarkedLetter letter = newest.take();
      examined++;
      if (filter.takes(letter.letter(), letter.mark())) {
        taken.add(letter);
        bytes += letter.letter().sizeBytes();
      }
      if (newest.fill()) {
        heads.add(newest);
      }
    }
    return new Page(taken, examined, next(cursors, heads.isEmpty()));
  }

  /** About what was read so far. */
  long bytesRead() {
    return bytesRead;
  }

  private static SortedMap<Integer, Long> next(List<Cursor> cursors, boolean isEnd) {
    SortedMap<Integer, Long> next = new TreeMap<>();
    if (!isEnd) {
      cursors.forEach(cursor -> next.put(cursor.partition.partition(), cursor.position()));
    }
    return next;
  }

  /** One partition, read ahead by a window. */
  private final class Cursor {

    static final Comparator<Cursor> ORDER =
        Comparator.<Cursor>comparingLong(cursor -> -cursor.buffer.element().letter().timeMillis())
            .thenComparingInt(cursor -> cursor.partition.partition());

    private final TopicPartition partition;
    private final long start;
    private final Deque<MarkedLetter> buffer = new ArrayDeque<>();
    private long before;

    Cursor(int partition, long start, long end) {
      this.partition = new TopicPartition(topic, partition);
      this.start = start;
      this.before = end;
    }

    /** Makes sure that something is buffered; false if the partition has no more. */
    boolean fill() {
      for (int window = WINDOW; buffer.isEmpty() && before > start; ) {
        long from = Math.max(start, before - window);
        if (window(from)) {
          before = from;
          window = WINDOW;
        } else {
          window = Math.max(1, window / 8);
        }
      }
      return !buffer.isEmpty();
    }

    /** Buffers the letters from here to those that were read before; false if they are too much. */
    private boolean window(long from) {
      List<MarkedLetter> letters = new ArrayList<>();
      long bytes = 0;
      long at = from;
      while (at < before) {
        LetterReader.Step step = reader.read(partition, at, before, WINDOW, MAX_WINDOW_BYTES);
        letters.addAll(step.letters());
        bytes += step.bytes();
        bytesRead += step.bytes();
        if (bytes > MAX_WINDOW_BYTES && before - from > 1) {
          return false;
        }
        if (step.next() <= at) {
          break; // What follows is not committed yet.
        }
        at = step.next();
      }
      letters.forEach(buffer::push);
      return true;
    }

    MarkedLetter take() {
      return buffer.pop();
    }

    /** The offset before which to go on. */
    long position() {
      MarkedLetter head = buffer.peek();
      return head == null ? before : head.letter().id().offset() + 1;
    }
  }
}
