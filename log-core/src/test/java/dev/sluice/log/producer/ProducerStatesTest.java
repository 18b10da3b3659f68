package dev.sluice.log.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.log.StorageException;
import dev.sluice.log.StorageException.Code;
import dev.sluice.log.producer.KafkaBatches.Data;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ProducerStatesTest {

  private static final long NOW = 1_700_000_000_000L;

  private final ProducerStates states = new ProducerStates();
  private long endOffset = 100;

  @Test
  void batchesWithoutAProducerLeaveNoTrace() {
    write(new Data(-1, -1, -1, 3, false, NOW));

    assertThat(states.isEmpty()).isTrue();
  }

  @Test
  void anUnknownProducerMayBeginAnywhere() {
    assertThat(states.check(data(7, 4, 55))).isEqualTo(Admission.ACCEPTED);
  }

  @Test
  void aBatchMustFollowTheLastOne() {
    write(data(7, 0, 0));

    assertThat(states.check(data(7, 0, 2))).isEqualTo(Admission.ACCEPTED);
    assertRefused(
        () -> states.check(data(7, 0, 3)),
        Code.OUT_OF_ORDER_SEQUENCE,
        "A batch of producer 7, epoch 0, begins with sequence 3 where 2 is expected");
  }

  @Test
  void sequencesBeginAgainBehindTheLargest() {
    write(data(7, 0, Integer.MAX_VALUE));

    assertThat(states.check(data(7, 0, 1))).isEqualTo(Admission.ACCEPTED);
    assertThat(states.find(7).orElseThrow().lastSequence()).isZero();
  }

  @Test
  void anyOfTheLastFiveBatchesIsRecognisedWhenItComesAgain() {
    for (int i = 0; i < 6; i++) {
      write(data(7, 0, 2 * i));
    }

    for (int i = 1; i < 6; i++) {
      assertThat(states.check(data(7, 0, 2 * i)))
          .isEqualTo(new Admission.Duplicate(100 + 2L * i, 101 + 2L * i, NOW));
    }
    assertRefused(() -> states.check(data(7, 0, 0)), Code.OUT_OF_ORDER_SEQUENCE, "12 is expected");
  }

  @Test
  void aBatchThatOnlyOverlapsAnEarlierOneIsNoDuplicate() {
    write(data(7, 0, 0));

    assertRefused(
        () -> states.check(KafkaBatches.facts(new Data(7, 0, 0, 1, false, NOW).at(0))),
        Code.OUT_OF_ORDER_SEQUENCE,
        "begins with sequence 0 where 2 is expected");
  }

  @Test
  void aNewEpochBeginsWithSequenceZeroAndFencesTheOldOne() {
    write(data(7, 0, 0));

    assertRefused(
        () -> states.check(data(7, 1, 2)), Code.OUT_OF_ORDER_SEQUENCE, "where 0 is expected");
    write(data(7, 1, 0));
    assertRefused(
        () -> states.check(data(7, 0, 2)),
        Code.PRODUCER_FENCED,
        "Producer 7 comes with epoch 0, but epoch 1 has appended here already");
  }

  @Test
  void recordsOfAProducerNeedEpochAndSequence() {
    BatchFacts noEpoch = new BatchFacts(7, (short) -1, 0, 0, 0, NOW, false, false, null);
    BatchFacts noSequence = new BatchFacts(7, (short) 0, -1, 0, 0, NOW, false, false, null);

    assertRefused(() -> states.check(noEpoch), Code.INVALID_BATCH, "epoch -1 and sequence 0");
    assertRefused(() -> states.check(noSequence), Code.INVALID_BATCH, "epoch 0 and sequence -1");
  }

  @Test
  void aTransactionIsUndecidedUntilItsMarker() {
    write(transactional(7, 0));
    write(transactional(8, 0));
    write(transactional(7, 2));

    assertThat(states.firstUndecidedOffset()).hasValue(100);
    assertThat(write(marker(7, 0, true, 0))).contains(new CompletedTransaction(7, 100, 106, true));
    assertThat(states.firstUndecidedOffset()).hasValue(102);
    assertThat(write(marker(8, 0, false, 0)))
        .contains(new CompletedTransaction(8, 102, 107, false));
    assertThat(states.firstUndecidedOffset()).isEqualTo(OptionalLong.empty());
  }

  @Test
  void aMarkerWithoutRecordsEndsNothing() {
    assertThat(write(marker(7, 3, true, 0))).isEmpty();

    assertRefused(() -> states.check(data(7, 2, 0)), Code.PRODUCER_FENCED, "epoch 3");
  }

  @Test
  void anOpenTransactionTakesNoOtherRecordsOfItsProducer() {
    write(transactional(7, 0));

    assertRefused(
        () -> states.check(data(7, 0, 2)),
        Code.INVALID_TRANSACTION_STATE,
        "Producer 7 has an open transaction since offset 100");
    assertThat(states.check(transactional(7, 2))).isEqualTo(Admission.ACCEPTED);
  }

  @Test
  void markersOfReplacedProducersAndCoordinatorsAreRefused() {
    write(transactional(7, 0));
    write(marker(7, 1, true, 5));

    assertRefused(
        () -> states.check(marker(7, 0, true, 5)), Code.PRODUCER_FENCED, "comes with epoch 0");
    assertRefused(
        () -> states.check(marker(7, 1, true, 4)),
        Code.PRODUCER_FENCED,
        "comes from coordinator epoch 4, but epoch 5");
    assertThat(states.check(marker(7, 1, true, 5))).isEqualTo(Admission.ACCEPTED);
  }

  @Test
  void whatACoordinatorWritesForAProducerIsCheckedWithoutItsSequence() {
    write(transactional(7, 0));
    write(transactional(7, 2));

    states.checkWithoutSequence(transactional(7, 0));
    assertRefused(
        () -> states.checkWithoutSequence(data(7, 0, 0)),
        Code.INVALID_TRANSACTION_STATE,
        "open transaction");
  }

  @Test
  void theLogIsBelievedWhateverItSays() {
    write(transactional(7, 10));
    write(data(7, 0, 3));

    assertThat(states.firstUndecidedOffset()).hasValue(100);
    assertThat(states.find(7).orElseThrow().lastSequence()).isEqualTo(4);
  }

  @Test
  void rollsBackToAMark() {
    write(transactional(7, 0));
    List<ProducerState> before = states.list();

    int mark = states.mark();
    write(transactional(7, 2));
    write(marker(7, 0, true, 0));
    write(transactional(8, 0));
    int expired = states.expire(NOW + 1_000_000, Duration.ofSeconds(1));
    states.rollBackTo(mark);
    states.forget();

    assertThat(expired).isEqualTo(1);
    assertThat(states.list()).isEqualTo(before);
    assertThat(states.firstUndecidedOffset()).hasValue(100);
  }

  @Test
  void marksNest() {
    int outer = states.mark();
    write(data(7, 0, 0));
    int inner = states.mark();
    write(data(7, 0, 2));

    states.rollBackTo(inner);
    assertThat(states.find(7).orElseThrow().lastSequence()).isEqualTo(1);
    states.rollBackTo(outer);
    assertThat(states.isEmpty()).isTrue();
  }

  @Test
  void aForgottenMarkKeepsEverything() {
    int mark = states.mark();
    write(data(7, 0, 0));
    states.forget();
    write(data(7, 0, 2));
    states.rollBackTo(mark);

    assertThat(states.find(7).orElseThrow().lastSequence()).isEqualTo(3);
  }

  @Test
  void idleProducersExpireUnlessTheyHaveATransaction() {
    var unused = states.apply(data(1, 0, 0), NOW);
    unused = states.apply(data(2, 0, 0), NOW + 1);
    unused = states.apply(transactional(3, 0), NOW);

    int expired = states.expire(NOW + 60_000, Duration.ofMinutes(1));

    assertThat(expired).isEqualTo(1);
    assertThat(states.list())
        .extracting(ProducerState::producerId)
        .containsExactlyInAnyOrder(2L, 3L);
  }

  @Test
  void aProducerOfOldRecordsIsNotIdle() {
    BatchFacts old = KafkaBatches.facts(new Data(7, 0, 0, 2, false, 1_000).at(0));
    var unused = states.apply(old, NOW);

    assertThat(states.expire(NOW + 59_999, Duration.ofMinutes(1))).isZero();
    assertThat(states.find(7).orElseThrow().lastTimestampMillis()).isEqualTo(1_000);
  }

  @Test
  void aRestoredProducerCountsAsHeardOfNow() {
    BatchFacts old = KafkaBatches.facts(new Data(7, 0, 0, 2, false, 1_000).at(0));
    var unused = states.apply(old, 1_000);
    List<ProducerState> snapshot = states.list();
    states.clear();

    states.restore(snapshot, NOW);

    assertThat(states.check(old)).isInstanceOf(Admission.Duplicate.class);
    assertThat(states.expire(NOW + 59_999, Duration.ofMinutes(1))).isZero();
    assertThat(states.expire(NOW + 60_000, Duration.ofMinutes(1))).isEqualTo(1);
    assertThat(states.isEmpty()).isTrue();
  }

  @Test
  void theLongestIdleMakesRoomForANewOne() {
    ProducerStates small = new ProducerStates(2);
    var unused = small.apply(transactional(1, 0), NOW);
    unused = small.apply(data(2, 0, 0), NOW + 1);
    unused = small.apply(data(3, 0, 0), NOW + 2);
    unused = small.apply(data(2, 0, 2), NOW + 3);

    unused = small.apply(data(4, 0, 0), NOW + 4);

    assertThat(small.list())
        .extracting(ProducerState::producerId)
        .containsExactlyInAnyOrder(1L, 2L, 4L);
  }

  @Test
  void openTransactionsAreKeptBeyondTheLimit() {
    ProducerStates small = new ProducerStates(1);
    var unused = small.apply(transactional(1, 0), NOW);
    unused = small.apply(transactional(2, 0), NOW);
    unused = small.apply(data(3, 0, 0), NOW);

    assertThat(small.list()).hasSize(3);
    unused = small.apply(marker(1, 0, false, 0), NOW + 1);
    unused = small.apply(data(4, 0, 0), NOW + 2);
    assertThat(small.list())
        .extracting(ProducerState::producerId)
        .containsExactlyInAnyOrder(2L, 4L);
  }

  private BatchFacts data(long producerId, int epoch, int sequence) {
    return KafkaBatches.facts(new Data(producerId, epoch, sequence, 2, false, NOW).at(0));
  }

  private BatchFacts transactional(long producerId, int sequence) {
    return KafkaBatches.facts(new Data(producerId, 0, sequence, 2, true, NOW).at(0));
  }

  private BatchFacts marker(long producerId, int epoch, boolean isAborted, int coordinatorEpoch) {
    return KafkaBatches.facts(
        KafkaBatches.marker(producerId, epoch, isAborted, coordinatorEpoch, 0, NOW));
  }

  private void write(Data data) {
    var unused = write(KafkaBatches.facts(data.at(0)));
  }

  private Optional<CompletedTransaction> write(BatchFacts facts) {
    BatchFacts moved = facts.movedTo(endOffset);
    endOffset = moved.lastOffset() + 1;
    return states.apply(moved, NOW);
  }

  private static void assertRefused(ThrowingCallable action, Code code, String message) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(StorageException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(message);
  }
}
