package dev.sluice.gateway.deadletter;

import dev.sluice.gateway.log.TopicPartition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a topic's letters without reading them again: of each its error's code and when
 * it was set aside, ten bytes a letter. Reads on where it stopped, as far as it is let; so counting
 * costs what is new. All methods are guarded by this object's monitor.
 */
final class Census {

  /** Letters of all topics together; beyond them counts say "at least". */
  static final int MAX_LETTERS = 1_000_000;

  private static final int MAX_NAMES = 1_000;
  private static final int READ_RECORDS = 500;
  private static final int READ_BYTES = 4 << 20;
  private static final long UNKNOWN = Long.MIN_VALUE;

  /**
   * What was counted.
   *
   * @param open letters not dealt with
   * @param sent letters that were sent again
   * @param discarded letters that were discarded
   * @param byCode open letters by their error's code
   * @param connectors who has set letters aside, by name
   * @param oldest when the oldest open letter was set aside; null if there is none that tells
   * @param newest when the newest open one was
   * @param isComplete whether all letters were counted; else there are at least so many
   */
  record Counts(
      long open,
      long sent,
      long discarded,
      SortedMap<String, Long> byCode,
      List<String> connectors,
      @Nullable Instant oldest,
      @Nullable Instant newest,
      boolean isComplete) {}

  /** The letters of a block; a code of 0 is none. */
  private static final class Chunk {
    final short[] codes = new short[MarkBlock.SIZE];
    final long[] times = new long[MarkBlock.SIZE];
  }

  /** The letters of a partition. */
  private static final class Seen {
    final NavigableMap<Long, Chunk> chunks = new TreeMap<>();
    long next;
    long last = -1;
  }

  private final String topic;
  private final LetterReader reader;
  private final Marks marks;
  private final AtomicInteger known;
  private final Map<Integer, Seen> partitions = new HashMap<>();
  private final List<String> codes = new ArrayList<>(List.of(""));
  private final Map<String, Short> codeNumbers = new HashMap<>();
  private final TreeSet<String> connectors = new TreeSet<>();

  /**
   * Knows nothing yet.
   *
   * @param known how many letters all censuses know together; changed by each of them
   */
  Census(String topic, LetterReader reader, Marks marks, AtomicInteger known) {
    this.topic = topic;
    this.reader = reader;
    this.marks = marks;
    this.known = known;
  }

  /** Reads what has come, until the deadline; counts what is known then. */
  synchronized Counts count(Bounds bounds, long deadlineNanos) {
    boolean isComplete = true;
    for (Map.Entry<Integer, Long> end : bounds.ends().entrySet()) {
      long start = bounds.starts().getOrDefault(end.getKey(), 0L);
      isComplete &= readOn(end.getKey(), start, end.getValue(), deadlineNanos);
    }
    return tally(bounds, isComplete);
  }

  /** Forgets everything. */
  synchronized void clear() {
    partitions.values().forEach(this::forget);
    partitions.clear();
  }

  private boolean readOn(int partition, long start, long end, long deadlineNanos) {
    TopicPartition from = new TopicPartition(topic, partition);
    Seen seen = partitions.computeIfAbsent(partition, number -> new Seen());
    if (isAnotherTopic(from, seen, start, end)) {
      forget(seen);
      seen = new Seen();
      partitions.put(partition, seen);
    }
    while (!seen.chunks.isEmpty() && seen.chunks.firstKey() < MarkBlock.number(start)) {
      drop(seen.chunks.pollFirstEntry().getValue());
    }
    seen.next = Math.max(seen.next, start);
    while (seen.next < end) {
      if (known.get() >= MAX_LETTERS || System.nanoTime() - deadlineNanos >= 0) {
        return false;
      }
      LetterReader.Step step = reader.read(from, seen.next, end, READ_RECORDS, READ_BYTES);
      for (MarkedLetter letter : step.letters()) {
        note(seen, letter.letter());
      }
      if (step.next() <= seen.next) {
        break;
      }
      seen.next = step.next();
    }
    return true;
  }

