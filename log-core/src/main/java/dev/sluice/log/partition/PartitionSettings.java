package dev.sluice.log.partition;

import dev.sluice.log.compaction.Compaction;
import dev.sluice.log.flush.FlushMode;
import dev.sluice.log.flush.FlushPolicy;
import dev.sluice.log.record.TimestampType;
import dev.sluice.log.retention.Retention;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What can be set for a partition, and changed while it runs.
 *
 * @param segmentBytes a segment is sealed before it would exceed this. Whole segments are the unit
 *     in which space is freed; with a size limit they are at most a tenth of it, and where records
 *     go once consumed, at most 64 MiB
 * @param segmentAge a segment is sealed when it is older; with a time limit, or a greatest lag of
 *     compaction, at that limit at most, and where records go once consumed, after an hour at most
 * @param retention how long records are kept
 * @param compaction how records that a later one with their key replaces are removed; null if not
 * @param flush when an append counts as done
 * @param timestampType who gives records their time
 * @param maxBatchBytes the largest batch that is taken; also the most that one append may bring
 * @param maxUnflushedBytes what may wait for the disk before appends block
 */
public record PartitionSettings(
    long segmentBytes,
    Duration segmentAge,
    Retention retention,
    @Nullable Compaction compaction,
    FlushPolicy flush,
    TimestampType timestampType,
    int maxBatchBytes,
    int maxUnflushedBytes) {

  /** Segments of 512 MiB or a week, kept forever, durable before acknowledged. */
  public static final PartitionSettings DEFAULT =
      new PartitionSettings(
          512L << 20,
          Duration.ofDays(7),
          Retention.FOREVER,
          null,
          FlushPolicy.ACK,
          TimestampType.CREATE_TIME,
          16 << 20,
          32 << 20);

  /** An index entry is due after so many bytes. */
  public static final int INDEX_INTERVAL_BYTES = 4096;

  private static final long MIN_SEGMENT_BYTES = 64 * 1024;
  private static final long MAX_CONSUMED_SEGMENT_BYTES = 64L << 20;
  private static final Duration MAX_CONSUMED_SEGMENT_AGE = Duration.ofHours(1);

  public PartitionSettings {
    if (segmentBytes < 1 || segmentBytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("Segment size must be 1 to 2^31-1: " + segmentBytes);
    }
    if (segmentAge.isZero() || segmentAge.isNegative()) {
      throw new IllegalArgumentException("Segment age must be positive: " + segmentAge);
    }
    if (maxBatchBytes < 1 || maxBatchBytes > maxUnflushedBytes) {
      throw new IllegalArgumentException(
          "A batch of "
              + maxBatchBytes
              + " bytes must fit into "
              + maxUnflushedBytes
              + " unflushed");
    }
  }

  public PartitionSettings withRetention(Retention newRetention) {
    return new PartitionSettings(
        segmentBytes,
        segmentAge,
        newRetention,
        compaction,
        flush,
        timestampType,
        maxBatchBytes,
        maxUnflushedBytes);
  }

  public PartitionSettings withCompaction(@Nullable Compaction newCompaction) {
    return new PartitionSettings(
        segmentBytes,
        segmentAge,
        retention,
        newCompaction,
        flush,
        timestampType,
        maxBatchBytes,
        maxUnflushedBytes);
  }

  public PartitionSettings withFlush(FlushPolicy newFlush) {
    return new PartitionSettings(
        segmentBytes,
        segmentAge,
        retention,
        compaction,
        newFlush,
        timestampType,
        maxBatchBytes,
        maxUnflushedBytes);
  }

  public PartitionSettings withTimestamps(TimestampType newTimestampType) {
    return new PartitionSettings(
        segmentBytes,
        segmentAge,
        retention,
        compaction,
        flush,
        newTimestampType,
        maxBatchBytes,
        maxUnflushedBytes);
  }

  public PartitionSettings withSegments(long newSegmentBytes, Duration newSegmentAge) {
    return new PartitionSettings(
        newSegmentBytes,
        newSegmentAge,
        retention,
        compaction,
        flush,
        timestampType,
        maxBatchBytes,
        maxUnflushedBytes);
  }

  public PartitionSettings withLimits(int newMaxBatchBytes, int newMaxUnflushedBytes) {
    return new PartitionSettings(
        segmentBytes,
        segmentAge,
        retention,
        compaction,
        flush,
        timestampType,
        newMaxBatchBytes,
        newMaxUnflushedBytes);
  }

  /** The size at which a segment is sealed under these limits. */
  long effectiveSegmentBytes() {
    long bytes = segmentBytes;
    Long limit = retention.sizeBytes();
    if (limit != null) {
      bytes = Math.min(bytes, Math.max(MIN_SEGMENT_BYTES, limit / 10));
    }
    return retention.consumed() ? Math.min(bytes, MAX_CONSUMED_SEGMENT_BYTES) : bytes;
  }

  /** The age at which a segment is sealed under these limits. */
  long effectiveSegmentAgeMillis() {
    Duration age = segmentAge;
    Duration limit = retention.time();
    if (limit != null && limit.compareTo(age) < 0) {
      age = limit;
    }
    if (retention.consumed() && MAX_CONSUMED_SEGMENT_AGE.compareTo(age) < 0) {
      age = MAX_CONSUMED_SEGMENT_AGE;
    }
    if (compaction != null && compaction.maxLag().compareTo(age) < 0) {
      age = compaction.maxLag();
    }
    return age.toMillis();
  }

  /** What a crash may find written but not forced, at the end of the log. */
  long unforcedBytes() {
    return flush.mode() == FlushMode.ACK ? maxUnflushedBytes : Long.MAX_VALUE;
  }
}
