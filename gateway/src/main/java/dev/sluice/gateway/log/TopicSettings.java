package dev.sluice.gateway.log;

import org.jspecify.annotations.Nullable;

/**
 * What can be set for a topic, and changed later. Null means the log's default.
 *
 * @param retention how long records are kept
 * @param compaction whether, and how, only the latest record of each key is kept; null if all are
 * @param flush when a record counts as stored
 * @param timestamps who gives records their time
 * @param maxBatchBytes the largest batch of records that is taken, and so the largest record
 * @param segments when the files of a partition are sealed
 */
public record TopicSettings(
    Retention retention,
    @Nullable Compaction compaction,
    @Nullable Flush flush,
    @Nullable Timestamps timestamps,
    @Nullable Integer maxBatchBytes,
    Segments segments) {

  /** Keeps everything. */
  public static final TopicSettings DEFAULT = new TopicSettings(Retention.FOREVER);

  /** The log's defaults but for the retention. */
  public TopicSettings(Retention retention) {
    this(retention, null, null, null, null, Segments.DEFAULT);
  }

  /** The same with another retention. */
  public TopicSettings withRetention(Retention other) {
    return new TopicSettings(other, compaction, flush, timestamps, maxBatchBytes, segments);
  }
}
