package dev.sluice.log.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.log.DeletionReason;
import dev.sluice.log.retention.RetentionPlanner.Plan;
import dev.sluice.log.retention.RetentionPlanner.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RetentionPlannerTest {

  private static final long NOW = 1_000_000;
  private static final Duration YOUNG = Duration.ofMillis(1);
  private static final Retention CONSUMED = new Retention(null, null, true);

  @Test
  void foreverDeletesNothing() {
    assertThat(plan(segments(10, 20, 30), Retention.FOREVER)).isEqualTo(nothing(0));
  }

  @Test
  void timeDeletesFromTheOldestUntilOneIsYoungEnough() {
    Retention retention = new Retention(Duration.ofMillis(NOW - 20), null);
    // Times 10, 30, 15, 40: the third is old, but behind one that stays.
    assertThat(plan(segments(10, 30, 15, 40), retention))
        .isEqualTo(steps(false, step(DeletionReason.TIME, 10)));
  }

  @Test
  void timeTakesTheActiveSegmentToo() {
    assertThat(plan(segments(10, 20), new Retention(YOUNG, null)))
        .isEqualTo(steps(true, step(DeletionReason.TIME, 20)));
  }

  @Test
  void anEmptyActiveSegmentStays() {
    List<SegmentFacts> segments = new ArrayList<>(segments(10));
    segments.add(empty(10, 10));
    assertThat(plan(segments, new Retention(YOUNG, null)))
        .isEqualTo(steps(false, step(DeletionReason.TIME, 10)));
  }

  @Test
  void sizeNeverTakesTheActiveSegment() {
    assertThat(plan(segments(1, 2, 3), new Retention(null, 0L)))
        .isEqualTo(steps(false, step(DeletionReason.SIZE, 20)));
    assertThat(plan(segments(1, 2, 3), new Retention(null, 250L)))
        .isEqualTo(steps(false, step(DeletionReason.SIZE, 10)));
    assertThat(plan(segments(1, 2, 3), new Retention(null, 300L))).isEqualTo(nothing(0));
  }

  @Test
  void theLogStartFollowsTheConsumedOffsetInsideASegmentToo() {
    assertThat(plan(segments(1, 2, 3), CONSUMED, 14))
        .isEqualTo(steps(false, step(DeletionReason.CONSUMED, 14)));
    assertThat(plan(segments(1, 2, 3), CONSUMED, 27))
        .isEqualTo(steps(false, step(DeletionReason.CONSUMED, 27)));
  }

  @Test
  void whatIsConsumedAsAWholeStaysOnDiskUntilTheActiveSegmentIsSealed() {
    assertThat(plan(segments(1, 2), CONSUMED, 20))
        .isEqualTo(steps(false, step(DeletionReason.CONSUMED, 20)));
  }

  @Test
  void consumptionNeverGoesBeyondTheEndNorBack() {
    assertThat(plan(segments(1, 2), CONSUMED, 1_000))
        .isEqualTo(steps(false, step(DeletionReason.CONSUMED, 20)));
    assertThat(RetentionPlanner.plan(segments(1, 2), 12, CONSUMED, OptionalLong.of(5), NOW))
        .isEqualTo(nothing(12));
  }

  @Test
  void withoutAnyGroupNothingIsConsumed() {
    assertThat(plan(segments(1, 2), CONSUMED)).isEqualTo(nothing(0));
  }

  @Test
  void withoutTheSettingWhatWasConsumedStays() {
    assertThat(plan(segments(1, 2), Retention.FOREVER, 15)).isEqualTo(nothing(0));
  }

  @Test
  void eachRecordGoesForTheFirstReasonThatHolds() {
    Retention all = new Retention(Duration.ofMillis(NOW - 20), 200L, true);
    // Consumed to 4, expired to 10, and 100 bytes more than the limit up to 20.
    assertThat(plan(segments(10, 30, 40, 50), all, 4))
        .isEqualTo(
            steps(
                false,
                step(DeletionReason.CONSUMED, 4),
                step(DeletionReason.TIME, 10),
                step(DeletionReason.SIZE, 20)));
    assertThat(plan(segments(10, 30, 40, 50), all, 33))
        .isEqualTo(steps(false, step(DeletionReason.CONSUMED, 33)));
  }

  @Test
  void whatExpiresSealsTheActiveSegmentThoughItWasConsumedBefore() {
    Retention both = new Retention(YOUNG, null, true);
    assertThat(RetentionPlanner.plan(segments(10), 10, both, OptionalLong.of(10), NOW))
        .isEqualTo(new Plan(10, true, List.of()));
  }

  @Test
  void emptySealedSegmentsGoWithWhatIsBeforeThem() {
    List<SegmentFacts> segments =
        List.of(data(0, 10, 10), empty(10, 20), data(20, 30, 10), empty(30, 40), data(40, 50, NOW));
    assertThat(plan(segments, new Retention(YOUNG, null)))
        .isEqualTo(steps(false, step(DeletionReason.TIME, 40)));
    assertThat(plan(segments, new Retention(null, 200L)))
        .isEqualTo(steps(false, step(DeletionReason.SIZE, 20)));
    assertThat(plan(segments, CONSUMED, 10))
        .isEqualTo(steps(false, step(DeletionReason.CONSUMED, 20)));
  }

  @Test
  void emptySegmentsAloneDoNotMoveTheLogStart() {
    List<SegmentFacts> segments = List.of(empty(0, 10), data(10, 20, NOW));
    assertThat(plan(segments, new Retention(YOUNG, null))).isEqualTo(nothing(0));
    assertThat(plan(segments, CONSUMED, 0)).isEqualTo(nothing(0));
  }

  private static Plan plan(List<SegmentFacts> segments, Retention retention) {
    return RetentionPlanner.plan(segments, 0, retention, OptionalLong.empty(), NOW);
  }

  private static Plan plan(List<SegmentFacts> segments, Retention retention, long consumed) {
    return RetentionPlanner.plan(segments, 0, retention, OptionalLong.of(consumed), NOW);
  }

  private static Plan nothing(long start) {
    return new Plan(start, false, List.of());
  }

  private static Plan steps(boolean rollsActive, Step... steps) {
    return new Plan(steps[steps.length - 1].endOffset(), rollsActive, Arrays.asList(steps));
  }

  private static Step step(DeletionReason reason, long end) {
    return new Step(reason, end);
  }

  private static SegmentFacts data(long base, long next, long time) {
    return new SegmentFacts(base, next, 100, time);
  }

  private static SegmentFacts empty(long base, long next) {
    return new SegmentFacts(base, next, 0, Long.MIN_VALUE);
  }

  /** Segments of ten records and a hundred bytes with these times. */
  private static List<SegmentFacts> segments(long... times) {
    List<SegmentFacts> segments = new ArrayList<>();
    for (long time : times) {
      long base = segments.size() * 10L;
      segments.add(data(base, base + 10, time));
    }
    return segments;
  }
}
