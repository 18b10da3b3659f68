package dev.sluice.log.flush;

import java.time.Duration;

/**
 * When a partition's data are forced to the device.
 *
 * @param interval between forces, for {@link FlushMode#INTERVAL}
 */
public record FlushPolicy(FlushMode mode, Duration interval) {

  /** Acknowledged means durable. */
  public static final FlushPolicy ACK = new FlushPolicy(FlushMode.ACK, Duration.ofSeconds(1));

  /** Left to the operating system. */
  public static final FlushPolicy OS = new FlushPolicy(FlushMode.OS, Duration.ofSeconds(1));

  public FlushPolicy {
    if (interval.isZero() || interval.isNegative()) {
      throw new IllegalArgumentException("Flush interval must be positive: " + interval);
    }
  }

  /** Forced at an interval. */
  public static FlushPolicy every(Duration interval) {
    return new FlushPolicy(FlushMode.INTERVAL, interval);
  }
}
