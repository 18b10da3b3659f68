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

  private final Topics topics;
  private final Stubborn stubborn;
  private int turn;

  OutputTopics(Topics topics, Stubborn stubborn) {
    this.topics = topics;
    this.stubborn = stubborn;
  }

  /** A number that grows with each call, for round robin. */
  int nextTurn() {
    return turn++;
  }

  /** How many partitions the topic has, at least 1. */
  int partitionCount(String topic) throws InterruptedException {
    int count = topics.partitionCount(topic);
    return count > 0 ? count : stubborn.run(() -> create(topic));
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
