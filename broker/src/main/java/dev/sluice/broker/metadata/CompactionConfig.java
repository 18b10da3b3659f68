package dev.sluice.broker.metadata;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.log.compaction.Compaction;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a topic is compacted; null means the log's default.
 *
 * @param minDirtyRatio compaction is due when this share of the bytes, 0 to 1, is new
 * @param minLagMillis younger records stay as they are
 * @param maxLagMillis compaction is due when a record that was never looked at is older
 * @param tombstoneGraceMillis how long a tombstone stays
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CompactionConfig(
    @Nullable Double minDirtyRatio,
    @Nullable Long minLagMillis,
    @Nullable Long maxLagMillis,
    @Nullable Long tombstoneGraceMillis) {

  /** Refuses what the log would. */
  public CompactionConfig {
    Compaction unused = compaction(minDirtyRatio, minLagMillis, maxLagMillis, tombstoneGraceMillis);
  }

  /** As the log wants it, with its defaults for what is not set. */
  public Compaction toCompaction() {
    return compaction(minDirtyRatio, minLagMillis, maxLagMillis, tombstoneGraceMillis);
  }

  private static Compaction compaction(
      @Nullable Double ratio, @Nullable Long minLag, @Nullable Long maxLag, @Nullable Long grace) {
    Compaction standard = Compaction.DEFAULT;
    Duration least = orElse(minLag, standard.minLag());
    Duration noGreatest = least.compareTo(standard.maxLag()) > 0 ? least : standard.maxLag();
    return new Compaction(
        ratio == null ? standard.minDirtyRatio() : ratio,
        least,
        orElse(maxLag, noGreatest),
        orElse(grace, standard.tombstoneGrace()));
  }

  private static Duration orElse(@Nullable Long millis, Duration standard) {
    return millis == null ? standard : Duration.ofMillis(millis);
  }
}
