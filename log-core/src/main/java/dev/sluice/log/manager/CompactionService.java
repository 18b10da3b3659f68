package dev.sluice.log.manager;

import dev.sluice.log.LogMetrics;
import dev.sluice.log.StorageException;
import dev.sluice.log.StorageException.Code;
import dev.sluice.log.compaction.CompactionResult;
import dev.sluice.log.compaction.Workbench;
import dev.sluice.log.partition.PartitionLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compacts partitions one at a time, the dirtiest first, on a thread of its own: a long copy must
 * not hold up retention and recovery points, and one map of keys at a time bounds the memory.
 */
final class CompactionService implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CompactionService.class);
  private static final Duration STOP_PATIENCE = Duration.ofMinutes(1);

  private record Candidate(PartitionLog log, double dirtyRatio) {}

  private final Supplier<List<PartitionLog>> logs;
  private final LogMetrics metrics;
  private @Nullable ScheduledExecutorService thread;
  private volatile boolean isStopped;

  /**
   * A service.
   *
   * @param logs the open partitions, of the moment
   */
  CompactionService(Supplier<List<PartitionLog>> logs, LogMetrics metrics) {
    this.logs = logs;
    this.metrics = metrics;
  }

  /** Compacts at an interval, until closed. */
  synchronized void start(Duration interval) {
    if (thread == null && !isStopped) {
      thread =
          Executors.newSingleThreadScheduledExecutor(
              Thread.ofPlatform().daemon().name("sluice-compaction").factory());
      var unused =
          thread.scheduleWithFixedDelay(
              this::roundOnTime, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  /** A defect must not end the rounds to come, nor be lost with the task's result. */
  private void roundOnTime() {
    try {
      round();
    } catch (RuntimeException | Error e) {
      LOG.error("Compaction failed in an unforeseen way", e);
    }
  }

  /** Compacts all partitions for which it is time now. */
  void round() {
    List<Candidate> candidates = new ArrayList<>();
    for (PartitionLog log : logs.get()) {
      OptionalDouble due = attempt(log, PartitionLog::compactionDue, OptionalDouble.empty());
      due.ifPresent(ratio -> candidates.add(new Candidate(log, ratio)));
    }
    candidates.sort(Comparator.comparingDouble(Candidate::dirtyRatio).reversed());
    for (Candidate candidate : candidates) {
      Optional<CompactionResult> unused =
          attempt(
              candidate.log(),
              log -> log.compact(Workbench.DEFAULT_MAP_BYTES, () -> isStopped),
              Optional.empty());
    }
  }

  /** Stops soon, and waits for it. */
  @Override
  public synchronized void close() {
    isStopped = true;
    if (thread == null) {
      return;
    }
    thread.shutdown();
    try {
      if (!thread.awaitTermination(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("Compaction has not stopped in {}", STOP_PATIENCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Work on a partition. */
  private interface Work<T> {
    T run(PartitionLog log);
  }

  private <T> T attempt(PartitionLog log, Work<T> work, T otherwise) {
    if (isStopped || log.unavailable().isPresent()) {
      return otherwise;
    }
    try {
      return work.run(log);
    } catch (StorageException e) {
      if (e.code() == Code.CORRUPT) {
        LOG.error("{}", e.getMessage());
      } else if (e.code() != Code.CLOSED) {
        LOG.warn("Could not compact {}: {}", log.name(), e.getMessage());
      }
      if (e.code() != Code.CLOSED) {
        metrics.failed(log.name(), e.code());
      }
      return otherwise;
    }
  }
}
