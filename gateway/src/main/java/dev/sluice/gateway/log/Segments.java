package dev.sluice.gateway.log;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When the files that hold a partition are sealed and new ones begun. Null means the log's default.
 *
 * @param sizeBytes before one would be larger
 * @param age when one is older
 */
public record Segments(@Nullable Integer sizeBytes, @Nullable Duration age) {

  /** The log's defaults. */
  public static final Segments DEFAULT = new Segments(null, null);
}
