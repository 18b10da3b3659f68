package dev.sluice.log.partition;

import static dev.sluice.log.partition.TestLog.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.log.DeletionReason;
import dev.sluice.log.LogMetrics;
import dev.sluice.log.StorageException;
import dev.sluice.log.StorageException.Code;
import dev.sluice.log.retention.Retention;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConsumedRetentionTest {

  private static final Retention CONSUMED = new Retention(null, null, true);

  /** A call of {@link LogMetrics#deleted}. */
  private record Told(DeletionReason reason, long records, int segments) {}

  private final List<Told> told = new ArrayList<>();
  private final TestLog test =
      new TestLog(
          new LogMetrics() {
            @Override
            public void deleted(
                String partition, DeletionReason reason, long records, int segments, long bytes) {
              assertThat(bytes > 0).isEqualTo(segments > 0);
              told.add(new Told(reason, records, segments));
            }
          });

  @AfterEach
  void close() {
    test.close();
  }

  @Test
  void theLogStartFollowsWhatWasConsumedAndWholeSegmentsAreFreed() {
    PartitionLog log = open(CONSUMED);
    test.appendMany(log, 25); // Nine records a segment.

    log.retain(OptionalLong.of(13));

    assertThat(log.logStartOffset()).isEqualTo(13);
    assertThat(values(log)).hasSize(12);
    assertThat(test.storage.bytes(TestLog.segment(9, ".log"))).isNotEmpty();
    assertThatThrownBy(() -> test.storage.bytes(TestLog.segment(0, ".log"))).isNotNull();
    assertThat(told).containsExactly(new Told(DeletionReason.CONSUMED, 13, 1));
    assertThatThrownBy(() -> log.read(12, 100))
        .isInstanceOfSatisfying(
            StorageException.class, e -> assertThat(e.code()).isEqualTo(Code.OFFSET_OUT_OF_RANGE));

    log.close();
    assertThat(test.open().logStartOffset()).as("after a restart").isEqualTo(13);
  }

  @Test
  void nothingGoesWithoutAGroupOrBeyondTheEnd() {
    PartitionLog log = open(CONSUMED);
    test.appendMany(log, 5);

    log.retain(OptionalLong.empty());
    assertThat(log.logStartOffset()).isZero();
    log.retain(OptionalLong.of(500));
    assertThat(log.logStartOffset()).isEqualTo(5);
    assertThat(test.append(log, "next").join().baseOffset()).isEqualTo(5);
    assertThat(values(log)).containsExactly("next");
  }

  @Test
  void spaceIsFreedThoughNothingIsAppendedAnyMore() {
    PartitionLog log = open(CONSUMED);
    test.appendMany(log, 5);
    log.retain(OptionalLong.of(5));
    assertThat(log.sizeBytes()).as("of the active segment, which is young").isPositive();

    test.clock.advance(Duration.ofHours(1));
    log.retain(OptionalLong.of(5));

    assertThat(log.sizeBytes()).isZero();
    assertThat(told)
        .containsExactly(
            new Told(DeletionReason.CONSUMED, 5, 0), new Told(DeletionReason.CONSUMED, 0, 1));
    assertThat(test.append(log, "next").join().baseOffset()).isEqualTo(5);
  }

  @Test
  void anUpperBoundInTimeTakesWhatNobodyReads() {
    PartitionLog log = open(new Retention(Duration.ofDays(2), null, true));
    test.appendMany(log, 12);
    test.clock.advance(Duration.ofDays(3));
    test.appendMany(log, 3);

    log.retain(OptionalLong.of(2));

    assertThat(log.logStartOffset()).isEqualTo(12);
    assertThat(told)
        .containsExactly(
            new Told(DeletionReason.CONSUMED, 2, 0), new Told(DeletionReason.TIME, 10, 2));
  }

  @Test
  void aRequestIsToldAsSuch() {
    PartitionLog log = open(CONSUMED);
    test.appendMany(log, 12);
    log.deleteBefore(10);
    assertThat(told).containsExactly(new Told(DeletionReason.REQUEST, 10, 1));
    log.deleteBefore(10);
    assertThat(told).hasSize(1);
  }

  @Test
  void segmentsAreSmallAndYoungWhereRecordsGoOnceConsumed() {
    PartitionSettings kept = PartitionSettings.DEFAULT;
    PartitionSettings consumed = kept.withRetention(CONSUMED);
    assertThat(kept.effectiveSegmentBytes()).isEqualTo(512L << 20);
    assertThat(consumed.effectiveSegmentBytes()).isEqualTo(64L << 20);
    assertThat(consumed.effectiveSegmentAgeMillis()).isEqualTo(Duration.ofHours(1).toMillis());
    PartitionSettings smaller = consumed.withSegments(1 << 20, Duration.ofMinutes(5));
    assertThat(smaller.effectiveSegmentBytes()).isEqualTo(1 << 20);
    assertThat(smaller.effectiveSegmentAgeMillis()).isEqualTo(Duration.ofMinutes(5).toMillis());
    PartitionSettings all = kept.withRetention(new Retention(Duration.ofMinutes(1), 100L, true));
    assertThat(all.effectiveSegmentBytes()).isEqualTo(64 * 1024);
    assertThat(all.effectiveSegmentAgeMillis()).isEqualTo(Duration.ofMinutes(1).toMillis());
  }

  private PartitionLog open(Retention retention) {
    test.settings = test.settings.withRetention(retention);
    return test.open();
  }
}
