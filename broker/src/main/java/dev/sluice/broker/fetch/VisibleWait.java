package dev.sluice.broker.fetch;

import dev.sluice.log.partition.PartitionLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits, over several partitions at once, until one has something to read. */
public final class VisibleWait {

  private VisibleWait() {}

  /**
   * Waits until one of the partitions has a visible record at its offset or behind it, or becomes
   * unavailable. Woken by the append that makes it so.
   *
   * @param offsets for each partition the next offset to read
   * @return false if the time ran out first
   */
  public static boolean await(Map<PartitionLog, Long> offsets, Duration timeout)
      throws InterruptedException {
    CompletableFuture<Void> woken = new CompletableFuture<>();
    List<Runnable> cancels = new ArrayList<>(offsets.size());
    try {
      offsets.forEach(
          (log, offset) -> cancels.add(log.whenVisible(offset, () -> woken.complete(null))));
      Object unused = woken.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException over) {
      return false;
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    } finally {
      cancels.forEach(Runnable::run);
    }
  }
}
