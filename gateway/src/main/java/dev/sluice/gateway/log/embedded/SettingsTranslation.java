package dev.sluice.gateway.log.embedded;

import dev.sluice.broker.metadata.CompactionConfig;
import dev.sluice.broker.metadata.FlushConfig;
import dev.sluice.broker.metadata.SegmentConfig;
import dev.sluice.broker.metadata.TopicConfig;
import dev.sluice.gateway.log.Compaction;
import dev.sluice.gateway.log.Flush;
import dev.sluice.gateway.log.Readers;
import dev.sluice.gateway.log.Retention;
import dev.sluice.gateway.log.Segments;
import dev.sluice.gateway.log.Timestamps;
import dev.sluice.gateway.log.TopicSettings;
import dev.sluice.log.flush.FlushMode;
import dev.sluice.log.record.TimestampType;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Topic settings between the ports and the broker; what goes there and back is the same. */
final class SettingsTranslation {

  private SettingsTranslation() {}

  static TopicConfig config(TopicSettings settings) {
    Retention retention = settings.retention();
    Readers consumed = retention.consumed();
    return new TopicConfig(
        millis(retention.time()),
        retention.sizeBytes(),
        consumed == null ? null : consumed.groups(),
        config(settings.compaction()),
        config(settings.flush()),
        config(settings.timestamps()),
        settings.maxBatchBytes(),
        config(settings.segments()));
  }

  static TopicSettings settings(TopicConfig config) {
    List<String> consumedBy = config.consumedBy();
    Retention retention =
        new Retention(
            duration(config.retentionMillis()),
            config.retentionBytes(),
            consumedBy == null ? null : new Readers(consumedBy));
    return new TopicSettings(
        retention,
        compaction(config.compaction()),
        flush(config.flush()),
        timestamps(config.timestamps()),
        config.maxBatchBytes(),
        segments(config.segments()));
  }

  private static @Nullable CompactionConfig config(@Nullable Compaction compaction) {
    return compaction == null
        ? null
        : new CompactionConfig(
            compaction.dirtyRatio(),
            millis(compaction.minLag()),
            millis(compaction.maxLag()),
            millis(compaction.tombstones()));
  }

  private static @Nullable Compaction compaction(@Nullable CompactionConfig config) {
    return config == null
        ? null
        : new Compaction(
            config.minDirtyRatio(),
            duration(config.minLagMillis()),
            duration(config.maxLagMillis()),
            duration(config.tombstoneGraceMillis()));
  }

  private static @Nullable FlushConfig config(@Nullable Flush flush) {
    return switch (flush) {
      case null -> null;
      case Flush.Ack ack -> new FlushConfig(FlushMode.ACK, null);
      case Flush.Interval timed -> new FlushConfig(FlushMode.INTERVAL, millis(timed.interval()));
      case Flush.Os os -> new FlushConfig(FlushMode.OS, null);
    };
  }

  private static @Nullable Flush flush(@Nullable FlushConfig config) {
    if (config == null) {
      return null;
    }
    return switch (config.mode()) {
      case ACK -> new Flush.Ack();
      case INTERVAL -> new Flush.Interval(config.toPolicy().interval());
      case OS -> new Flush.Os();
    };
  }

  private static @Nullable TimestampType config(@Nullable Timestamps timestamps) {
    return switch (timestamps) {
      case null -> null;
      case CREATE -> TimestampType.CREATE_TIME;
      case APPEND -> TimestampType.APPEND_TIME;
    };
  }

  private static @Nullable Timestamps timestamps(@Nullable TimestampType type) {
    return switch (type) {
      case null -> null;
      case CREATE_TIME -> Timestamps.CREATE;
      case APPEND_TIME -> Timestamps.APPEND;
    };
  }

  private static @Nullable SegmentConfig config(Segments segments) {
    return segments.equals(Segments.DEFAULT)
        ? null
        : new SegmentConfig(segments.sizeBytes(), millis(segments.age()));
  }

  private static Segments segments(@Nullable SegmentConfig config) {
    return config == null
        ? Segments.DEFAULT
        : new Segments(config.maxBytes(), duration(config.maxAgeMillis()));
  }

  private static @Nullable Long millis(@Nullable Duration duration) {
    return duration == null ? null : duration.toMillis();
  }

  private static @Nullable Duration duration(@Nullable Long millis) {
    return millis == null ? null : Duration.ofMillis(millis);
  }
}
