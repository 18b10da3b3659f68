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
 * in any other way.
 *
 * <p>A page is bounded by what is read for it, and not only by what is found: a topic may hold much
 * that is no letter, and each partition must be read as far as its newest letter before it is known
 * which is the newest of all. Each page moves on, since every partition may read one window,
 * however many there are. For one page; used by one thread.
 */
final class NewestFirst {

  private static final int WINDOW = 128;

  /** What the windows of all partitions may take together, beside one letter of each. */
  private static final int MAX_BYTES = 16 << 20;

  private static final int MAX_WINDOW_BYTES = 8 << 20;

  /** After about so many bytes of log a page ends. */
  private static final long MAX_BYTES_READ = 64 << 20;

  /**
   * Some letters.
   *
   * @param letters the newest first; may be none although there are more
   * @param examined how many letters were looked at
   * @param next of each partition, the offset before which to go on; empty at the end
   */
  record Page(List<MarkedLetter> letters, long examined, SortedMap<Integer, Long> next) {}

  private final LetterReader reader;
  private final String topic;
  private final Bounds bounds;

  /** A window that takes more is read again as a smaller one. */
  private final int windowBytes;

  private long offsetsLeft;
  private long bytesLeft = MAX_BYTES_READ;

  NewestFirst(LetterReader reader, String topic, Bounds bounds) {
    this.reader = reader;
    this.topic = topic;
    this.bounds = bounds;
    this.windowBytes = Math.min(MAX_WINDOW_BYTES, MAX_BYTES / Math.max(1, bounds.ends().size()));
  }

  /**
   * Reads letters that the filter takes, until one of the limits is reached.
   *
   * @param limit so many letters at most
   * @param maxExamined look at so many offsets at most, as far as whole windows go
   * @param maxBytes stop after about so many bytes of letters that are taken
   */
  Page read(Filter filter, int limit, int maxExamined, int maxBytes) {
    offsetsLeft = maxExamined;
    List<Cursor> cursors = cursors();
    PriorityQueue<Cursor> heads = new PriorityQueue<>(Cursor.ORDER);
    boolean isCut = false;
    for (Cursor cursor : cursors) {
      if (cursor.fill()) {
        heads.add(cursor);
      }
      isCut |= cursor.isCut();
    }
    List<MarkedLetter> taken = new ArrayList<>();
    long examined = 0;
    long bytes = 0;
    while (!isCut && taken.size() < limit && examined < maxExamined && bytes < maxBytes) {
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
      isCut = newest.isCut();
    }
    return new Page(taken, examined, next(cursors, heads.isEmpty() && !isCut));
  }

  private List<Cursor> cursors() {
    List<Cursor> cursors = new ArrayList<>();
    bounds
        .ends()
        .forEach(
            (partition, end) ->
                cursors.add(
                    new Cursor(partition, bounds.starts().getOrDefault(partition, 0L), end)));
    return cursors;
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
    private int window = WINDOW;
    private boolean hasRead;

    Cursor(int partition, long start, long end) {
      this.partition = new TopicPartition(topic, partition);
      this.start = start;
      this.before = end;
    }

    /** Sees to it that something is buffered; false if there is no more, or this {@link #isCut}. */
    boolean fill() {
      while (buffer.isEmpty() && before > start && mayRead()) {
        long from = Math.max(start, before - window);
        if (window(from)) {
          offsetsLeft -= before - from;
          before = from;
          hasRead = true;
          window = Math.min(WINDOW, window * 2);
        } else {
          window = Math.max(1, window / 8);
        }
      }
      return !buffer.isEmpty();
    }

    private boolean mayRead() {
      return !hasRead || (offsetsLeft > 0 && bytesLeft > 0);
    }

    /** Whether there may be more, but nothing else is to be read for this page. */
    boolean isCut() {
      return buffer.isEmpty() && before > start;
    }

    /** Buffers the letters from here to those that were read before; false if they are too much. */
    private boolean window(long from) {
      List<MarkedLetter> letters = new ArrayList<>();
      long bytes = 0;
      long at = from;
      while (at < before) {
        LetterReader.Step step = reader.read(partition, at, before, WINDOW, windowBytes);
        letters.addAll(step.letters());
        bytes += step.bytes();
        bytesLeft -= step.bytes();
        if (bytes > windowBytes && before - from > 1) {
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
