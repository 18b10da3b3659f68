package dev.sluice.gateway.log.embedded;

import dev.sluice.broker.Broker;
import dev.sluice.broker.metadata.Topic;
import dev.sluice.gateway.log.DamagedPlace;
import dev.sluice.gateway.log.TopicDescription;
import dev.sluice.gateway.log.TopicDescription.PartitionDescription;
import dev.sluice.gateway.log.TopicSettings;
import dev.sluice.gateway.log.Topics;
import dev.sluice.log.StorageException;
import dev.sluice.log.partition.PartitionLog;
import dev.sluice.log.scrub.Damage;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** {@link Topics} on the broker's catalog. */
public final class EmbeddedTopics implements Topics {

  private final Broker broker;

  public EmbeddedTopics(Broker broker) {
    this.broker = broker;
  }

  @Override
  public List<TopicDescription> list() {
    return broker.topics().list().stream().map(this::describe).toList();
  }

  @Override
  public Optional<TopicDescription> find(String name) {
    return broker.topics().find(name).map(this::describe);
  }

  @Override
  public int partitionCount(String name) {
    return broker.topics().find(name).map(Topic::partitions).orElse(0);
  }

  @Override
  public List<DamagedPlace> damage() {
    return broker.damage().stream().map(EmbeddedTopics::place).toList();
  }

  /** A partition's name ends with its number. */
  private static DamagedPlace place(Damage found) {
    String partition = found.partition();
    return new DamagedPlace(
        partition.substring(0, partition.lastIndexOf('-')), found + ". " + found.cure() + ".");
  }

  @Override
  public TopicDescription create(String name, int partitions, TopicSettings settings) {
    return describe(
        translated(
            () -> broker.topics().create(name, partitions, SettingsTranslation.config(settings))));
  }

  @Override
  public TopicDescription update(String name, int partitions, TopicSettings settings) {
    return describe(
        translated(
            () -> broker.topics().update(name, partitions, SettingsTranslation.config(settings))));
  }

  @Override
  public void delete(String name) {
    translated(() -> broker.topics().delete(name));
  }

  private static <T> T translated(Supplier<T> action) {
    try {
      return action.get();
    } catch (RuntimeException failure) {
      throw Translation.exception(failure);
    }
  }

  private TopicDescription describe(Topic topic) {
    return new TopicDescription(
        topic.name(),
        SettingsTranslation.settings(topic.config()),
        IntStream.range(0, topic.partitions())
            .mapToObj(partition -> describe(topic, partition))
            .toList());
  }

  private PartitionDescription describe(Topic topic, int partition) {
    return broker
        .findPartition(topic.name(), partition)
        .map(log -> describe(partition, log))
        .orElseGet(
            () ->
                new PartitionDescription(
                    partition,
                    0,
                    0,
                    0,
                    broker
                        .partitionFailure(topic.name(), partition)
                        .map(StorageException::getMessage)
                        .orElse("The partition is being created or deleted.")));
  }

  private static PartitionDescription describe(int partition, PartitionLog log) {
    return new PartitionDescription(
        partition,
        log.logStartOffset(),
        log.highWatermark(),
        log.sizeBytes(),
        log.unavailable().map(StorageException::getMessage).orElse(null));
  }
}
