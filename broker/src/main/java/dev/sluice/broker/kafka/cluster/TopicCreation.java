package dev.sluice.broker.kafka.cluster;

import dev.sluice.broker.metadata.Topic;
import dev.sluice.broker.metadata.TopicConfig;
import dev.sluice.broker.topic.TopicCatalog;
import dev.sluice.broker.topic.TopicException;

/** Makes topics when they are first asked for. Thread-safe. */
final class TopicCreation {

  private final TopicCatalog topics;
  private final boolean isOn;
  private final int partitions;

  TopicCreation(TopicCatalog topics, boolean isOn, int partitions) {
    this.topics = topics;
    this.isOn = isOn;
    this.partitions = partitions;
  }

  boolean isOn() {
    return isOn;
  }

  /** The topic of a name, made now unless someone else was faster. */
  Topic create(String name) {
    if (org.apache.kafka.common.internals.Topic.isInternal(name)) {
      throw new TopicException(
          TopicException.Code.INVALID_TOPIC, "Topic '" + name + "' is made by the broker itself.");
    }
    try {
      return topics.create(name, partitions, TopicConfig.FOREVER);
    } catch (TopicException e) {
      if (e.code() == TopicException.Code.TOPIC_EXISTS) {
        return topics.find(name).orElseThrow(() -> e);
      }
      throw e;
    }
  }
}
