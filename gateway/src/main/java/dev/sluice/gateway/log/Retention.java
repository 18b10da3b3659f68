package dev.sluice.gateway.log;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a topic keeps its records. Without any limit it keeps them forever; with several, what
 * any of them gives up is deleted.
 *
 * @param time records older than this may be deleted, a segment at a time; null for no limit
 * @param sizeBytes the oldest segments are deleted while a partition is larger; null for no limit
 * @param consumed records are deleted once these readers have read them; null if reading deletes
 *     nothing
 */
public record Retention(
    @Nullable Duration time, @Nullable Long sizeBytes, @Nullable Readers consumed) {

  /** Keeps everything. */
  public static final Retention FOREVER = new Retention(null, null);

  /** Limits of time and size alone. */
  public Retention(@Nullable Duration time, @Nullable Long sizeBytes) {
    this(time, sizeBytes, null);
  }
}
