package dev.sluice.log.flush;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The few platform threads that write and force for all partitions. A partition is queued at most
 * three times (to write, for its next timed force, and to force what nobody waits for), so the
 * queue is bounded by the number of partitions. Thread-safe.
 */
public final class FlushService implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FlushService.class);

  private static final long MAX_POOLED_BYTES = 32L << 20;

  private final ScheduledThreadPoolExecutor executor;
  private final FlushBudget budget;
  private final BufferPool buffers;

  /**
   * A service.
   *
   * @param threads how many files are forced at the same time at most
   * @param maxUnflushedBytes bytes of all partitions that may wait to be written
   */
  public FlushService(int threads, long maxUnflushedBytes) {
    this.budget = new FlushBudget(maxUnflushedBytes);
    this.buffers = new BufferPool(Math.min(maxUnflushedBytes, MAX_POOLED_BYTES));
    this.executor = new ScheduledThreadPoolExecutor(threads, threadFactory());
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    executor.setRemoveOnCancelPolicy(true);
  }

  /** The bytes that all partitions together may have waiting. */
  public FlushBudget budget() {
    return budget;
  }

  /** Where those bytes wait. */
  public BufferPool buffers() {
    return buffers;
  }

  /**
   * Runs a partition's flush soon.
   *
   * @throws RejectedExecutionException after {@link #close}
   */
  public void execute(Runnable flush) {
    executor.execute(guarded(flush));
  }

  /** Runs a partition's flush after a delay. The result cancels it. */
  public Future<?> schedule(Runnable flush, Duration delay) {
    return executor.schedule(guarded(flush), delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Flushes that wait for a thread. */
  public int queueSize() {
    return executor.getQueue().size();
  }

  /** Ends the threads after what is queued to be written; close the partitions first. */
  @Override
  public void close() {
    executor.close();
  }

  private static Runnable guarded(Runnable flush) {
    return () -> {
      try {
        flush.run();
      } catch (RuntimeException | Error e) {
        LOG.error("A flush failed in an unforeseen way", e);
        throw e;
      }
    };
  }

  private static ThreadFactory threadFactory() {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, "sluice-flush-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
