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
 * the {@code next} of a page, the id of a streamed event.
 */
public record Positions(SortedMap<Integer, Long> offsets) {

  private static final Pattern TOKEN =
      Pattern.compile("[0-9]{1,5}:[0-9]{1,18}(,[0-9]{1,5}:[0-9]{1,18})*");

  /** Of each partition, the next offset. */
  public Positions {
    offsets = Collections.unmodifiableSortedMap(new TreeMap<>(offsets));
  }

  /** Reads the written form; empty if the text is something else. */
  public static Optional<Positions> parse(String text) {
    if (!TOKEN.matcher(text).matches()) {
      return Optional.empty();
    }
    SortedMap<Integer, Long> offsets = new TreeMap<>();
    for (String pair : text.split(",", -1)) {
      int colon = pair.indexOf(':');
      offsets.put(
          Integer.parseInt(pair.substring(0, colon)), Long.parseLong(pair.substring(colon + 1)));
    }
    return Optional.of(new Positions(offsets));
  }

  /** With one partition moved. */
  Positions with(int partition, long offset) {
    SortedMap<Integer, Long> moved = new TreeMap<>(offsets);
    moved.put(partition, offset);
    return new Positions(moved);
  }

  /** As the log's ports want them. */
  Map<TopicPartition, Long> of(String topic) {
    return offsets.entrySet().stream()
        .collect(Collectors.toMap(e -> new TopicPartition(topic, e.getKey()), Map.Entry::getValue));
  }

  @Override
  public String toString() {
    return offsets.entrySet().stream()
        .map(e -> e.getKey() + ":" + e.getValue())
        .collect(Collectors.joining(","));
  }
}
