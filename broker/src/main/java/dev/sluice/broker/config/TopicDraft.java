package dev.sluice.broker.config;

import dev.sluice.broker.metadata.CompactionConfig;
import dev.sluice.broker.metadata.FlushConfig;
import dev.sluice.broker.metadata.SegmentConfig;
import dev.sluice.broker.metadata.TopicConfig;
import dev.sluice.log.flush.FlushMode;
import dev.sluice.log.record.TimestampType;
import java.util.List;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.jspecify.annotations.Nullable;

/**
 * A topic's settings as Kafka has them, one by one, until all are known and it can be said what
 * they mean together. Filled by the rows of {@link TopicSettings}, used once, by one thread.
 */
final class TopicDraft {

  static final long NEVER = Long.MAX_VALUE;

  boolean deletes = true;
  boolean compacts;
  long retentionMillis = -1;
  long retentionBytes = -1;
  @Nullable List<String> consumedBy;
  @Nullable Double minDirtyRatio;
  @Nullable Long minLagMillis;
  @Nullable Long maxLagMillis;
  @Nullable Long tombstoneGraceMillis;
  @Nullable FlushMode flush;
  long flushMillis = NEVER;
  long flushMessages = NEVER;
  @Nullable TimestampType timestamps;
  @Nullable Integer maxBatchBytes;
  @Nullable Integer segmentBytes;
  @Nullable Long segmentMillis;

  /**
   * What is in force.
   *
   * @throws InvalidConfigurationException if the settings contradict each other
   */
  TopicConfig build() {
    try {
      // Checked even where it is not in force: it would be when the clean-up policy changes.
      CompactionConfig compaction =
          new CompactionConfig(minDirtyRatio, minLagMillis, maxLagMillis, tombstoneGraceMillis);
      return new TopicConfig(
          deletes ? limit(retentionMillis) : null,
          deletes ? limit(retentionBytes) : null,
          consumedBy,
          compacts ? compaction : null,
          flushConfig(),
          timestamps,
          maxBatchBytes,
          segmentBytes == null && segmentMillis == null
              ? null
              : new SegmentConfig(segmentBytes, segmentMillis));
    } catch (IllegalArgumentException impossible) {
      throw new InvalidConfigurationException(impossible.getMessage(), impossible);
    }
  }

  /** Nothing at all may be kept with a limit of 0; the log's least is 1. */
  private static @Nullable Long limit(long kafkas) {
    return kafkas < 0 ? null : Long.valueOf(Math.max(1, kafkas));
  }

  private @Nullable FlushConfig flushConfig() {
    return switch (flush) {
      case null -> null;
      case ACK -> new FlushConfig(FlushMode.ACK, null); // More often than any flush.ms asks for.
      case INTERVAL -> {
        refuse(flushMillis == NEVER, "sluice.flush=interval needs flush.ms beside it.");
        refuseCount();
        yield new FlushConfig(FlushMode.INTERVAL, flushMillis);
      }
      case OS -> {
        refuse(
            flushMillis != NEVER,
            "With sluice.flush=os nothing is forced after flush.ms; use interval for that.");
        refuseCount();
        yield new FlushConfig(FlushMode.OS, null);
      }
    };
  }

  private void refuseCount() {
    refuse(
        flushMessages != NEVER,
        "Forcing by flush.messages is there with sluice.flush=ack only, which forces every append"
            + " before it is acknowledged.");
  }

  private static void refuse(boolean isWrong, String reason) {
    if (isWrong) {
      throw new InvalidConfigurationException(reason);
    }
  }
}
