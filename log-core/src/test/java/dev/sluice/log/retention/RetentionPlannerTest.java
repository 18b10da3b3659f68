package dev.sluice.log.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.log.retention.RetentionPlanner.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetentionPlannerTest {

  private static final long NOW = 1_000_000;

  @Test
  void foreverDeletesNothing() {
    assertThat(RetentionPlanner.plan(segments(10, 20, 30), 0, Retention.FOREVER, NOW))
        .isEqualTo(new Plan(0, false));
  }

  @Test
  void timeDeletesFromTheOldestUntilOneIsYoungEnough() {
    Retention retention = new Retention(Duration.ofMillis(NOW - 20), null);
    // Times 10, 30, 15, 40: the third is old, but behind one that stays.
    assertThat(RetentionPlanner.plan(segments(10, 30, 15, 40), 0, retention, NOW))
        .isEqualTo(new Plan(10, false));
  }

  @Test
  void timeTakesTheActiveSegmentToo() {
    Retention retention = new Retention(Duration.ofMillis(1), null);
    assertThat(RetentionPlanner.plan(segments(10, 20), 0, retention, NOW))
        .isEqualTo(new Plan(20, true));
  }

  @Test
  void anEmptyActiveSegmentStays() {
    Retention retention = new Retention(Duration.ofMillis(1), null);
    List<SegmentFacts> segments = new ArrayList<>(segments(10));
    segments.add(new SegmentFacts(10, 10, 0, Long.MIN_VALUE));
    assertThat(RetentionPlanner.plan(segments, 0, retention, NOW)).isEqualTo(new Plan(10, false));
  }

  @Test
  void sizeNeverTakesTheActiveSegment() {
    assertThat(RetentionPlanner.plan(segments(1, 2, 3), 0, new Retention(null, 0L), NOW))
        .isEqualTo(new Plan(20, false));
    assertThat(RetentionPlanner.plan(segments(1, 2, 3), 0, new Retention(null, 250L), NOW))
        .isEqualTo(new Plan(10, false));
    assertThat(RetentionPlanner.plan(segments(1, 2, 3), 0, new Retention(null, 300L), NOW))
        .isEqualTo(new Plan(0, false));
  }

  @Test
  void keepsWhatItPromisesOnGeneratedHistories() {
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      List<SegmentFacts> segments = history(random);
      Retention retention =
          new Retention(
              random.nextBoolean() ? Duration.ofMillis(1 + random.nextInt(900)) : null,
              random.nextBoolean() ? (long) random.nextInt(1500) : null);
      long start = random.nextInt(50);
      check(segments, start, retention);
    }
  }

  private static void check(List<SegmentFacts> segments, long start, Retention retention) {
    String place = segments + " " + retention + " from " + start;
    Plan plan = RetentionPlanner.plan(segments, start, retention, NOW);
    SegmentFacts active = segments.getLast();
    List<SegmentFacts> kept =
        segments.stream().filter(s -> s.nextOffset() > plan.newLogStartOffset()).toList();

    assertThat(plan.newLogStartOffset()).as(place).isGreaterThanOrEqualTo(start);
    long keptBytes = kept.stream().mapToLong(SegmentFacts::sizeBytes).sum();
    Long limit = retention.sizeBytes();
    if (limit != null) {
      assertThat(keptBytes <= limit || kept.size() <= 1).as(place).isTrue();
    }
    long oldest = retention.time() == null ? Long.MIN_VALUE : NOW - retention.time().toMillis();
    if (!kept.isEmpty()) {
      assertThat(kept.getFirst().isEmpty() || kept.getFirst().maxTimestampMillis() >= oldest)
          .as(place)
          .isTrue();
    }
    assertThat(plan.rollsActive())
        .as(place)
        .isEqualTo(!active.isEmpty() && !kept.contains(active) && plan.newLogStartOffset() > start);
  }

  private static List<SegmentFacts> history(Random random) {
    List<SegmentFacts> segments = new ArrayList<>();
    long offset = 0;
    for (int i = random.nextInt(6); i >= 0; i--) {
      boolean isEmpty = i == 0 && random.nextInt(3) == 0;
      long next = isEmpty ? offset : offset + 50 + random.nextInt(100);
      segments.add(
          new SegmentFacts(
              offset,
              next,
              isEmpty ? 0 : 100 + random.nextInt(300),
              isEmpty ? Long.MIN_VALUE : NOW - random.nextInt(1000)));
      offset = next;
    }
    return segments;
  }

  /** Segments of ten records and a hundred bytes with these times. */
  private static List<SegmentFacts> segments(long... times) {
    List<SegmentFacts> segments = new ArrayList<>();
    for (long time : times) {
      long base = segments.size() * 10L;
      segments.add(new SegmentFacts(base, base + 10, 100, time));
    }
    return segments;
  }
}
