package dev.sluice.broker.metadata;

import dev.sluice.log.partition.PartitionLog;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The present metadata, and the one way to change it: a command is durable in the metadata log
 * before anyone sees its effect. Thread-safe: changes are guarded by this object's monitor, reads
 * see the last complete state.
 */
public final class ClusterMetadata {

  private final MetadataLog log;
  private final List<Consumer<MetadataState>> listeners = new CopyOnWriteArrayList<>();
  private volatile MetadataState state;

  private ClusterMetadata(MetadataLog log, MetadataState state) {
    this.log = log;
    this.state = state;
  }

  /**
   * Reads the metadata log, and names the cluster if it is new.
   *
   * @param partition the partition that holds the commands
   * @throws dev.sluice.log.StorageException if it can't be read or written
   */
  public static ClusterMetadata open(PartitionLog partition, Clock clock) {
    MetadataLog log = new MetadataLog(partition, clock);
    ClusterMetadata metadata = new ClusterMetadata(log, log.replay());
    if (metadata.state.clusterId().isEmpty()) {
      MetadataState unused = metadata.change(new MetadataCommand.NameCluster(UUID.randomUUID()));
    }
    return metadata;
  }

  public MetadataState state() {
    return state;
  }

  /** This cluster's identity, the same for ever. */
  public UUID clusterId() {
    return state.clusterId().orElseThrow();
  }

  /** The offset behind the last change that is durable. */
  public long endOffset() {
    return log.endOffset();
  }

  /**
   * Makes a change.
   *
   * @return the state with it, durable
   * @throws dev.sluice.log.StorageException if it could not be written; nothing is changed then
   */
  public synchronized MetadataState change(MetadataCommand command) {
    log.append(command);
    state = state.apply(command);
    listeners.forEach(listener -> listener.accept(state));
    return state;
  }

  /**
   * Tells someone of every change from now on, in order, on the thread that makes it. A listener
   * must be quick, must not throw, and must make no changes itself.
   */
  public void onChange(Consumer<MetadataState> listener) {
    listeners.add(listener);
  }
}
