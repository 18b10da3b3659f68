package dev.sluice.gateway.connect;

import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.TopicDescription;
import dev.sluice.gateway.log.TopicSettings;
import dev.sluice.gateway.log.Topics;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Topics that refuse some names. */
record PickyTopics(Topics topics, Predicate<String> refuses) implements Topics {

  @Override
  public List<TopicDescription> list() {
    return topics.list();
  }

  @Override
  public Optional<TopicDescription> find(String name) {
    return topics.find(name);
  }

  @Override
  public int partitionCount(String name) {
    return topics.partitionCount(name);
  }

  @Override
  public TopicDescription create(String name, int partitions, TopicSettings settings) {
    if (refuses.test(name)) {
      throw new LogException(LogException.Code.INVALID_TOPIC, "'" + name + "' is no name.");
    }
    return topics.create(name, partitions, settings);
  }

  @Override
  public TopicDescription update(String name, int partitions, TopicSettings settings) {
    return topics.update(name, partitions, settings);
  }

  @Override
  public void delete(String name) {
    topics.delete(name);
  }
}
