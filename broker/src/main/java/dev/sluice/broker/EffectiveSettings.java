package dev.sluice.broker;

import dev.sluice.broker.metadata.CompactionConfig;
import dev.sluice.broker.metadata.FlushConfig;
import dev.sluice.broker.metadata.SegmentConfig;
import dev.sluice.broker.metadata.TopicConfig;
import dev.sluice.log.partition.PartitionSettings;
import dev.sluice.log.retention.Retention;
import java.time.Duration;

/** The settings of a topic's partitions: what the topic says, else the log's defaults. */
final class EffectiveSettings {

  private EffectiveSettings() {}

  static PartitionSettings of(TopicConfig config) {
    PartitionSettings settings = PartitionSettings.DEFAULT.withRetention(retention(config));
    CompactionConfig compaction = config.compaction();
    if (compaction != null) {
      settings = settings.withCompaction(compaction.toCompaction());
    }
    FlushConfig flush = config.flush();
    if (flush != null) {
      settings = settings.withFlush(flush.toPolicy());
    }
    if (config.timestamps() != null) {
      settings = settings.withTimestamps(config.timestamps());
    }
    Integer batch = config.maxBatchBytes();
    if (batch != null) {
      settings = settings.withLimits(batch, Math.max(batch, settings.maxUnflushedBytes()));
    }
    SegmentConfig segments = config.segments();
    return segments == null ? settings : withSegments(settings, segments);
  }

  private static Retention retention(TopicConfig config) {
    Long millis = config.retentionMillis();
    return new Retention(
        millis == null ? null : Duration.ofMillis(millis),
        config.retentionBytes(),
        config.consumedBy() != null);
  }

  private static PartitionSettings withSegments(
      PartitionSettings settings, SegmentConfig segments) {
    Integer bytes = segments.maxBytes();
    Long age = segments.maxAgeMillis();
    return settings.withSegments(
        bytes == null ? settings.segmentBytes() : bytes,
        age == null ? settings.segmentAge() : Duration.ofMillis(age));
  }
}
