package dev.sluice.log.retention;

import dev.sluice.log.DeletionReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Decides what retention deletes. A pure function: the same facts give the same plan.
 *
 * <p>Time and size give up whole segments, from the oldest on, without leaving one out: a segment
 * that has to stay keeps all behind it. Consumption gives up single records: the log start follows
 * the consumed offset exactly, never beyond the end of the last segment. What any of them gives up
 * goes.
 */
public final class RetentionPlanner {

  /**
   * What to delete.
   *
   * @param newLogStartOffset delete all segments that end at or before this; the old log start if
   *     nothing is to be deleted
   * @param rollsActive whether the active segment has to be sealed first, since it goes too
   * @param steps what goes for which reason, from the old log start to the new one
   */
  public record Plan(long newLogStartOffset, boolean rollsActive, List<Step> steps) {}

  /**
   * A part of what goes, from the end of the step before it.
   *
   * @param endOffset the offset behind its last record
   */
  public record Step(DeletionReason reason, long endOffset) {}

  private final List<SegmentFacts> segments;
  private final Retention retention;
  private final long consumedOffset;
  private final long nowMillis;
  private final List<Step> steps = new ArrayList<>();
  private long start;

  private RetentionPlanner(
      List<SegmentFacts> segments,
      long logStartOffset,
      Retention retention,
      OptionalLong consumedOffset,
      long nowMillis) {
    this.segments = segments;
    this.start = logStartOffset;
    this.retention = retention;
    this.nowMillis = nowMillis;
    this.consumedOffset =
        retention.consumed()
            ? Math.min(consumedOffset.orElse(logStartOffset), segments.getLast().nextOffset())
            : logStartOffset;
  }

  /**
   * Plans.
   *
   * @param segments by offset; the last is the active one
   * @param logStartOffset where the log starts now
   * @param consumedOffset the offset before which every group has read; empty if there is no group
   * @param nowMillis the time
   */
  public static Plan plan(
      List<SegmentFacts> segments,
      long logStartOffset,
      Retention retention,
      OptionalLong consumedOffset,
      long nowMillis) {
    return new RetentionPlanner(segments, logStartOffset, retention, consumedOffset, nowMillis)
        .plan();
  }

  private Plan plan() {
    boolean rollsActive = false;
    long excessBytes = excessBytes();
    for (int i = 0; i < segments.size(); i++) {
      SegmentFacts segment = segments.get(i);
      boolean isActive = i == segments.size() - 1;
      boolean isExpired = isExpired(segment);
      if (segment.isEmpty() && !isActive) {
        extend(segment.nextOffset());
      } else if (isExpired || (excessBytes > 0 && !isActive)) {
        step(DeletionReason.CONSUMED, Math.min(consumedOffset, segment.nextOffset()));
        step(isExpired ? DeletionReason.TIME : DeletionReason.SIZE, segment.nextOffset());
        rollsActive = isActive;
      } else if (segment.nextOffset() <= Math.max(consumedOffset, start)) {
        step(DeletionReason.CONSUMED, segment.nextOffset());
      } else {
        break;
      }
      excessBytes -= segment.sizeBytes();
    }
    step(DeletionReason.CONSUMED, consumedOffset);
    return new Plan(start, rollsActive, List.copyOf(steps));
  }

  private void step(DeletionReason reason, long endOffset) {
    if (endOffset <= start) {
      return;
    }
    if (!steps.isEmpty() && steps.getLast().reason() == reason) {
      steps.removeLast();
    }
    steps.add(new Step(reason, endOffset));
    start = endOffset;
  }

  /** An empty sealed segment, which compaction may leave, goes with what is before it. */
  private void extend(long endOffset) {
    if (!steps.isEmpty()) {
      step(steps.getLast().reason(), endOffset);
    }
  }

  private long excessBytes() {
    Long limit = retention.sizeBytes();
    if (limit == null) {
      return 0;
    }
    return segments.stream().mapToLong(SegmentFacts::sizeBytes).sum() - limit;
  }

  private boolean isExpired(SegmentFacts segment) {
    Duration time = retention.time();
    return time != null
        && !segment.isEmpty()
        && segment.maxTimestampMillis() < nowMillis - time.toMillis();
  }
}
