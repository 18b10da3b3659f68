package dev.sluice.gateway.log;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a keyed topic is compacted: of each key the latest record stays. Null means the log's
 * default.
 *
 * @param dirtyRatio compaction is due when this share of the bytes, 0 to 1, is new
 * @param minLag records younger than this stay as they are
 * @param maxLag compaction is due when a record that was never looked at is older than this
 * @param tombstones how long a deletion stays, so that readers can learn of it
 */
public record Compaction(
    @Nullable Double dirtyRatio,
    @Nullable Duration minLag,
    @Nullable Duration maxLag,
    @Nullable Duration tombstones) {

  /** As the log does it by default. */
  public static final Compaction DEFAULT = new Compaction(null, null, null, null);
}
