package dev.sluice.broker.metadata;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.log.record.TimestampType;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What can be set for a topic and changed later. It stands in the metadata log as JSON; what is
 * absent there is null here. Null means no limit for retention, and the log's default elsewhere.
 *
 * @param retentionMillis records older than this may be deleted
 * @param retentionBytes the oldest segments are deleted while a partition is larger
 * @param consumedBy records are deleted once these groups have read them; an empty list means all
 *     groups that have ever read the topic, null that reading deletes nothing
 * @param compaction how records that a later one with their key replaces are removed; null if they
 *     are not
 * @param flush when an append counts as done
 * @param timestamps who gives records their time
 * @param maxBatchBytes the largest batch that is taken
 * @param segments when segments are sealed
 * @param noted what Kafka's clients have set that is not in force, in Kafka's words and by Kafka's
 *     names: it may steer nothing here, or nothing as long as something else is set as it is; null
 *     if there is nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TopicConfig(
    @Nullable Long retentionMillis,
    @Nullable Long retentionBytes,
    @Nullable List<String> consumedBy,
    @Nullable CompactionConfig compaction,
    @Nullable FlushConfig flush,
    @Nullable TimestampType timestamps,
    @Nullable Integer maxBatchBytes,
    @Nullable SegmentConfig segments,
    @Nullable Map<String, String> noted) {

  /** Keeps everything. */
  public static final TopicConfig FOREVER = new TopicConfig(null, null);

  /** Refuses limits below 1. */
  public TopicConfig {
    requirePositive("retentionMillis", retentionMillis);
    requirePositive("retentionBytes", retentionBytes);
    requirePositive("maxBatchBytes", maxBatchBytes);
    consumedBy = consumedBy == null ? null : List.copyOf(consumedBy);
    noted =
        noted == null || noted.isEmpty() ? null : Collections.unmodifiableMap(new TreeMap<>(noted));
  }

  /** What is in force, with nothing noted beside it. */
  public TopicConfig(
      @Nullable Long retentionMillis,
      @Nullable Long retentionBytes,
      @Nullable List<String> consumedBy,
      @Nullable CompactionConfig compaction,
      @Nullable FlushConfig flush,
      @Nullable TimestampType timestamps,
      @Nullable Integer maxBatchBytes,
      @Nullable SegmentConfig segments) {
    this(
        retentionMillis,
        retentionBytes,
        consumedBy,
        compaction,
        flush,
        timestamps,
        maxBatchBytes,
        segments,
        null);
  }

  /** Limits of time and size alone. */
  public TopicConfig(@Nullable Long retentionMillis, @Nullable Long retentionBytes) {
    this(retentionMillis, retentionBytes, null, null, null, null, null, null);
  }

  static void requirePositive(String name, @Nullable Number value) {
    if (value != null && value.longValue() < 1) {
      throw new IllegalArgumentException(name + " is " + value + "; it must be at least 1");
    }
  }
}
