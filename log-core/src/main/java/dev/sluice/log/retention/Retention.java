package dev.sluice.log.retention;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a partition keeps its records. Without any limit it keeps them forever; with several,
 * what any of them gives up is deleted.
 *
 * @param time segments whose newest record is older may be deleted; null for no limit
 * @param sizeBytes the oldest segments are deleted while the partition is larger; null for no limit
 * @param consumed whether records go once all groups that read the partition have committed them;
 *     with no such group, nothing goes for this reason
 */
public record Retention(@Nullable Duration time, @Nullable Long sizeBytes, boolean consumed) {

  /** Keeps everything. */
  public static final Retention FOREVER = new Retention(null, null);

  public Retention {
    if (time != null && (time.isZero() || time.isNegative())) {
      throw new IllegalArgumentException("Retention time must be positive: " + time);
    }
    if (sizeBytes != null && sizeBytes < 0) {
      throw new IllegalArgumentException("Retention size must not be negative: " + sizeBytes);
    }
  }

  /** By time and size only. */
  public Retention(@Nullable Duration time, @Nullable Long sizeBytes) {
    this(time, sizeBytes, false);
  }
}
