package dev.sluice.gateway.log;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Positions of consumer groups; a sink connector {@code x} is the group {@code connect-x}.
 * Thread-safe.
 */
public interface Groups {

  /** What the names of sinks' and rules' groups begin with. */
  String CONNECTOR_PREFIX = "connect-";

  /** Groups that have committed something, by name. */
  List<String> list();

  /** The committed offsets of a group: of each partition, the next record to read. */
  Map<TopicPartition, Long> committed(String group);

  /**
   * The groups that have committed something of a topic, by name, with the offsets that they have
   * committed in its partitions.
   */
  default Map<String, Map<Integer, Long>> readers(String topic) {
    Map<String, Map<Integer, Long>> readers = new HashMap<>();
    for (String group : list()) {
      committed(group)
          .forEach(
              (partition, offset) -> {
                if (partition.topic().equals(topic)) {
                  readers
                      .computeIfAbsent(group, name -> new HashMap<>())
                      .put(partition.partition(), offset);
                }
              });
    }
    return readers;
  }

  /** The group that holds the positions of a sink or rule. */
  static String ofConnector(String connector) {
    return CONNECTOR_PREFIX + connector;
  }

  /** Commits offsets; durable when this returns. Partitions that are not named keep theirs. */
  void commit(String group, Map<TopicPartition, Long> offsets);

  /** Forgets a group, and what it held back in topics whose records go once they are read. */
  void delete(String group);

  /** Forgets what all groups have committed in a topic, since it is gone. */
  void forget(String topic);
}
