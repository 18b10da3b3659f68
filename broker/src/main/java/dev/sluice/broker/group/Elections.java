package dev.sluice.broker.group;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.coordinator.group.GroupCoordinator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the coordinator take partitions over: what is an election in a cluster is a load here, at the
 * start and after each trouble, until it succeeds. Thread-safe.
 */
final class Elections implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Elections.class);

  /** Long enough for the coordinator to have taken note of the trouble first. */
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final AtomicInteger epoch = new AtomicInteger();
  private final Set<OffsetsPartition> recovering = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService retries =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofVirtual().name("groups-elections").factory());
  private volatile @Nullable GroupCoordinator coordinator;

  /** Elects the coordinator for a partition, from now on whenever it goes down. */
  void begin(GroupCoordinator elected, OffsetsPartition partition) {
    coordinator = elected;
    elected.onElection(partition.id().partition(), epoch.incrementAndGet());
  }

  /** A partition is down. */
  void recover(OffsetsPartition partition) {
    if (recovering.add(partition)) {
      schedule(partition, FIRST_PAUSE);
    }
  }

  private void schedule(OffsetsPartition partition, Duration delay) {
    try {
      ScheduledFuture<?> unused =
          retries.schedule(() -> attempt(partition), delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      LOG.debug("{} is closed before it is loaded again", partition.id());
    }
  }

  private void attempt(OffsetsPartition partition) {
    GroupCoordinator elected = coordinator;
    if (partition.isActive() && !partition.isDown()) {
      boolean unused = recovering.remove(partition);
      return;
    }
    if (elected != null && !partition.isLoading()) {
      try {
        elected.onResignation(partition.id().partition(), OptionalInt.empty());
        elected.onElection(partition.id().partition(), epoch.incrementAndGet());
      } catch (RuntimeException closing) {
        LOG.debug("{} can't be loaded again now", partition.id(), closing);
      }
    }
    schedule(partition, PAUSE);
  }

  @Override
  public void close() {
    var unstarted = retries.shutdownNow();
  }
}
