package dev.sluice.gateway.log;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link Groups} in the topic {@value #TOPIC}: a record's key is {@code group, topic, partition}
 * joined by tabs, which none of them contains, its value the offset in decimal. Thread-safe.
 */
public final class TopicGroups implements Groups {

  /** Where positions of groups live. */
  public static final String TOPIC = "_group_offsets";

  private static final Logger LOG = LoggerFactory.getLogger(TopicGroups.class);
  private static final int SNAPSHOT_EVERY = 50_000;
  private static final String SEPARATOR = "\t";

  private final KeyedTopic topic;

  private TopicGroups(KeyedTopic topic) {
    this.topic = topic;
  }

  /** Opens the groups and reads all positions. */
  public static TopicGroups open(Topics topics, Records records, Clock clock) {
    return new TopicGroups(KeyedTopic.open(topics, records, TOPIC, clock, SNAPSHOT_EVERY));
  }

  @Override
  public List<String> list() {
    return topic.entries().keySet().stream()
        .map(key -> key.substring(0, key.indexOf(SEPARATOR)))
        .distinct()
        .toList();
  }

  @Override
  public Map<TopicPartition, Long> committed(String group) {
    Map<TopicPartition, Long> committed = new TreeMap<>();
    topic
        .entries(group + SEPARATOR)
        .forEach(
            (key, offset) -> {
              String[] parts = key.split(SEPARATOR, -1);
              committed.put(
                  new TopicPartition(parts[1], Integer.parseInt(parts[2])), offset(offset));
            });
    return committed;
  }

  @Override
  public void commit(String group, Map<TopicPartition, Long> offsets) {
    if (group.isEmpty() || group.contains(SEPARATOR)) {
      throw new IllegalArgumentException("'" + group + "' can't be a group's name");
    }
    Map<String, byte @Nullable []> changes = new HashMap<>();
    offsets.forEach(
        (partition, offset) ->
            changes.put(
                group + SEPARATOR + partition.topic() + SEPARATOR + partition.partition(),
                offset.toString().getBytes(StandardCharsets.US_ASCII)));
    put(changes);
  }

  @Override
  public Map<String, Map<Integer, Long>> readers(String topicName) {
    Map<String, Map<Integer, Long>> readers = new HashMap<>();
    topic
        .entries()
        .forEach(
            (key, offset) -> {
              String[] parts = key.split(SEPARATOR, -1);
              if (parts[1].equals(topicName)) {
                readers
                    .computeIfAbsent(parts[0], group -> new HashMap<>())
                    .put(Integer.parseInt(parts[2]), offset(offset));
              }
            });
    return readers;
  }

  @Override
  public void delete(String group) {
    Set<String> topics = new TreeSet<>();
    committed(group).keySet().forEach(partition -> topics.add(partition.topic()));
    Map<String, byte @Nullable []> changes = new HashMap<>();
    topic.entries(group + SEPARATOR).keySet().forEach(key -> changes.put(key, null));
    put(changes);
    LOG.info(
        "The group {} was deleted; no record of its topics {} waits for it any more",
        group,
        topics);
  }

  @Override
  public void forget(String topicName) {
    Map<String, byte @Nullable []> changes = new HashMap<>();
    topic.entries().keySet().stream()
        .filter(key -> key.split(SEPARATOR, -1)[1].equals(topicName))
        .forEach(key -> changes.put(key, null));
    put(changes);
  }

  private static long offset(byte[] text) {
    return Long.parseLong(new String(text, StandardCharsets.US_ASCII));
  }

  private void put(Map<String, byte @Nullable []> changes) {
    try {
      topic.put(changes);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new LogException(
          LogException.Code.CLOSED, "Interrupted while positions were stored.", interrupted);
    }
  }
}
