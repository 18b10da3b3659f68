package dev.sluice.gateway.log.embedded;

import dev.sluice.broker.fetch.VisibleWait;
import dev.sluice.log.partition.Isolation;
import dev.sluice.log.partition.PartitionLog;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** How far readers may see, and the wait for more. */
final class Ends {

  private Ends() {}

  /** The offset behind the last record that such a reader may see. */
  static long of(PartitionLog log, Isolation isolation) {
    return switch (isolation) {
      case READ_UNCOMMITTED -> log.highWatermark();
      // Records may be deleted while their transaction is open.
      case READ_COMMITTED -> Math.max(log.transactions().lastStableOffset(), log.logStartOffset());
    };
  }

  /**
   * Waits until one of the partitions has more to see than up to its offset, or becomes
   * unavailable.
   *
   * @return false if the time ran out first
   */
  static boolean await(Map<PartitionLog, Long> offsets, Isolation isolation, Duration timeout)
      throws InterruptedException {
    if (isolation == Isolation.READ_UNCOMMITTED) {
      return VisibleWait.await(offsets, timeout);
    }
    long deadline = System.nanoTime() + timeout.toNanos();
    while (true) {
      Map<PartitionLog, Long> waits = new HashMap<>();
      for (Map.Entry<PartitionLog, Long> entry : offsets.entrySet()) {
        PartitionLog log = entry.getKey();
        // Taken before the look at the end: what moves the end afterwards is appended behind it.
        long highWatermark = log.highWatermark();
        if (of(log, isolation) > entry.getValue() || log.unavailable().isPresent()) {
          return true;
        }
        waits.put(log, Math.max(highWatermark, entry.getValue()));
      }
      Duration left = Duration.ofNanos(deadline - System.nanoTime());
      if (left.isNegative() || !VisibleWait.await(waits, left)) {
        return false;
      }
    }
  }
}
