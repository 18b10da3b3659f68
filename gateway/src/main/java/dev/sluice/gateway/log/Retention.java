package dev.sluice.gateway.log;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a topic keeps its records. Without any limit it keeps them forever.
 *
 * @param time records older than this may be deleted, a segment at a time; null for no limit
 * @param sizeBytes the oldest segments are deleted while a partition is larger; null for no limit
 */
public record Retention(@Nullable Duration time, @Nullable Long sizeBytes) {

  /** Keeps everything. */
  public static final Retention FOREVER = new Retention(null, null);
}
