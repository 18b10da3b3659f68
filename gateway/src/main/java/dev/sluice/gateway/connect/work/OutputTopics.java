package dev.sluice.gateway.connect.work;

import dev.sluice.connector.ConnectorException;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.TopicSettings;
import dev.sluice.gateway.log.Topics;

/**
 * The topics that a task writes to: a topic that is not there is created with one partition and
 * default settings. Belongs to one thread.
 */
final class OutputTopics {

  /** How many partitions a topic has that is not there. */
  @FunctionalInterface
  private interface Missing {
    int partitionCount(String topic) throws InterruptedException;
  }

  private final Topics topics;
  private final Missing missing;
  private int turn;

  OutputTopics(Topics topics, Stubborn stubborn) {
    this.topics = topics;
    this.missing = topic -> stubborn.run(() -> create(topic));
  }

  private OutputTopics(Topics topics, Missing missing) {
    this.topics = topics;
    this.missing = missing;
  }

  /** Topics that nothing is written to: none is created. */
  static OutputTopics untouched(Topics topics) {
    return new OutputTopics(topics, topic -> 1);
  }

  /** A number that grows with each call, for round robin. */
  int nextTurn() {
    return turn++;
  }

  /** How many partitions the topic has, at least 1. */
  int partitionCount(String topic) throws InterruptedException {
    int count = topics.partitionCount(topic);
    return count > 0 ? count : missing.partitionCount(topic);
  }

  private int create(String topic) {
    try {
      return topics.create(topic, 1, TopicSettings.DEFAULT).partitions().size();
    } catch (LogException e) {
      return switch (e.code()) {
        case TOPIC_EXISTS -> Math.max(1, topics.partitionCount(topic));
        case INVALID_TOPIC ->
            throw ConnectorException.data(
                "topic-name-refused", "The topic '" + topic + "' is refused: " + e.getMessage(), e);
        default -> throw e;
      };
    }
  }
}
