package dev.sluice.broker.fetch;

import dev.sluice.log.partition.Isolation;
import dev.sluice.log.partition.PartitionLog;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits, over several partitions at once, until so many bytes more can be read in them. Only counts
 * what appends bring, and that costs the same for one partition and for thousands. Used by one
 * thread.
 */
public final class GrowthWait {

  private final Isolation isolation;
  private final Map<PartitionLog, Extent> seen = new IdentityHashMap<>();
  private final Map<PartitionLog, Runnable> cancels = new IdentityHashMap<>();

  /** Partitions that have grown, each once until it is looked at; filled by threads of logs. */
  private final Queue<PartitionLog> grown = new ConcurrentLinkedQueue<>();

  private volatile CompletableFuture<Void> woken = new CompletableFuture<>();

  /** A wait of a reader who sees so much. */
  public GrowthWait(Isolation isolation) {
    this.isolation = isolation;
  }

  /**
   * Growth counts from here on; to be called before the partition is read.
   *
   * @return the offset up to which it can be read now
   */
  public long begin(PartitionLog log) {
    Extent now = Extent.of(log, isolation);
    Extent before = seen.putIfAbsent(log, now);
    return (before == null ? now : before).readableEnd();
  }

  /**
   * Waits; to be called once.
   *
   * @param bytes how much is missing
   * @param givenUp ends the wait when it completes
   * @return whether to look again: enough has come, or a partition has become unavailable; false if
   *     the time ran out, or the wait was given up
   */
  public boolean await(long bytes, Duration timeout, CompletableFuture<Void> givenUp)
      throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    long missing = bytes;
    try {
      seen.forEach(this::watch);
      while (awaitGrowth(deadline - System.nanoTime(), givenUp)) {
        for (PartitionLog log = grown.poll(); log != null; log = grown.poll()) {
          missing -= Math.min(missing, growth(log));
        }
        if (missing <= 0) {
          return true;
        }
      }
      return false;
    } finally {
      cancels.values().forEach(Runnable::run);
    }
  }

  private void watch(PartitionLog log, Extent from) {
    cancels.put(
        log,
        log.whenVisible(
            from.highWatermark(),
            () -> {
              grown.add(log);
              woken.complete(null);
            }));
  }

  /** False if the time ran out, or the wait was given up. */
  private boolean awaitGrowth(long nanos, CompletableFuture<Void> givenUp)
      throws InterruptedException {
    CompletableFuture<Void> next = new CompletableFuture<>();
    woken = next;
    if (!grown.isEmpty()) {
      return !givenUp.isDone();
    }
    try {
      Object unused = CompletableFuture.anyOf(next, givenUp).get(nanos, TimeUnit.NANOSECONDS);
      return !givenUp.isDone();
    } catch (TimeoutException over) {
      return false;
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    } finally {
      boolean unused = next.complete(null); // Or the other future would remember this wait.
    }
  }

  /** By how much a partition has grown since it was looked at last; is told of it once more. */
  private long growth(PartitionLog log) {
    if (log.unavailable().isPresent()) {
      return Long.MAX_VALUE;
    }
    Extent now = Extent.of(log, isolation);
    Extent before = seen.put(log, now);
    watch(log, now);
    return before == null ? Long.MAX_VALUE : now.since(before);
  }

  /** How much there is in a partition. */
  private record Extent(long readableEnd, long highWatermark, long sizeBytes) {

    static Extent of(PartitionLog log, Isolation isolation) {
      long end = log.highWatermark();
      return new Extent(
          isolation == Isolation.READ_COMMITTED ? log.transactions().lastStableOffset() : end,
          end,
          log.sizeBytes());
    }

    /** How much more can be read; without end where a transaction has ended, and nobody knows. */
    long since(Extent before) {
      if (readableEnd == before.readableEnd) {
        return 0;
      }
      return isAllReadable() && before.isAllReadable()
          ? Math.max(0, sizeBytes - before.sizeBytes) // Retention may have taken some.
          : Long.MAX_VALUE;
    }

    private boolean isAllReadable() {
      return readableEnd >= highWatermark;
    }
  }
}
