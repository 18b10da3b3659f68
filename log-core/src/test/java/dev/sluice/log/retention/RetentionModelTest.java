package dev.sluice.log.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.log.DeletionReason;
import dev.sluice.log.retention.RetentionPlanner.Plan;
import dev.sluice.log.retention.RetentionPlanner.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Holds the planner against a model that says in plain words, without regard to cost, what each
 * policy gives up, on generated histories. Choose another seed with {@code -Dretention.seed=N}.
 */
class RetentionModelTest {

  private static final long SEED = Long.getLong("retention.seed", 20_260_301L);
  private static final int ROUNDS = 50_000;
  private static final long NOW = 1_000_000;

  /** What there is to decide on. */
  private record History(
      List<SegmentFacts> segments, long start, Retention retention, OptionalLong consumed) {

    static History generate(Random random) {
      List<SegmentFacts> segments = new ArrayList<>();
      long offset = random.nextInt(3) * 100L;
      for (int i = random.nextInt(7); i >= 0; i--) {
        boolean isEmpty = random.nextInt(4) == 0;
        boolean isActive = i == 0;
        long next = offset + (isEmpty && isActive ? 0 : 1 + random.nextInt(100));
        segments.add(
            isEmpty
                ? new SegmentFacts(offset, next, 0, Long.MIN_VALUE)
                : new SegmentFacts(
                    offset, next, 100 + random.nextInt(300), NOW - random.nextInt(1000)));
        offset = next;
      }
      long first = segments.getFirst().baseOffset();
      long end = segments.getLast().nextOffset();
      return new History(
          segments,
          first + (random.nextBoolean() ? 0 : random.nextLong(end - first + 1)),
          new Retention(
              random.nextBoolean() ? Duration.ofMillis(1 + random.nextInt(900)) : null,
              random.nextBoolean() ? (long) random.nextInt(1500) : null,
              random.nextBoolean()),
          random.nextInt(4) == 0
              ? OptionalLong.empty()
              : OptionalLong.of(random.nextLong(end + 50)));
    }

    long end() {
      return segments.getLast().nextOffset();
    }

    boolean isActive(int i) {
      return i == segments.size() - 1;
    }

    /** The offset before which all is consumed; the log start if that deletes nothing. */
    long consumedEnd() {
      return retention.consumed() && consumed.isPresent()
          ? Math.max(start, Math.min(consumed.getAsLong(), end()))
          : start;
    }

    boolean isExpired(int i) {
      Duration time = retention.time();
      SegmentFacts segment = segments.get(i);
      return time != null
          && segment.sizeBytes() > 0
          && segment.maxTimestampMillis() + time.toMillis() < NOW;
    }

    /** Whether the partition is too large with this segment and all behind it. */
    boolean isTooMuch(int i) {
      Long limit = retention.sizeBytes();
      long bytes =
          segments.subList(i, segments.size()).stream().mapToLong(SegmentFacts::sizeBytes).sum();
      return limit != null && bytes > limit && !isActive(i);
    }

    /** Whether a segment may go if all before it do. */
    boolean mayGo(int i) {
      SegmentFacts segment = segments.get(i);
      boolean isEmptySealed = segment.sizeBytes() == 0 && !isActive(i);
      return isEmptySealed || segment.nextOffset() <= consumedEnd() || isExpired(i) || isTooMuch(i);
    }

    /** How many segments may go, from the first on. */
    int going() {
      return (int) IntStream.range(0, segments.size()).takeWhile(this::mayGo).count();
    }

    long newStart() {
      int going = going();
      boolean anyRecords =
          IntStream.range(0, going)
              .anyMatch(
                  i -> segments.get(i).sizeBytes() > 0 && segments.get(i).nextOffset() > start);
      long segmentsEnd = anyRecords ? segments.get(going - 1).nextOffset() : start;
      return Math.max(segmentsEnd, consumedEnd());
    }

    boolean rollsActive() {
      int last = segments.size() - 1;
      return going() == segments.size() && isExpired(last);
    }

    /** Why a record below the new start goes. */
    DeletionReason reason(long offset) {
      if (offset < consumedEnd()) {
        return DeletionReason.CONSUMED;
      }
      int at = 0;
      for (int i = 0; i < segments.size(); i++) {
        // An empty segment goes for the reason of what is before it.
        if (segments.get(i).baseOffset() <= offset && segments.get(i).sizeBytes() > 0) {
          at = i;
        }
      }
      return segments.get(at).nextOffset() <= consumedEnd()
          ? DeletionReason.CONSUMED
          : isExpired(at) ? DeletionReason.TIME : DeletionReason.SIZE;
    }
  }

  @Test
  void plansWhatTheModelSaysOnGeneratedHistories() {
    System.out.println("RetentionModelTest seed " + SEED);
    Random random = new Random(SEED);
    int moved = 0;
    for (int round = 0; round < ROUNDS; round++) {
      History history = History.generate(random);
      String place = "seed %d, round %d: %s".formatted(SEED, round, history);
      Plan plan =
          RetentionPlanner.plan(
              history.segments(), history.start(), history.retention(), history.consumed(), NOW);
      assertThat(plan.newLogStartOffset()).as(place).isEqualTo(history.newStart());
      assertThat(plan.rollsActive()).as(place).isEqualTo(history.rollsActive());
      checkSteps(plan, history, place);
      moved += plan.steps().isEmpty() ? 0 : 1;
    }
    assertThat(moved).as("histories in which something goes").isGreaterThan(ROUNDS / 4);
  }

  private static void checkSteps(Plan plan, History history, String place) {
    long at = history.start();
    for (Step step : plan.steps()) {
      assertThat(step.endOffset()).as(place).isGreaterThan(at);
      for (SegmentFacts segment : history.segments()) {
        long first = Math.max(at, segment.baseOffset());
        long last = Math.min(step.endOffset(), segment.nextOffset()) - 1;
        if (segment.sizeBytes() > 0 && first <= last) {
          assertThat(history.reason(first)).as(place).isEqualTo(step.reason());
          assertThat(history.reason(last)).as(place).isEqualTo(step.reason());
        }
      }
      at = step.endOffset();
    }
    assertThat(at).as(place).isEqualTo(plan.newLogStartOffset());
  }
}
