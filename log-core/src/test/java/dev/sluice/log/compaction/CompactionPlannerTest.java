package dev.sluice.log.compaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompactionPlannerTest {

  private static final long NOW = 1_000_000;

  @Test
  void isDueWhenTheShareOfNewBytesIsReached() {
    List<SegmentSummary> sealed = List.of(segment(0, 10, 600), segment(10, 20, 400));
    assertThat(plan(sealed, clean(10), settings(0.4)).isDue()).isTrue();
    assertThat(plan(sealed, clean(10), settings(0.41)).isDue()).isFalse();
    assertThat(plan(sealed, clean(10), settings(0.4)).dirtyRatio()).isEqualTo(0.4);
    assertThat(plan(sealed, clean(20), settings(0)).isDue()).isFalse();
    assertThat(plan(List.of(), clean(0), settings(0)).isDue()).isFalse();
  }

  @Test
  void looksAtWhatIsDirtyAndStableOnly() {
    List<SegmentSummary> sealed =
        List.of(segment(0, 10, 100), segment(10, 20, 100), segment(20, 30, 100));
    CompactionPlan plan = CompactionPlanner.plan(sealed, clean(10), 0, 29, settings(0.1), NOW);
    assertThat(plan.firstDirtyOffset()).isEqualTo(10);
    assertThat(plan.endOffset()).isEqualTo(20);
    CompactionPlan afterDeletion =
        CompactionPlanner.plan(sealed, clean(10), 25, 30, settings(0.1), NOW);
    assertThat(afterDeletion.firstDirtyOffset()).isEqualTo(25);
    assertThat(afterDeletion.endOffset()).isEqualTo(30);
  }

  @Test
  void leavesWhatIsTooYoungAndAllBehindIt() {
    Compaction settings =
        new Compaction(0.1, Duration.ofSeconds(10), Duration.ofDays(1), Duration.ZERO);
    List<SegmentSummary> sealed =
        List.of(
            new SegmentSummary(0, 10, 100, 0, NOW - 10_000),
            new SegmentSummary(10, 20, 100, 0, NOW - 9_999),
            new SegmentSummary(20, 30, 100, 0, NOW - 20_000));
    CompactionPlan plan = CompactionPlanner.plan(sealed, clean(0), 0, 30, settings, NOW);
    assertThat(plan.endOffset()).isEqualTo(10);
    assertThat(plan.isDue()).isTrue();
  }

  @Test
  void isDueByAgeWhateverTheShare() {
    Compaction settings = new Compaction(1, Duration.ZERO, Duration.ofSeconds(10), Duration.ZERO);
    SegmentSummary clean = segment(0, 10, 1_000);
    assertThat(isDueWith(clean, new SegmentSummary(10, 20, 1, NOW - 10_001, NOW), settings))
        .isTrue();
    assertThat(isDueWith(clean, new SegmentSummary(10, 20, 1, NOW - 10_000, NOW), settings))
        .isFalse();
  }

  @Test
  void isDueWhenTheGraceOfTombstonesIsOver() {
    List<SegmentSummary> sealed = List.of(segment(0, 10, 600));
    CompactionProgress waiting = new CompactionProgress(10, NOW + 1);
    CompactionProgress over = new CompactionProgress(10, NOW);
    assertThat(plan(sealed, waiting, settings(0)).isDue()).isFalse();
    assertThat(plan(sealed, over, settings(0)).isDue()).isTrue();
    assertThat(plan(sealed, over, settings(0)).endOffset()).isEqualTo(10);
  }

  @Test
  void groupsNeighboursUpToASegmentsSizeAndSpan() {
    List<SegmentSummary> sealed =
        List.of(segment(0, 10, 40), segment(10, 20, 60), segment(20, 30, 1));
    assertThat(CompactionPlanner.groupSize(sealed, 100)).isEqualTo(2);
    assertThat(CompactionPlanner.groupSize(sealed, 99)).isEqualTo(1);
    assertThat(CompactionPlanner.groupSize(sealed, 10)).isEqualTo(1);
    assertThat(CompactionPlanner.groupSize(sealed, 1_000)).isEqualTo(3);
    long far = 5L + Integer.MAX_VALUE;
    assertThat(
            CompactionPlanner.groupSize(
                List.of(segment(5, 10, 1), segment(10, far, 1), segment(far, far + 1, 1)), 100))
        .isEqualTo(2);
  }

  private static boolean isDueWith(SegmentSummary clean, SegmentSummary dirty, Compaction how) {
    return plan(List.of(clean, dirty), clean(10), how).isDue();
  }

  private static CompactionPlan plan(
      List<SegmentSummary> sealed, CompactionProgress progress, Compaction settings) {
    return CompactionPlanner.plan(sealed, progress, 0, 1_000, settings, NOW);
  }

  private static CompactionProgress clean(long offset) {
    return new CompactionProgress(offset, Long.MAX_VALUE);
  }

  private static Compaction settings(double ratio) {
    return new Compaction(ratio, Duration.ZERO, Duration.ofDays(40_000), Duration.ZERO);
  }

  private static SegmentSummary segment(long base, long end, long bytes) {
    return new SegmentSummary(base, end, bytes, Long.MAX_VALUE, Long.MIN_VALUE);
  }
}
