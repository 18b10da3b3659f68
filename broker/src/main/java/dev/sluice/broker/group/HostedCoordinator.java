package dev.sluice.broker.group;

import com.yammer.metrics.core.MetricsRegistry;
import dev.sluice.broker.metadata.ThisNode;
import dev.sluice.broker.metadata.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.internals.Plugin;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.coordinator.group.GroupConfigManager;
import org.apache.kafka.coordinator.group.GroupCoordinator;
import org.apache.kafka.coordinator.group.GroupCoordinatorConfig;
import org.apache.kafka.coordinator.group.GroupCoordinatorRecordSerde;
import org.apache.kafka.coordinator.group.GroupCoordinatorService;
import org.apache.kafka.coordinator.group.metrics.GroupCoordinatorMetrics;
import org.apache.kafka.coordinator.group.metrics.GroupCoordinatorRuntimeMetrics;
import org.apache.kafka.server.authorizer.Authorizer;
import org.apache.kafka.server.share.persister.NoOpStatePersister;
import org.apache.kafka.server.util.timer.SystemTimer;
import org.apache.kafka.server.util.timer.SystemTimerReaper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka's group coordinator with all that it runs on: two threads for events, two for time, and
 * virtual ones for the rest. Thread-safe.
 */
final class HostedCoordinator implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HostedCoordinator.class);

  private final GroupCoordinator coordinator;
  private final List<OffsetsPartition> partitions;
  private final Elections elections;
  private final MetadataFollower follower;
  private final MetricsRegistry registry;
  private final Metrics metrics;

  private HostedCoordinator(GroupHost host, CoordinatorSettings settings, Topic topic) {
    this.registry = new MetricsRegistry();
    this.metrics = new Metrics();
    this.elections = new Elections();
    this.partitions = partitions(topic, elections);
    this.coordinator = build(host, settings.toCoordinatorConfig());
    this.follower = new MetadataFollower(coordinator, host.metadata()::state);
  }

  /**
   * Starts the coordinator, and waits for a while until it has read its state.
   *
   * @param topic the offsets topic
   */
  static HostedCoordinator start(GroupHost host, CoordinatorSettings settings, Topic topic) {
    HostedCoordinator hosted = new HostedCoordinator(host, settings, topic);
    try {
      hosted.coordinator.startup(topic::partitions);
      host.metadata().onChange(state -> hosted.follower.changed());
      hosted.follower.begin();
      for (OffsetsPartition partition : hosted.partitions) {
        hosted.elections.begin(hosted.coordinator, partition);
      }
      hosted.awaitLoad(settings.loadTimeout().toMillis());
      return hosted;
    } catch (RuntimeException failure) {
      hosted.close();
      throw failure;
    }
  }

  private static List<OffsetsPartition> partitions(Topic topic, Elections elections) {
    List<OffsetsPartition> partitions = new ArrayList<>();
    for (int i = 0; i < topic.partitions(); i++) {
      partitions.add(new OffsetsPartition(new TopicPartition(topic.name(), i), elections::recover));
    }
    return List.copyOf(partitions);
  }

  private GroupCoordinator build(GroupHost host, GroupCoordinatorConfig config) {
    Time time = Time.SYSTEM;
    Authorizer authorizer = new AccessAuthorizer(host.access());
    return new GroupCoordinatorService.Builder(ThisNode.ID, config)
        .withTime(time)
        .withTimer(new SystemTimerReaper("groups-reaper", new SystemTimer("groups")))
        .withLoader(
            new LogCoordinatorLoader<>(
                partitions, host.partitions(), new GroupCoordinatorRecordSerde(), time))
        .withWriter(new LogPartitionWriter(partitions, host.partitions()))
        .withCoordinatorRuntimeMetrics(new GroupCoordinatorRuntimeMetrics(metrics))
        .withGroupCoordinatorMetrics(new GroupCoordinatorMetrics(registry, metrics))
        .withGroupConfigManager(new GroupConfigManager(config.extractConsumerGroupConfigMap()))
        .withPersister(new NoOpStatePersister())
        .withAuthorizerPlugin(
            Optional.of(Plugin.wrapInstance(authorizer, metrics, "authorizer.class.name")))
        .build();
  }

  private void awaitLoad(long timeoutMillis) {
    CompletableFuture<?>[] settled =
        partitions.stream().map(OffsetsPartition::settled).toArray(CompletableFuture<?>[]::new);
    try {
      Object unused = CompletableFuture.allOf(settled).get(timeoutMillis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException slow) {
      LOG.info("Groups are still being read; clients are asked to try again until that is done");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("A load was settled with a failure", impossible);
    }
  }

  GroupCoordinator coordinator() {
    return coordinator;
  }

  boolean isActive(int partition) {
    return partitions.get(partition).isActive() && !partitions.get(partition).isDown();
  }

  /** Has the offsets of partitions forgotten that are no more. */
  void forget(List<TopicPartition> gone) {
    follower.forget(gone);
  }

  @Override
  public void close() {
    follower.close();
    elections.close();
    coordinator.shutdown();
    metrics.close();
    registry.shutdown();
  }
}
