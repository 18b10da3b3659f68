package dev.sluice.gateway.rest.record;

import dev.sluice.gateway.log.TopicPartition;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Of each partition of a topic that is read, the next offset to read. Written as {@code 0:12,1:40}:
 * the {@code next} of a page, the id of a streamed event. Where a partition that was offline is to
 * be read from a time on, that stands in place of the offset: {@code 0:12,1@1767225600000}.
 *
 * @param offsets of each partition, the next offset; or {@link #END}
 * @param times of the others, milliseconds since the epoch
 */
public record Positions(SortedMap<Integer, Long> offsets, SortedMap<Integer, Long> times) {

  /** Stands for the end of a partition while nobody knows where that is; none is so long. */
  static final long END = 999_999_999_999_999_999L;

  private static final String OFFSET = "[0-9]{1,5}:[0-9]{1,18}";
  private static final String PLACE = "[0-9]{1,5}(?::|@-?)[0-9]{1,18}";
  private static final Pattern OFFSETS = listOf(OFFSET);
  private static final Pattern PLACES = listOf(PLACE);

  /** Of each partition, where to go on. */
  public Positions {
    offsets = Collections.unmodifiableSortedMap(new TreeMap<>(offsets));
    times = Collections.unmodifiableSortedMap(new TreeMap<>(times));
  }

  /** A list of any length: what goes back on nothing needs no stack for each element. */
  private static Pattern listOf(String element) {
    return Pattern.compile(element + "(?:," + element + ")*+");
  }

  /** Of each partition, the next offset. */
  public Positions(SortedMap<Integer, Long> offsets) {
    this(offsets, Collections.emptySortedMap());
  }

  /** Reads the written form, where all are offsets; empty if the text is something else. */
  public static Optional<Positions> parse(String text) {
    return OFFSETS.matcher(text).matches() ? Optional.of(read(text)) : Optional.empty();
  }

  /** The same, where some may be times. */
  static Optional<Positions> parsePlaces(String text) {
    return PLACES.matcher(text).matches() ? Optional.of(read(text)) : Optional.empty();
  }

  private static Positions read(String text) {
    SortedMap<Integer, Long> offsets = new TreeMap<>();
    SortedMap<Integer, Long> times = new TreeMap<>();
    for (String pair : text.split(",", -1)) {
      int colon = pair.indexOf(':');
      int sign = Math.max(colon, pair.indexOf('@'));
      (colon < 0 ? times : offsets)
          .put(Integer.parseInt(pair.substring(0, sign)), Long.parseLong(pair.substring(sign + 1)));
    }
    return new Positions(offsets, times);
  }

  /** With one partition moved. */
  Positions with(int partition, long offset) {
    SortedMap<Integer, Long> moved = new TreeMap<>(offsets);
    moved.put(partition, offset);
    SortedMap<Integer, Long> left = new TreeMap<>(times);
    left.remove(partition);
    return new Positions(moved, left);
  }

  /** How many partitions there are. */
  int size() {
    return offsets.size() + times.size();
  }

  /** The largest number of a partition. */
  int last() {
    int last = offsets.isEmpty() ? 0 : offsets.lastKey();
    return times.isEmpty() ? last : Math.max(last, times.lastKey());
  }

  /** As the log's ports want them. */
  Map<TopicPartition, Long> of(String topic) {
    return offsets.entrySet().stream()
        .collect(Collectors.toMap(e -> new TopicPartition(topic, e.getKey()), Map.Entry::getValue));
  }

  @Override
  public String toString() {
    SortedMap<Integer, String> pairs = new TreeMap<>();
    offsets.forEach((partition, offset) -> pairs.put(partition, partition + ":" + offset));
    times.forEach((partition, millis) -> pairs.put(partition, partition + "@" + millis));
    return String.join(",", pairs.values());
  }
}
