package dev.sluice.log.scrub;

import java.time.Duration;

/**
 * How eagerly sealed segments are read again.
 *
 * @param bytesPerSecond at most, on average
 * @param round no segment is looked at more often than this
 */
public record ScrubSettings(long bytesPerSecond, Duration round) {

  /** 4 MiB a second, weekly. */
  public static final ScrubSettings DEFAULT = new ScrubSettings(4 << 20, Duration.ofDays(7));

  public ScrubSettings {
    if (bytesPerSecond < 1) {
      throw new IllegalArgumentException("The rate must be positive: " + bytesPerSecond);
    }
    if (round.isNegative()) {
      throw new IllegalArgumentException("A round can't take " + round);
    }
  }
}
