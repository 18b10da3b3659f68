package dev.sluice.broker.group;

import dev.sluice.broker.metadata.MetadataState;
import dev.sluice.broker.metadata.Topic;
import dev.sluice.broker.topic.TopicException;
import dev.sluice.log.StorageException;
import dev.sluice.log.manager.ConsumedOffsets;
import dev.sluice.log.partition.PartitionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.CoordinatorNotAvailableException;
import org.apache.kafka.common.requests.TransactionResult;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.coordinator.group.GroupCoordinator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The consumer groups. Nothing is created or read before the first one asks for them, so that a
 * broker without groups starts as if there were none. Thread-safe.
 */
public final class GroupService implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(GroupService.class);
  private static final Duration RETRY_PAUSE = Duration.ofMillis(50);

  private final GroupHost host;
  private final CoordinatorSettings settings;
  private final GroupOffsets offsets;
  private final GroupDescriptions descriptions;
  private final MetadataState before;
  private final ReentrantLock starting = new ReentrantLock();
  private volatile @Nullable HostedCoordinator hosted;
  private volatile boolean isClosed;

  /** Groups that are asleep. */
  public GroupService(GroupHost host, CoordinatorSettings settings) {
    this.host = host;
    this.settings = settings;
    this.before = host.metadata().state();
    Duration limit = settings.writeTimeout().plus(settings.loadTimeout());
    Patience patience = new Patience(limit, RETRY_PAUSE);
    this.offsets = new GroupOffsets(this, host.partitions(), patience);
    this.descriptions = new GroupDescriptions(this, patience);
  }

  /**
   * Kafka's coordinator. The first call creates the topic that groups live in, and waits a while
   * for it to be read; what is still being read then is answered as Kafka does, {@code
   * COORDINATOR_LOAD_IN_PROGRESS}.
   *
   * @throws CoordinatorNotAvailableException if the topic can't be created now, or this is closed
   */
  public GroupCoordinator coordinator() {
    HostedCoordinator running = hosted;
    return running == null ? start() : running.coordinator();
  }

  /** The same, but none if there has never been a group: for who only looks. */
  public Optional<GroupCoordinator> ifUsed() {
    return host.topics().find(OffsetsTopic.NAME).isPresent()
        ? Optional.of(coordinator())
        : Optional.empty();
  }

  /** Groups and offsets for callers in this process. */
  public GroupOffsets offsets() {
    return offsets;
  }

  /** Who is in the groups, for callers in this process. */
  public GroupDescriptions descriptions() {
    return descriptions;
  }

  /**
   * What retention by consumption asks.
   *
   * @param declared the groups that are to read a topic, though they may never have run
   */
  public ConsumedOffsets consumedOffsets(Function<String, Set<String>> declared) {
    return new ConsumedByGroups(
        host.topics(),
        host.partitions(),
        new Brief<>(offsets::all, Duration.ofSeconds(1)),
        declared);
  }

  /**
   * The partition of the offsets topic in which a group lives; the topic is created if need be.
   *
   * @throws CoordinatorNotAvailableException if that can't be done now
   */
  public TopicPartition partitionOf(String group) {
    int count = offsetsTopic().partitions();
    return new TopicPartition(OffsetsTopic.NAME, Utils.abs(group.hashCode()) % count);
  }

  /**
   * Ends a transaction in a partition of the offsets topic: the offsets that were committed in it
   * count now, or are forgotten. Repeating it does no harm. Never blocks.
   *
   * @param partition of {@code __consumer_offsets}
   * @param coordinatorEpoch of the transaction coordinator; older ones are refused
   * @return completes when the end is durable; fails with an {@code ApiException}, where one that
   *     is a {@code RetriableException} says to try again, as while groups are being read
   */
  public CompletableFuture<Void> completeTransaction(
      TopicPartition partition,
      long producerId,
      short producerEpoch,
      int coordinatorEpoch,
      TransactionResult result) {
    HostedCoordinator running = hosted;
    CompletableFuture<GroupCoordinator> awake =
        running == null
            ? CompletableFuture.supplyAsync(this::start, task -> Thread.ofVirtual().start(task))
            : CompletableFuture.completedFuture(running.coordinator());
    return awake.thenCompose(
        coordinator ->
            coordinator.completeTransaction(
                partition,
                producerId,
                producerEpoch,
                coordinatorEpoch,
                result,
                settings.writeTimeout()));
  }

  /** Whether the groups of a partition are there to be asked. */
  boolean isActive(TopicPartition partition) {
    HostedCoordinator running = hosted;
    return running != null && running.isActive(partition.partition());
  }

  private GroupCoordinator start() {
    starting.lock();
    try {
      HostedCoordinator running = hosted;
      if (isClosed) {
        throw new CoordinatorNotAvailableException("The groups are closed");
      }
      if (running == null) {
        running = HostedCoordinator.start(host, settings, offsetsTopic());
        forgetDeletedTopics(running);
        hosted = running;
      }
      return running.coordinator();
    } finally {
      starting.unlock();
    }
  }

  private Topic offsetsTopic() {
    try {
      return OffsetsTopic.ensure(host.topics());
    } catch (TopicException | StorageException failure) {
      LOG.warn("The topic of the groups can't be created now: {}", failure.getMessage());
      throw new CoordinatorNotAvailableException(failure.getMessage(), failure);
    }
  }

  /** What was deleted while the groups were asleep, or as an earlier process died. */
  private void forgetDeletedTopics(HostedCoordinator running) {
    MetadataState now = host.metadata().state();
    List<TopicPartition> gone = new ArrayList<>();
    try {
      for (PartitionId read : offsets.all(running.coordinator()).keySet()) {
        Topic old = before.topics().get(read.topic());
        Topic current = now.topics().get(read.topic());
        if (current == null || old == null || !old.id().equals(current.id())) {
          gone.add(new TopicPartition(read.topic(), read.partition()));
        }
      }
    } catch (GroupException later) {
      LOG.warn("Offsets of deleted topics stay until the next start: {}", later.getMessage());
    }
    running.forget(gone);
  }

  /** Stops the coordinator. Clients that wait are told to look for another one. */
  @Override
  public void close() {
    starting.lock();
    try {
      isClosed = true;
      HostedCoordinator running = hosted;
      hosted = null;
      if (running != null) {
        running.close();
      }
    } finally {
      starting.unlock();
    }
  }
}
