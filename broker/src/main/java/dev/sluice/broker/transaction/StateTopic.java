package dev.sluice.broker.transaction;

import dev.sluice.broker.metadata.CompactionConfig;
import dev.sluice.broker.metadata.FlushConfig;
import dev.sluice.broker.metadata.SegmentConfig;
import dev.sluice.broker.metadata.Topic;
import dev.sluice.broker.metadata.TopicConfig;
import dev.sluice.broker.topic.TopicCatalog;
import dev.sluice.log.flush.FlushMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topic {@code __transaction_state}: where each transactional id is kept. A transactional id
 * belongs to a partition by Kafka's hash, so the number of partitions is for ever.
 */
final class StateTopic {

  private static final Logger LOG = LoggerFactory.getLogger(StateTopic.class);

  /**
   * Kafka has 50, to spread coordinators over brokers. Each partition has files and forces of its
   * own, and group commit is at its best within one; so as few as a small cluster can spread.
   */
  static final int PARTITIONS = 4;

  private static final int SEGMENT_BYTES = 100 << 20;

  /** Durable when acknowledged, whatever other topics do: everything here rests on it. */
  private static final TopicConfig CONFIG =
      new TopicConfig(
          null,
          null,
          null,
          new CompactionConfig(null, null, null, null),
          new FlushConfig(FlushMode.ACK, null),
          null,
          null,
          new SegmentConfig(SEGMENT_BYTES, null));

  private final List<StatePartition> partitions;

  /** Tells of the limit once, until there is room again. */
  private final AtomicBoolean isFull = new AtomicBoolean();

  private StateTopic(List<StatePartition> partitions) {
    this.partitions = partitions;
  }

  /** The topic if it is there; its partitions are not loaded yet. */
  static Optional<StateTopic> find(TransactionPorts ports) {
    return ports.topics().find(StatePartition.TOPIC).map(topic -> of(topic, ports));
  }

  /**
   * The topic, created if it isn't there.
   *
   * @throws dev.sluice.log.StorageException if it can't be created
   */
  static StateTopic ensure(TransactionPorts ports) {
    TopicCatalog topics = ports.topics();
    Topic topic =
        topics
            .find(StatePartition.TOPIC)
            .orElseGet(() -> topics.create(StatePartition.TOPIC, PARTITIONS, CONFIG));
    return of(topic, ports);
  }

  private static StateTopic of(Topic topic, TransactionPorts ports) {
    List<StatePartition> partitions = new ArrayList<>(topic.partitions());
    for (int i = 0; i < topic.partitions(); i++) {
      partitions.add(new StatePartition(ports.logs(), i, ports.clock()));
    }
    return new StateTopic(List.copyOf(partitions));
  }

  List<StatePartition> partitions() {
    return partitions;
  }

  /**
   * A transactional id, which is added if it isn't there.
   *
   * @param maxIds how many there may be; requests that come at the same moment may exceed it by
   *     their number
   * @return null if there are too many to add one
   */
  @Nullable CoordinatedId findOrAdd(String transactionalId, int maxIds) {
    StatePartition home = of(transactionalId);
    CoordinatedId known = home.find(transactionalId);
    if (known != null) {
      return known;
    }
    int count = partitions.stream().mapToInt(partition -> partition.ids().size()).sum();
    if (count >= maxIds) {
      if (isFull.compareAndSet(false, true)) {
        LOG.warn(
            "There are {} transactional ids, the most that are allowed: new ones are refused until"
                + " some are forgotten. Does a program make one up for each transaction?",
            count);
      }
      return null;
    }
    isFull.set(false);
    return home.findOrAdd(transactionalId);
  }

  StatePartition of(String transactionalId) {
    return partitions.get(Utils.abs(transactionalId.hashCode()) % partitions.size());
  }
}
