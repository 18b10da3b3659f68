package dev.sluice.gateway.log;

import java.util.List;
import java.util.Map;

/**
 * Positions of consumer groups; a sink connector {@code x} is the group {@code connect-x}.
 * Thread-safe.
 */
public interface Groups {

  /** Groups that have committed something, by name. */
  List<String> list();

  /** The committed offsets of a group: of each partition, the next record to read. */
  Map<TopicPartition, Long> committed(String group);

  /** Commits offsets; durable when this returns. Partitions that are not named keep theirs. */
  void commit(String group, Map<TopicPartition, Long> offsets);

  /** Forgets a group. */
  void delete(String group);
}
