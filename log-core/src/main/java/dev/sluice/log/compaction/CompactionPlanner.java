package dev.sluice.log.compaction;

import java.time.Duration;
import java.util.List;

/** Plans compactions. A pure function: no I/O, no clock; the same facts give the same plan. */
public final class CompactionPlanner {

  /** Fits an intent of {@link SegmentSwap} into its file. */
  private static final int MAX_GROUP_SEGMENTS = 1_000;

  private static final Duration LONGEST = Duration.ofDays(1_000 * 365);

  private CompactionPlanner() {}

  /**
   * Plans. What is too young, or not stable yet, holds up all behind it: what replaces an older
   * record must itself be allowed to be looked at.
   *
   * @param sealed the sealed segments by offset
   * @param logStartOffset what is before is as good as deleted
   * @param lastStableOffset segments that end behind it are left alone
   */
  public static CompactionPlan plan(
      List<SegmentSummary> sealed,
      CompactionProgress progress,
      long logStartOffset,
      long lastStableOffset,
      Compaction settings,
      long nowMillis) {
    long firstDirty = Math.max(progress.cleanOffset(), logStartOffset);
    long youngest = nowMillis - millis(settings.minLag());
    long oldest = nowMillis - millis(settings.maxLag());
    long end = firstDirty;
    long cleanBytes = 0;
    long dirtyBytes = 0;
    boolean isOverdue = false;
    for (SegmentSummary segment : sealed) {
      boolean isTooYoung = !settings.minLag().isZero() && segment.maxTimestampMillis() > youngest;
      if (isTooYoung || segment.endOffset() > lastStableOffset) {
        break;
      }
      if (segment.endOffset() <= firstDirty) {
        cleanBytes += segment.sizeBytes();
      } else {
        dirtyBytes += segment.sizeBytes();
        isOverdue |= segment.firstTimestampMillis() < oldest;
        end = segment.endOffset();
      }
    }
    double ratio = dirtyBytes == 0 ? 0 : (double) dirtyBytes / (cleanBytes + dirtyBytes);
    boolean isDirty = end > firstDirty && (ratio >= settings.minDirtyRatio() || isOverdue);
    boolean isGraceOver = progress.nextHorizonMillis() <= nowMillis && cleanBytes > 0;
    return new CompactionPlan(firstDirty, end, ratio, isDirty || isGraceOver);
  }

  /**
   * How many of the first segments are rewritten together, as one.
   *
   * @param segments by offset, at least one
   * @param maxBytes of several together; one alone may be larger
   */
  static int groupSize(List<SegmentSummary> segments, long maxBytes) {
    long baseOffset = segments.getFirst().baseOffset();
    long bytes = 0;
    int size = 0;
    for (SegmentSummary segment : segments) {
      bytes += segment.sizeBytes();
      // Offsets within a segment have 31 bits in its index.
      boolean fits = bytes <= maxBytes && segment.endOffset() - baseOffset <= Integer.MAX_VALUE;
      if (size > 0 && (!fits || size == MAX_GROUP_SEGMENTS)) {
        return size;
      }
      size++;
    }
    return size;
  }

  /** A very long time is the longest that there is. */
  static long millis(Duration duration) {
    return duration.compareTo(LONGEST) > 0 ? LONGEST.toMillis() : duration.toMillis();
  }
}
