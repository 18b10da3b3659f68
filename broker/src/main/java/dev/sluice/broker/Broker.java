package dev.sluice.broker;

import dev.sluice.broker.metadata.ClusterMetadata;
import dev.sluice.broker.topic.PartitionStore;
import dev.sluice.broker.topic.TopicCatalog;
import dev.sluice.broker.topic.TopicException;
import dev.sluice.log.LogMetrics;
import dev.sluice.log.StorageException;
import dev.sluice.log.flush.FlushService;
import dev.sluice.log.io.DiskStorage;
import dev.sluice.log.io.Storage;
import dev.sluice.log.manager.ConsumedOffsets;
import dev.sluice.log.manager.LogManager;
import dev.sluice.log.partition.LogServices;
import dev.sluice.log.partition.PartitionId;
import dev.sluice.log.partition.PartitionLog;
import dev.sluice.log.partition.PartitionSettings;
import dev.sluice.log.scrub.Damage;
import dev.sluice.log.scrub.ScrubSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topics of one data directory. Thread-safe. Two threads force files to disk, one does
 * maintenance: retention, recovery points, and trying offline partitions again; one reads old
 * segments again, slowly.
 */
public final class Broker implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Broker.class);

  /** The topic of the metadata log; it isn't in the catalog, since it holds the catalog. */
  private static final PartitionId METADATA = new PartitionId("__cluster_metadata", 0);

  private static final int FLUSH_THREADS = 2;
  private static final long MAX_UNFLUSHED_BYTES = 128L << 20;
  private static final Duration MAINTENANCE_INTERVAL = Duration.ofSeconds(30);
  private static final Duration REOPEN_INTERVAL = Duration.ofSeconds(2);

  private final Path directory;
  private final LogManager manager;
  private final FlushService flusher;
  private final ClusterMetadata metadata;
  private final TopicCatalog topics;
  private final ScheduledExecutorService maintenance;
  private final ScheduledExecutorService scrubbing;

  private Broker(
      Path directory,
      LogManager manager,
      FlushService flusher,
      ClusterMetadata metadata,
      TopicCatalog topics) {
    this.directory = directory;
    this.manager = manager;
    this.flusher = flusher;
    this.metadata = metadata;
    this.topics = topics;
    this.maintenance =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("sluice-maintenance").factory());
    this.scrubbing =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("sluice-scrub").factory());
  }

  /**
   * Opens a data directory, creating it if need be, with all its topics.
   *
   * @throws StorageException {@code LOCKED} if another process has the directory; any code if the
   *     metadata log can't be opened. Other partitions that can't be opened are offline, the rest
   *     goes on
   */
  public static Broker open(Path dataDirectory, Clock clock, LogMetrics metrics) {
    return open(dataDirectory, new DiskStorage(), clock, metrics);
  }

  /** As {@link #open(Path, Clock, LogMetrics)}, on other storage than the disk. */
  public static Broker open(Path dataDirectory, Storage storage, Clock clock, LogMetrics metrics) {
    FlushService flusher = new FlushService(FLUSH_THREADS, MAX_UNFLUSHED_BYTES);
    try {
      LogManager manager =
          LogManager.open(new LogServices(storage, flusher, clock, metrics), dataDirectory);
      return open(dataDirectory, manager, flusher, clock);
    } catch (RuntimeException failure) {
      flusher.close();
      throw failure;
    }
  }

  private static Broker open(
      Path directory, LogManager manager, FlushService flusher, Clock clock) {
    try {
      ClusterMetadata metadata =
          ClusterMetadata.open(manager.open(METADATA, PartitionSettings.DEFAULT), clock);
      PartitionStore partitions = new ManagedPartitions(manager, METADATA);
      Broker broker =
          new Broker(
              directory, manager, flusher, metadata, TopicCatalog.open(metadata, partitions));
      broker.startMaintenance();
      return broker;
    } catch (RuntimeException failure) {
      manager.close();
      throw failure;
    }
  }

  private void startMaintenance() {
    manager.startMaintenance(maintenance, MAINTENANCE_INTERVAL);
    manager.startScrubbing(scrubbing, ScrubSettings.DEFAULT);
    ScheduledFuture<?> unused =
        maintenance.scheduleWithFixedDelay(
            this::reopenOffline,
            REOPEN_INTERVAL.toMillis(),
            REOPEN_INTERVAL.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /**
   * Tells retention how far the groups of a partition have come. Until this is called, nothing is
   * deleted as consumed.
   */
  public void consumedBy(ConsumedOffsets offsets) {
    manager.consumedBy(offsets);
  }

  /**
   * Does now what is done twice a minute anyway: retention, recovery points, closing idle files.
   */
  public void maintain() {
    manager.maintain();
  }

  /** The data directory. */
  public Path directory() {
    return directory;
  }

  /** What has been declared, and the way to change it; topics are changed in the catalog. */
  public ClusterMetadata metadata() {
    return metadata;
  }

  /** The catalog of topics. */
  public TopicCatalog topics() {
    return topics;
  }

  /**
   * A partition's log.
   *
   * @throws TopicException {@code UNKNOWN_TOPIC} if there is no such topic or partition
   * @throws StorageException {@code OFFLINE} if it could not be opened
   */
  public PartitionLog partition(String topic, int partition) {
    if (!topics.isThere(topic, partition)) {
      throw TopicException.unknown(topic, partition);
    }
    return manager.get(new PartitionId(topic, partition));
  }

  /** A partition's log, if there is one and it could be opened. */
  public Optional<PartitionLog> findPartition(String topic, int partition) {
    try {
      return Optional.of(partition(topic, partition));
    } catch (TopicException | StorageException missing) {
      return Optional.empty();
    }
  }

  /** Why a partition takes neither appends nor reads, if so. */
  public Optional<StorageException> partitionFailure(String topic, int partition) {
    return manager.offlineReason(new PartitionId(topic, partition));
  }

  /** Places in sealed segments that can't be read back. */
  public List<Damage> damage() {
    return manager.damage();
  }

  /**
   * Tries partitions again that went offline for a reason that may pass, such as a full disk. One
   * that is corrupt stays as it is, for people to look at.
   */
  private void reopenOffline() {
    topics
        .list()
        .forEach(
            topic -> {
              for (int partition = 0; partition < topic.partitions(); partition++) {
                reopenIfOffline(new PartitionId(topic.name(), partition));
              }
            });
    reopenIfOffline(METADATA);
  }

  private void reopenIfOffline(PartitionId id) {
    Optional<StorageException> reason = manager.offlineReason(id);
    if (reason.isEmpty() || !reason.get().code().retriable()) {
      return;
    }
    try {
      PartitionLog reopened = manager.reopen(id);
      LOG.info("{} is open again at offset {}", id, reopened.highWatermark());
    } catch (StorageException again) {
      LOG.debug("{} is still offline: {}", id, again.getMessage());
    }
  }

  /** Closes all partitions cleanly and lets the directory go. */
  @Override
  public void close() {
    maintenance.close();
    var unstarted = scrubbing.shutdownNow();
    manager.close();
    scrubbing.close();
    flusher.close();
  }
}
