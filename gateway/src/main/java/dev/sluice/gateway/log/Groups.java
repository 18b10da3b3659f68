package dev.sluice.gateway.log;

import java.util.List;
import java.util.Map;

/**
 * Positions of consumer groups; a sink connector {@code x} is the group {@code connect-x}. What a
 * group has committed of a topic goes with the topic. Thread-safe.
 */
public interface Groups {

  /** What the names of sinks' and rules' groups begin with. */
  String CONNECTOR_PREFIX = "connect-";

  /** Groups that have members or have committed something, by name. */
  List<String> list();

  /** All groups with their members, by name. */
  List<GroupDescription> descriptions();

  /** What all groups have committed, by group: in one look, for who wants to know it of many. */
  Map<String, Map<TopicPartition, Long>> committed();

  /** The committed offsets of a group: of each partition, the next record to read. */
  Map<TopicPartition, Long> committed(String group);

  /** The group that holds the positions of a sink or rule. */
  static String ofConnector(String connector) {
    return CONNECTOR_PREFIX + connector;
  }

  /**
   * Commits offsets; durable when this returns. Partitions that are not named keep theirs.
   *
   * @throws LogException {@code GROUP_IN_USE} while others are members of the group
   */
  void commit(String group, Map<TopicPartition, Long> offsets);

  /**
   * Forgets a group, and what it held back in topics whose records go once they are read.
   *
   * @throws LogException {@code GROUP_IN_USE} while it has members
   */
  void delete(String group);
}