  /** Whether the topic was deleted and made anew: what we know is not there. */
  private boolean isAnotherTopic(TopicPartition from, Seen seen, long start, long end) {
    if (seen.next > end) {
      return true;
    }
    if (seen.last < start) {
      return false;
    }
    Chunk chunk = seen.chunks.get(MarkBlock.number(seen.last));
    List<MarkedLetter> there = reader.read(from, seen.last, seen.last + 1, 1, 1).letters();
    return chunk == null
        || there.isEmpty()
        || time(there.getFirst().letter()) != chunk.times[(int) (seen.last % MarkBlock.SIZE)];
  }

  private void note(Seen seen, Letter letter) {
    long offset = letter.id().offset();
    Chunk chunk = seen.chunks.computeIfAbsent(MarkBlock.number(offset), number -> new Chunk());
    int at = (int) (offset % MarkBlock.SIZE);
    chunk.codes[at] = number(letter.error().code());
    chunk.times[at] = time(letter);
    seen.last = offset;
    int unusedTotal = known.incrementAndGet();
    if (connectors.size() < MAX_NAMES && !letter.connector().isEmpty()) {
      connectors.add(letter.connector());
    }
  }

  private static long time(Letter letter) {
    Instant time = letter.error().time();
    return time == null ? UNKNOWN : time.toEpochMilli();
  }

  private short number(String code) {
    Short found = codeNumbers.get(code);
    if (found != null) {
      return found;
    }
    // Beyond the limit the last name stands for all others.
    String name = codes.size() < MAX_NAMES ? code : "…";
    short number =
        codeNumbers.computeIfAbsent(
            name,
            added -> {
              codes.add(added);
              return (short) (codes.size() - 1);
            });
    return number;
  }

  private void forget(Seen seen) {
    seen.chunks.values().forEach(this::drop);
  }

  private void drop(Chunk chunk) {
    int letters = 0;
    for (short code : chunk.codes) {
      letters += code == 0 ? 0 : 1;
    }
    int unusedTotal = known.addAndGet(-letters);
  }

  private Counts tally(Bounds bounds, boolean isComplete) {
    Tally tally = new Tally();
    partitions.forEach(
        (partition, seen) -> {
          long start = bounds.starts().getOrDefault(partition, Long.MAX_VALUE);
          seen.chunks.forEach(
              (number, chunk) -> tally.add(partition, number * MarkBlock.SIZE, chunk, start));
        });
    return tally.counts(isComplete);
  }

  /** Adds up. */
  private final class Tally {

    private final long[] openByCode = new long[codes.size()];
    private long sent;
    private long discarded;
    private long oldest = Long.MAX_VALUE;
    private long newest = UNKNOWN;

    void add(int partition, long base, Chunk chunk, long start) {
      MarkBlock block = marks.block(topic, partition, base);
      for (int i = 0; i < chunk.codes.length; i++) {
        if (chunk.codes[i] == 0 || base + i < start) {
          continue;
        }
        Mark mark = block.of(base + i);
        if (mark != null
            && (chunk.times[i] == UNKNOWN || chunk.times[i] <= mark.at().toEpochMilli())) {
          switch (mark.act()) {
            case SENT -> sent++;
            case DISCARDED -> discarded++;
          }
        } else {
          openByCode[chunk.codes[i]]++;
          if (chunk.times[i] != UNKNOWN) {
            oldest = Math.min(oldest, chunk.times[i]);
            newest = Math.max(newest, chunk.times[i]);
          }
        }
      }
    }

    Counts counts(boolean isComplete) {
      SortedMap<String, Long> byCode = new TreeMap<>();
      long open = 0;
      for (int code = 1; code < openByCode.length; code++) {
        if (openByCode[code] > 0) {
          byCode.put(codes.get(code), openByCode[code]);
          open += openByCode[code];
        }
      }
      return new Counts(
          open,
          sent,
          discarded,
          byCode,
          List.copyOf(connectors),
          newest == UNKNOWN ? null : Instant.ofEpochMilli(oldest),
          newest == UNKNOWN ? null : Instant.ofEpochMilli(newest),
          isComplete);
    }
  }
}
