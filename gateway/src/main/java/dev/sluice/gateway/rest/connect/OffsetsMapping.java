package dev.sluice.gateway.rest.connect;

import dev.sluice.connector.SourcePosition;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.rest.ApiException;
import dev.sluice.gateway.rest.connect.OffsetsJson.Entry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Between positions and Kafka Connect's form of them: a source's own maps, or {@code kafka_topic},
 * {@code kafka_partition} and {@code kafka_offset} for a sink.
 */
final class OffsetsMapping {

  private static final String TOPIC = "kafka_topic";
  private static final String PARTITION = "kafka_partition";
  private static final String OFFSET = "kafka_offset";

  private OffsetsMapping() {}

  static OffsetsJson ofSource(List<SourcePosition> positions) {
    List<@Nullable Entry> entries = new ArrayList<>();
    positions.forEach(p -> entries.add(new Entry(p.partition(), p.offset())));
    return new OffsetsJson(entries);
  }

  static OffsetsJson ofSink(Map<TopicPartition, Long> positions) {
    List<@Nullable Entry> entries = new ArrayList<>();
    new TreeMap<>(positions)
        .forEach(
            (tp, offset) -> {
              Map<String, Object> partition = new LinkedHashMap<>();
              partition.put(TOPIC, tp.topic());
              partition.put(PARTITION, tp.partition());
              entries.add(new Entry(partition, Map.of(OFFSET, offset)));
            });
    return new OffsetsJson(entries);
  }

  /**
   * A source's positions.
   *
   * @throws ApiException naming the member that is wrong
   */
  static List<SourcePosition> toSource(OffsetsJson json) {
    List<SourcePosition> positions = new ArrayList<>();
    List<Entry> entries = entries(json);
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      positions.add(new SourcePosition(partition(entry, i), entry.offset()));
    }
    return positions;
  }

  /**
   * A sink's positions; a null offset is 0, the beginning.
   *
   * @throws ApiException naming the member that is wrong
   */
  static Map<TopicPartition, Long> toSink(OffsetsJson json) {
    Map<TopicPartition, Long> positions = new TreeMap<>();
    List<Entry> entries = entries(json);
    for (int i = 0; i < entries.size(); i++) {
      Map<String, Object> partition = partition(entries.get(i), i);
      if (!(partition.get(TOPIC) instanceof String topic)) {
        throw wrong(i, "partition/" + TOPIC, "Give the topic's name.");
      }
      Map<String, Object> offset = entries.get(i).offset();
      long position = offset == null ? 0 : number(offset.get(OFFSET), i, "offset/" + OFFSET);
      long number = number(partition.get(PARTITION), i, "partition/" + PARTITION);
      if (number > Integer.MAX_VALUE) {
        throw wrong(i, "partition/" + PARTITION, "Give the partition's number.");
      }
      positions.put(new TopicPartition(topic, (int) number), position);
    }
    return positions;
  }

  private static List<Entry> entries(OffsetsJson json) {
    List<@Nullable Entry> offsets = json.offsets();
    if (offsets == null || offsets.isEmpty()) {
      throw ApiException.invalid("/offsets", "There are no offsets.", "Give at least one.");
    }
    List<Entry> entries = new ArrayList<>();
    for (Entry entry : offsets) {
      if (entry == null) {
        throw wrong(entries.size(), "partition", "Give an object with partition and offset.");
      }
      entries.add(entry);
    }
    return entries;
  }

  private static Map<String, Object> partition(Entry entry, int index) {
    Map<String, Object> partition = entry.partition();
    if (partition == null) {
      throw wrong(index, "partition", "GET the offsets to see what a partition looks like.");
    }
    return partition;
  }

  /** A number from 0 on; Connect takes strings of digits too. */
  private static long number(@Nullable Object value, int index, String member) {
    String text = String.valueOf(value);
    if (!text.matches("[0-9]{1,18}")) {
      throw wrong(index, member, "Give a whole number from 0 on.");
    }
    return Long.parseLong(text);
  }

  private static ApiException wrong(int index, String member, String suggestion) {
    return ApiException.invalid(
        "/offsets/" + index + "/" + member, "It is missing or wrong.", suggestion);
  }
}
