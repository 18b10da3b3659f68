package dev.sluice.broker;

import dev.sluice.broker.metadata.Topic;
import dev.sluice.broker.topic.PartitionStore;
import dev.sluice.log.StorageException;
import dev.sluice.log.manager.LogManager;
import dev.sluice.log.partition.PartitionId;
import dev.sluice.log.partition.PartitionLog;
import dev.sluice.log.partition.PartitionSettings;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The catalog's partitions in the log manager's directory. */
final class ManagedPartitions implements PartitionStore {

  private static final Logger LOG = LoggerFactory.getLogger(ManagedPartitions.class);

  private final LogManager manager;
  private final PartitionId metadata;

  ManagedPartitions(LogManager manager, PartitionId metadata) {
    this.manager = manager;
    this.metadata = metadata;
  }

  @Override
  public void openAll(Collection<Topic> topics) {
    Map<PartitionId, PartitionSettings> wanted = new HashMap<>();
    for (Topic topic : topics) {
      for (int partition = 0; partition < topic.partitions(); partition++) {
        wanted.put(new PartitionId(topic.name(), partition), EffectiveSettings.of(topic.config()));
      }
    }
    Set<PartitionId> foreign = new TreeSet<>(manager.onDisk());
    foreign.removeAll(wanted.keySet());
    foreign.remove(metadata);
    if (!foreign.isEmpty()) {
      LOG.warn("The data directory has folders of partitions that no topic has: {}", foreign);
    }
    manager.openAll(wanted);
  }

  @Override
  public Set<String> topicsOnDisk() {
    return manager.onDisk().stream().map(PartitionId::topic).collect(Collectors.toSet());
  }

  @Override
  public void ensure(Topic topic, int firstPartition) {
    PartitionSettings settings = EffectiveSettings.of(topic.config());
    Map<PartitionId, PartitionSettings> wanted = new HashMap<>();
    for (int partition = firstPartition; partition < topic.partitions(); partition++) {
      wanted.put(new PartitionId(topic.name(), partition), settings);
    }
    manager.openAll(wanted);
    for (PartitionId id : wanted.keySet()) {
      PartitionLog unused = manager.get(id);
    }
  }

  @Override
  public void configure(Topic topic, int partition) {
    manager.update(new PartitionId(topic.name(), partition), EffectiveSettings.of(topic.config()));
  }

  @Override
  public void deleteAll(String topic) {
    List<PartitionId> ids =
        manager.onDisk().stream().filter(id -> id.topic().equals(topic)).toList();
    try {
      manager.deleteAll(ids);
    } catch (StorageException left) {
      LOG.warn("What is left of {} is tried again later: {}", topic, left.getMessage());
    }
  }
}
