package dev.sluice.gateway.log;

import java.util.List;
import java.util.Optional;

/**
 * The topics of the log. Thread-safe; what returned is durable. Every method throws {@link
 * LogException} with a code that says why.
 */
public interface Topics {

  /** All topics, internal ones included, by name. */
  List<TopicDescription> list();

  /** One topic. */
  Optional<TopicDescription> find(String name);

  /**
   * The number of partitions of a topic; cheap enough for every batch.
   *
   * @return 0 if there is no such topic
   */
  int partitionCount(String name);

  /**
   * Creates a topic.
   *
   * @throws LogException {@code TOPIC_EXISTS}, {@code INVALID_TOPIC} for names that Kafka would
   *     refuse or a partition count outside 1..10,000
   */
  TopicDescription create(String name, int partitions, TopicSettings settings);

  /**
   * Changes a topic: settings take effect at once, partitions are only ever added.
   *
   * @throws LogException {@code UNKNOWN_TOPIC}; {@code INVALID_TOPIC} for fewer partitions
   */
  TopicDescription update(String name, int partitions, TopicSettings settings);

  /**
   * Deletes a topic with all its records.
   *
   * @throws LogException {@code UNKNOWN_TOPIC}
   */
  void delete(String name);

  /**
   * Places on this machine's disk that can't be read back, each with what to do. Everything else
   * works on; a log that is elsewhere knows of none.
   */
  default List<DamagedPlace> damage() {
    return List.of();
  }
}
