package dev.sluice.broker.group;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.coordinator.common.runtime.CoordinatorLoader;
import org.apache.kafka.coordinator.common.runtime.CoordinatorPlayback;
import org.apache.kafka.coordinator.common.runtime.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the coordinator from the log, each partition on a virtual thread. Thread-safe.
 *
 * @param <T> what the coordinator makes of a record
 */
final class LogCoordinatorLoader<T> implements CoordinatorLoader<T> {

  private static final Logger LOG = LoggerFactory.getLogger(LogCoordinatorLoader.class);

  private final List<OffsetsPartition> partitions;
  private final PartitionLookup logs;
  private final Deserializer<T> deserializer;
  private final Time time;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("groups-load-", 0).factory());
  private volatile boolean isClosed;

  LogCoordinatorLoader(
      List<OffsetsPartition> partitions,
      PartitionLookup logs,
      Deserializer<T> deserializer,
      Time time) {
    this.partitions = partitions;
    this.logs = logs;
    this.deserializer = deserializer;
    this.time = time;
  }

  @Override
  public CompletableFuture<LoadSummary> load(TopicPartition id, CoordinatorPlayback<T> playback) {
    OffsetsPartition partition = partitions.get(id.partition());
    partition.beginLoad();
    try {
      return CompletableFuture.supplyAsync(() -> load(partition, playback), threads);
    } catch (RejectedExecutionException closed) {
      return CompletableFuture.failedFuture(closed);
    }
  }

  private LoadSummary load(OffsetsPartition partition, CoordinatorPlayback<T> playback) {
    long start = time.milliseconds();
    try {
      var log = logs.partition(partition.id().topic(), partition.id().partition());
      LogReplay<T> replay = new LogReplay<>(log, playback, deserializer, () -> isClosed);
      partition.endLoad(new CoordinatorLog(log, time, replay.run()));
      return new LoadSummary(start, time.milliseconds(), 0, replay.records(), replay.bytes());
    } catch (RuntimeException failure) {
      if (!isClosed) {
        LOG.warn("Groups in {} can't be read now: {}", partition.id(), failure.getMessage());
      }
      partition.failLoad();
      throw failure;
    }
  }

  /** Stops loads that are under way, and waits for them. */
  @Override
  public void close() {
    isClosed = true;
    threads.close();
  }
}
