package dev.sluice.log.compaction;

import java.time.Duration;

/**
 * How a keyed partition is compacted.
 *
 * @param minDirtyRatio compaction is due when this share of the bytes, 0 to 1, has been appended
 *     since the last one
 * @param minLag records younger than this stay as they are
 * @param maxLag compaction is due, whatever the ratio, when a record that was never looked at is
 *     older than this
 * @param tombstoneGrace how long a tombstone stays after the first compaction that met it, so that
 *     readers can learn of the deletion
 */
public record Compaction(
    double minDirtyRatio, Duration minLag, Duration maxLag, Duration tombstoneGrace) {

  /** From here on a greatest age is none. */
  private static final Duration NO_MAX_LAG = Duration.ofDays(36_500);

  /**
   * Half of the bytes new, no least age, no greatest age worth mentioning, a day for tombstones.
   */
  public static final Compaction DEFAULT =
      new Compaction(0.5, Duration.ZERO, NO_MAX_LAG, Duration.ofDays(1));

  public Compaction {
    if (!(minDirtyRatio >= 0 && minDirtyRatio <= 1)) {
      throw new IllegalArgumentException("The dirty ratio must be 0 to 1: " + minDirtyRatio);
    }
    if (minLag.isNegative() || maxLag.compareTo(minLag) < 0 || maxLag.isZero()) {
      throw new IllegalArgumentException(
          "Lags must not be negative, and the least not more than the greatest: "
              + minLag
              + ", "
              + maxLag);
    }
    if (tombstoneGrace.isNegative()) {
      throw new IllegalArgumentException("Grace must not be negative: " + tombstoneGrace);
    }
  }

  /** Whether age alone can make compaction due. */
  public boolean hasMaxLag() {
    return maxLag.compareTo(NO_MAX_LAG) < 0;
  }
}
