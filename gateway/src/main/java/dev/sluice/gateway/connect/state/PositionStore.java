package dev.sluice.gateway.connect.state;

import dev.sluice.connector.SourcePosition;
import dev.sluice.gateway.connect.value.Values;
import dev.sluice.gateway.log.KeyedTopic;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.OwnTopics;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The positions of all sources, in the topic {@value #TOPIC}. A record's key is {@code
 * {"connector":"x","partition":{…}}} with sorted names, its value the offset as JSON; null forgets
 * the partition. Thread-safe; one connector's positions are stored by one thread at a time.
 */
public final class PositionStore {

  /** Where positions live. */
  public static final String TOPIC = OwnTopics.SOURCE_POSITIONS;

  private static final int SNAPSHOT_EVERY = 50_000;

  private final KeyedTopic topic;

  private PositionStore(KeyedTopic topic) {
    this.topic = topic;
  }

  /**
   * Opens the store and reads all positions.
   *
   * @throws LogException if the topic can be neither created nor read
   */
  public static PositionStore open(Topics topics, Records records, Clock clock) {
    return new PositionStore(KeyedTopic.open(topics, records, TOPIC, clock, SNAPSHOT_EVERY));
  }

  /** The durable positions of one connector. */
  public List<SourcePosition> positions(String connector) {
    List<SourcePosition> positions = new ArrayList<>();
    topic
        .entries(prefix(connector))
        .forEach(
            (key, offset) -> {
              Map<String, Object> entry = map(key.getBytes(StandardCharsets.UTF_8));
              positions.add(new SourcePosition(asMap(entry.get("partition")), map(offset)));
            });
    return positions;
  }

  /**
   * Stores positions; durable when this returns. Of several for one partition the last counts.
   *
   * @throws LogException if they could not be stored
   */
  public void store(String connector, List<SourcePosition> positions) throws InterruptedException {
    topic.put(changes(connector, positions));
  }

  /**
   * Stores positions in one transaction with the records that they are behind.
   *
   * @param writer appends them, and commits
   * @throws LogException what the writer throws; whether they are stored is open until {@link
   *     #settle}
   */
  public void store(String connector, List<SourcePosition> positions, KeyedTopic.Writer writer)
      throws InterruptedException {
    topic.put(changes(connector, positions), writer);
  }

  /**
   * Makes sure that {@link #positions} tells what is in the log. To be called once nobody can
   * commit a transaction of the connector any more but who asks.
   *
   * @throws LogException {@code PARTITION_OFFLINE} if it can't be found out now
   */
  public void settle() throws InterruptedException {
    topic.settle();
  }

  private static Map<String, byte @Nullable []> changes(
      String connector, List<SourcePosition> positions) {
    Map<String, byte @Nullable []> changes = new LinkedHashMap<>();
    for (SourcePosition position : positions) {
      Map<String, Object> offset = position.offset();
      changes.put(
          key(connector, position.partition()), offset == null ? null : Values.bytes(offset));
    }
    return changes;
  }

  /** Forgets all positions of a connector; durable when this returns. */
  public void forget(String connector) throws InterruptedException {
    store(
        connector,
        positions(connector).stream()
            .map(position -> new SourcePosition(position.partition(), null))
            .toList());
  }

  private static String key(String connector, Map<String, Object> partition) {
    return new String(
        Values.canonicalJson(Map.of("connector", connector, "partition", partition)),
        StandardCharsets.UTF_8);
  }

  /** What the keys of a connector start with: {@code connector} sorts before {@code partition}. */
  private static String prefix(String connector) {
    String whole =
        new String(Values.canonicalJson(Map.of("connector", connector)), StandardCharsets.UTF_8);
    return whole.substring(0, whole.length() - 1) + ",";
  }

  private static Map<String, Object> map(byte[] json) {
    return asMap(Values.json(json));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> asMap(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw new LogException(
        LogException.Code.INTERNAL, "The topic " + TOPIC + " holds something that is no position.");
  }
}
