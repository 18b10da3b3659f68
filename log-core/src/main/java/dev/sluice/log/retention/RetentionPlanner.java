package dev.sluice.log.retention;

import java.time.Duration;
import java.util.List;

/** Decides what retention deletes. A pure function: the same facts give the same plan. */
public final class RetentionPlanner {

  /**
   * What to delete.
   *
   * @param newLogStartOffset delete all segments that end at or before this; the old log start if
   *     nothing is to be deleted
   * @param rollsActive whether the active segment has to be sealed first, since it goes too
   */
  public record Plan(long newLogStartOffset, boolean rollsActive) {}

  private RetentionPlanner() {}

  /**
   * Plans. Segments go from the oldest on, without leaving one out: a segment that has to stay
   * keeps all behind it.
   *
   * @param segments by offset; the last is the active one
   * @param logStartOffset where the log starts now
   * @param nowMillis the time
   */
  public static Plan plan(
      List<SegmentFacts> segments, long logStartOffset, Retention retention, long nowMillis) {
    long excessBytes = excessBytes(segments, retention);
    long start = logStartOffset;
    boolean rollsActive = false;
    for (int i = 0; i < segments.size(); i++) {
      SegmentFacts segment = segments.get(i);
      boolean isActive = i == segments.size() - 1;
      boolean isBelowStart = segment.nextOffset() <= start && !isActive;
      boolean goes =
          !segment.isEmpty()
              && (isBelowStart
                  || isExpired(segment, retention, nowMillis)
                  || (excessBytes > 0 && !isActive));
      if (!goes) {
        break;
      }
      start = Math.max(start, segment.nextOffset());
      rollsActive = isActive;
      excessBytes -= segment.sizeBytes();
    }
    return new Plan(start, rollsActive);
  }

  private static long excessBytes(List<SegmentFacts> segments, Retention retention) {
    Long limit = retention.sizeBytes();
    if (limit == null) {
      return 0;
    }
    return segments.stream().mapToLong(SegmentFacts::sizeBytes).sum() - limit;
  }

  private static boolean isExpired(SegmentFacts segment, Retention retention, long nowMillis) {
    Duration time = retention.time();
    return time != null && segment.maxTimestampMillis() < nowMillis - time.toMillis();
  }
}
