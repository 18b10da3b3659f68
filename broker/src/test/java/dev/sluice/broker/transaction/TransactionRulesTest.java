package dev.sluice.broker.transaction;

import static org.apache.kafka.common.requests.TransactionResult.ABORT;
import static org.apache.kafka.common.requests.TransactionResult.COMMIT;
import static org.apache.kafka.coordinator.transaction.TransactionState.COMPLETE_ABORT;
import static org.apache.kafka.coordinator.transaction.TransactionState.COMPLETE_COMMIT;
import static org.apache.kafka.coordinator.transaction.TransactionState.EMPTY;
import static org.apache.kafka.coordinator.transaction.TransactionState.ONGOING;
import static org.apache.kafka.coordinator.transaction.TransactionState.PREPARE_ABORT;
import static org.apache.kafka.coordinator.transaction.TransactionState.PREPARE_COMMIT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.transaction.TransactionEvent.AddPartitions;
import dev.sluice.broker.transaction.TransactionEvent.End;
import dev.sluice.broker.transaction.TransactionEvent.Expire;
import dev.sluice.broker.transaction.TransactionEvent.Initialize;
import dev.sluice.broker.transaction.TransactionEvent.MarkersWritten;
import dev.sluice.broker.transaction.TransactionEvent.Request;
import dev.sluice.broker.transaction.TransactionEvent.TimeOut;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.TransactionResult;
import org.apache.kafka.coordinator.transaction.TransactionState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The transitions of a transactional id, one by one, as Kafka's coordinator has them. */
class TransactionRulesTest {

  private static final long NOW = 10_000;
  private static final long ID = 7;
  private static final long NEW_ID = 1_000;
  private static final short EPOCH = 5;
  private static final short MAX = Short.MAX_VALUE;
  private static final int TIMEOUT = 60_000;
  private static final TopicPartition A = new TopicPartition("a", 0);
  private static final TopicPartition B = new TopicPartition("b", 3);

  @Nested
  class WhoBegins {

    @Test
    void aNewIdGetsANewProducerWithEpochZero() {
      assertThat(TransactionRules.decide(null, init(null), NOW))
          .isEqualTo(new Decision.NeedsProducerId());
      Transaction created = changed(null, init(null).withNewProducerId(NEW_ID));
      assertThat(created.state()).isEqualTo(EMPTY);
      assertThat(created.producer()).isEqualTo(producer(NEW_ID, 0));
      assertThat(created.timeoutMillis()).isEqualTo(TIMEOUT);
    }

    @Test
    void aNewIdOfAProducerThatWasForgottenGetsANewProducerToo() {
      Request init = init(producer(3, 2)).withNewProducerId(NEW_ID);
      assertThat(changed(null, init).producer()).isEqualTo(producer(NEW_ID, 0));
    }

    @ParameterizedTest
    @EnumSource(names = {"EMPTY", "COMPLETE_COMMIT", "COMPLETE_ABORT"})
    void aKnownIdGetsTheNextEpoch(TransactionState state) {
      Transaction known = known(state, ID, EPOCH);
      Transaction next = changed(known, init(null));
      assertThat(next.state()).isEqualTo(EMPTY);
      assertThat(next.producer()).isEqualTo(producer(ID, EPOCH + 1));
      assertThat(next.lastEpoch()).isEqualTo(ProducerIdentity.NO_EPOCH);
      assertThat(next.partitions()).isEmpty();
      assertThat(next.startedMillis()).isEqualTo(-1);
      assertThat(answerOf(known, init(null))).isEqualTo(Answer.of(producer(ID, EPOCH + 1)));
    }

    @Test
    void anOpenTransactionIsAbortedAndFencedAndTheClientComesAgain() {
      Transaction known = known(ONGOING, ID, EPOCH);
      Transaction next = changed(known, init(null));
      assertThat(next.state()).isEqualTo(PREPARE_ABORT);
      assertThat(next.producer()).isEqualTo(producer(ID, EPOCH + 1));
      assertThat(next.partitions()).isEqualTo(known.partitions());
      assertThat(errorOf(known, init(null))).isEqualTo(Errors.CONCURRENT_TRANSACTIONS);
    }

    @ParameterizedTest
    @EnumSource(names = {"PREPARE_COMMIT", "PREPARE_ABORT"})
    void aTransactionThatIsEndingIsWaitedFor(TransactionState state) {
      assertThat(errorOf(known(state, ID, EPOCH), init(null)))
          .isEqualTo(Errors.CONCURRENT_TRANSACTIONS);
    }

    @Test
    void whoSaysWhoItWasGoesOn() {
      Transaction next = changed(known(EMPTY, ID, EPOCH), init(producer(ID, EPOCH)));
      assertThat(next.producer()).isEqualTo(producer(ID, EPOCH + 1));
      assertThat(next.lastEpoch()).isEqualTo(EPOCH);
      Transaction again = changed(next, init(producer(ID, EPOCH)));
      assertThat(again.producer()).as("repeated").isEqualTo(producer(ID, EPOCH + 1));
      assertThat(again.lastEpoch()).isEqualTo(EPOCH);
    }

    @ParameterizedTest
    @CsvSource({"7, 4", "7, 6", "8, 5", "8, 32766"})
    void whoWasSomeoneElseIsFenced(long id, short epoch) {
      assertThat(errorOf(known(EMPTY, ID, EPOCH), init(new ProducerIdentity(id, epoch))))
          .isEqualTo(Errors.PRODUCER_FENCED);
    }

    @Test
    void whoWasFencedByANewInstanceStaysFenced() {
      Transaction next = changed(known(EMPTY, ID, EPOCH), init(null));
      assertThat(errorOf(next, init(producer(ID, EPOCH)))).isEqualTo(Errors.PRODUCER_FENCED);
    }

    @Test
    void theLastEpochIsFollowedByANewId() {
      Transaction known = known(COMPLETE_COMMIT, ID, MAX - 1);
      assertThat(TransactionRules.decide(known, init(null), NOW))
          .isEqualTo(new Decision.NeedsProducerId());
      Transaction next = changed(known, init(producer(ID, MAX - 1)).withNewProducerId(NEW_ID));
      assertThat(next.producer()).isEqualTo(producer(NEW_ID, 0));
      assertThat(next.previousProducerId()).isEqualTo(ID);
      Transaction again = changed(next, init(producer(ID, MAX - 1)));
      assertThat(again.producer()).as("repeated").isEqualTo(producer(NEW_ID, 0));
    }

    @Test
    void aProducerWhoseLastEpochWasFencedGoesOnWithANewId() {
      Transaction fenced = changed(known(ONGOING, ID, MAX - 1), new TimeOut(), NOW + TIMEOUT + 1);
      assertThat(fenced.producer()).isEqualTo(producer(ID, MAX));
      Transaction complete = changed(fenced, new MarkersWritten());
      assertThat(complete.producer()).isEqualTo(producer(ID, MAX));
      Request init = init(producer(ID, MAX - 1));
      assertThat(TransactionRules.decide(complete, init, NOW))
          .isEqualTo(new Decision.NeedsProducerId());
      assertThat(changed(complete, init.withNewProducerId(NEW_ID)).producer())
          .isEqualTo(producer(NEW_ID, 0));
    }

    @Test
    void aRepetitionAtTheLastEpochIsRecognised() {
      Transaction next = changed(known(EMPTY, ID, MAX - 2), init(producer(ID, MAX - 2)));
      assertThat(next.producer()).isEqualTo(producer(ID, MAX - 1));
      assertThat(changed(next, init(producer(ID, MAX - 2))).producer())
          .isEqualTo(producer(ID, MAX - 1));
    }
  }

  @Nested
  class WhatIsTouched {

    @ParameterizedTest
    @EnumSource(names = {"EMPTY", "COMPLETE_COMMIT", "COMPLETE_ABORT"})
    void theFirstPartitionBeginsATransaction(TransactionState state) {
      Transaction next = changed(known(state, ID, EPOCH), add(ID, EPOCH, A));
      assertThat(next.state()).isEqualTo(ONGOING);
      assertThat(next.partitions()).containsExactly(A);
      assertThat(next.startedMillis()).isEqualTo(NOW);
    }

    @Test
    void furtherPartitionsJoinIt() {
      Transaction known = known(ONGOING, ID, EPOCH);
      Transaction next = changed(known, add(ID, EPOCH, B), NOW + 5);
      assertThat(next.partitions()).containsExactlyInAnyOrder(A, B);
      assertThat(next.startedMillis()).isEqualTo(known.startedMillis());
    }

    @Test
    void whatBelongsAlreadyChangesNothing() {
      assertThat(TransactionRules.decide(known(ONGOING, ID, EPOCH), add(ID, EPOCH, A), NOW))
          .isEqualTo(new Decision.Reply(Answer.DONE));
    }

    @ParameterizedTest
    @CsvSource({
      "ONGOING, 8, 5, INVALID_PRODUCER_ID_MAPPING",
      "ONGOING, 7, 4, PRODUCER_FENCED",
      "ONGOING, 7, 6, PRODUCER_FENCED",
      "PREPARE_COMMIT, 7, 5, CONCURRENT_TRANSACTIONS",
      "PREPARE_ABORT, 7, 5, CONCURRENT_TRANSACTIONS",
      "PREPARE_ABORT, 8, 0, CONCURRENT_TRANSACTIONS"
    })
    void othersMayNot(TransactionState state, long id, int epoch, Errors expected) {
      assertThat(errorOf(known(state, ID, EPOCH), add(id, epoch, B))).isEqualTo(expected);
    }

    @Test
    void nobodyHasTheEpochThatIsLeftForFencing() {
      assertThat(errorOf(known(COMPLETE_ABORT, ID, MAX), add(ID, MAX, A)))
          .isEqualTo(Errors.PRODUCER_FENCED);
    }

    @Test
    void anUnknownIdHasNoTransaction() {
      assertThat(errorOf(null, add(ID, EPOCH, A))).isEqualTo(Errors.INVALID_PRODUCER_ID_MAPPING);
      assertThat(errorOf(null, end(ID, EPOCH, COMMIT, true)))
          .isEqualTo(Errors.INVALID_PRODUCER_ID_MAPPING);
    }

    @Test
    void verificationTellsWhatBelongs() {
      Transaction known = known(ONGOING, ID, EPOCH);
      assertThat(verify(known, ID, EPOCH, A)).isEqualTo(Errors.NONE);
      assertThat(verify(known, ID, EPOCH, B)).isEqualTo(Errors.TRANSACTION_ABORTABLE);
      assertThat(verify(known, ID, EPOCH - 1, A)).isEqualTo(Errors.PRODUCER_FENCED);
      assertThat(verify(known, ID + 1, EPOCH, A)).isEqualTo(Errors.INVALID_PRODUCER_ID_MAPPING);
      assertThat(verify(known(PREPARE_COMMIT, ID, EPOCH), ID, EPOCH, A))
          .isEqualTo(Errors.CONCURRENT_TRANSACTIONS);
      assertThat(verify(known(EMPTY, ID, EPOCH), ID, EPOCH, A))
          .isEqualTo(Errors.TRANSACTION_ABORTABLE);
    }

    private static Errors verify(Transaction known, long id, int epoch, TopicPartition partition) {
      return TransactionRules.verify(known, producer(id, epoch), Set.of(partition));
    }
  }

  /** Where an epoch lasts as long as its producer (KIP-98). */
  @Nested
  class HowItEnds {

    @Test
    void anOpenTransactionIsPreparedWithTheSameEpoch() {
      Transaction known = known(ONGOING, ID, EPOCH);
      Transaction next = changed(known, end(ID, EPOCH, COMMIT, false));
      assertThat(next.state()).isEqualTo(PREPARE_COMMIT);
      assertThat(next.producer()).isEqualTo(known.producer());
      assertThat(next.partitions()).isEqualTo(known.partitions());
      assertThat(answerOf(known, end(ID, EPOCH, COMMIT, false))).isEqualTo(Answer.DONE);
    }

    @ParameterizedTest
    @CsvSource({
      "EMPTY, COMMIT, INVALID_TXN_STATE",
      "EMPTY, ABORT, INVALID_TXN_STATE",
      "PREPARE_COMMIT, COMMIT, CONCURRENT_TRANSACTIONS",
      "PREPARE_COMMIT, ABORT, CONCURRENT_TRANSACTIONS",
      "PREPARE_ABORT, ABORT, CONCURRENT_TRANSACTIONS",
      "PREPARE_ABORT, COMMIT, CONCURRENT_TRANSACTIONS",
      "COMPLETE_COMMIT, COMMIT, NONE",
      "COMPLETE_COMMIT, ABORT, INVALID_TXN_STATE",
      "COMPLETE_ABORT, ABORT, NONE",
      "COMPLETE_ABORT, COMMIT, INVALID_TXN_STATE"
    })
    void otherStatesAnswerAtOnce(
        TransactionState state, TransactionResult result, Errors expected) {
      Decision decision =
          TransactionRules.decide(known(state, ID, EPOCH), end(ID, EPOCH, result, false), NOW);
      assertThat(decision).isEqualTo(Decision.refuse(expected));
    }

    @ParameterizedTest
    @CsvSource({
      "8, 5, INVALID_PRODUCER_ID_MAPPING",
      "7, 4, PRODUCER_FENCED",
      "7, 6, PRODUCER_FENCED"
    })
    void othersMayNot(long id, int epoch, Errors expected) {
      assertThat(errorOf(known(ONGOING, ID, EPOCH), end(id, epoch, COMMIT, false)))
          .isEqualTo(expected);
    }

    @Test
    void itIsCompleteOnceTheMarkersAreWritten() {
      Transaction committed = changed(known(PREPARE_COMMIT, ID, EPOCH), new MarkersWritten());
      assertThat(committed.state()).isEqualTo(COMPLETE_COMMIT);
      assertThat(committed.partitions()).isEmpty();
      assertThat(committed.producer()).isEqualTo(producer(ID, EPOCH));
      assertThat(changed(known(PREPARE_ABORT, ID, EPOCH), new MarkersWritten()).state())
          .isEqualTo(COMPLETE_ABORT);
    }
  }

  /** Where an epoch ends with its transaction (KIP-890, part 2). */
  @Nested
  class HowItEndsWithItsEpoch {

    @Test
    void anOpenTransactionIsPreparedWithTheNextEpoch() {
      Transaction known = endedWithItsEpoch(ONGOING, ID, EPOCH);
      Request end = end(ID, EPOCH, COMMIT, true);
      Transaction next = changed(known, end);
      assertThat(next.state()).isEqualTo(PREPARE_COMMIT);
      assertThat(next.producer()).isEqualTo(producer(ID, EPOCH + 1));
      assertThat(next.lastEpoch()).isEqualTo(EPOCH);
      assertThat(answerOf(known, end)).isEqualTo(Answer.of(producer(ID, EPOCH + 1)));
    }

    /** The epoch in the request is the present one, or the one before it: a repetition. */
    @ParameterizedTest
    @CsvSource({
      "EMPTY, ABORT, 5, PREPARE_ABORT",
      "EMPTY, COMMIT, 5, INVALID_TXN_STATE",
      "EMPTY, ABORT, 4, PRODUCER_FENCED",
      "EMPTY, COMMIT, 4, PRODUCER_FENCED",
      "ONGOING, COMMIT, 4, PRODUCER_FENCED",
      "ONGOING, ABORT, 6, PRODUCER_FENCED",
      "PREPARE_COMMIT, COMMIT, 4, CONCURRENT_TRANSACTIONS",
      "PREPARE_COMMIT, ABORT, 5, CONCURRENT_TRANSACTIONS",
      "PREPARE_ABORT, ABORT, 4, CONCURRENT_TRANSACTIONS",
      "PREPARE_ABORT, ABORT, 5, CONCURRENT_TRANSACTIONS",
      "COMPLETE_ABORT, ABORT, 4, NONE",
      "COMPLETE_ABORT, ABORT, 5, PREPARE_ABORT",
      "COMPLETE_ABORT, COMMIT, 4, INVALID_TXN_STATE",
      "COMPLETE_ABORT, COMMIT, 5, INVALID_TXN_STATE",
      "COMPLETE_COMMIT, ABORT, 4, INVALID_TXN_STATE",
      "COMPLETE_COMMIT, ABORT, 5, PREPARE_ABORT",
      "COMPLETE_COMMIT, COMMIT, 4, NONE",
      "COMPLETE_COMMIT, COMMIT, 5, INVALID_TXN_STATE",
      "COMPLETE_COMMIT, COMMIT, 3, PRODUCER_FENCED",
      "COMPLETE_COMMIT, COMMIT, 6, PRODUCER_FENCED"
    })
    void theEpochTellsARepetitionFromTheNextRequest(
        TransactionState state, TransactionResult result, int epoch, String expected) {
      Transaction known = endedWithItsEpoch(state, ID, EPOCH);
      Request end = end(ID, epoch, result, true);
      switch (TransactionRules.decide(known, end, NOW)) {
        case Decision.Reply reply -> {
          assertThat(reply.answer().error().name()).isEqualTo(expected);
          if (reply.answer().error() == Errors.NONE) {
            assertThat(reply.answer().producer()).isEqualTo(known.producer());
          }
        }
        case Decision.Change unused -> {
          Transaction next = changed(known, end);
          assertThat(next.state().name()).isEqualTo(expected);
          assertThat(next.producer()).isEqualTo(producer(ID, EPOCH + 1));
          assertThat(next.startedMillis()).isPositive();
        }
        case Decision.NeedsProducerId unused -> throw new AssertionError("No id is needed");
      }
    }

    @Test
    void whoWasFencedByAnOlderClientDoesNotTakeItsEpochOver() {
      Transaction known = known(COMPLETE_ABORT, ID, EPOCH);
      assertThat(errorOf(known, end(ID, EPOCH - 1, ABORT, true))).isEqualTo(Errors.PRODUCER_FENCED);
    }

    @Test
    void theLastEpochHandsOverToANewId() {
      Transaction known = endedWithItsEpoch(ONGOING, ID, MAX - 1);
      Request end = end(ID, MAX - 1, COMMIT, true);
      assertThat(TransactionRules.decide(known, end, NOW))
          .isEqualTo(new Decision.NeedsProducerId());
      end = end.withNewProducerId(NEW_ID);
      assertThat(answerOf(known, end)).isEqualTo(Answer.of(producer(NEW_ID, 0)));
      Transaction prepared = changed(known, end);
      assertThat(prepared.producer()).isEqualTo(producer(ID, MAX));
      assertThat(prepared.nextProducerId()).isEqualTo(NEW_ID);
      assertThat(errorOf(prepared, end)).isEqualTo(Errors.CONCURRENT_TRANSACTIONS);
      assertThat(errorOf(prepared, end(NEW_ID, 0, ABORT, true)))
          .isEqualTo(Errors.CONCURRENT_TRANSACTIONS);
      assertThat(errorOf(prepared, add(NEW_ID, 0, A))).isEqualTo(Errors.CONCURRENT_TRANSACTIONS);

      Transaction complete = changed(prepared, new MarkersWritten());
      assertThat(complete.producer()).isEqualTo(producer(NEW_ID, 0));
      assertThat(complete.nextProducerId()).isEqualTo(-1);
      assertThat(TransactionRules.decide(complete, end, NOW))
          .as("repeated by the old id")
          .isEqualTo(new Decision.Reply(Answer.of(producer(NEW_ID, 0))));
    }

    @Test
    void nobodyHasTheEpochThatIsLeftForFencing() {
      assertThat(errorOf(endedWithItsEpoch(COMPLETE_ABORT, ID, MAX), end(ID, MAX, ABORT, true)))
          .isEqualTo(Errors.PRODUCER_FENCED);
    }
  }

  @Nested
  class WhatTimeDoes {

    @Test
    void aTransactionThatIsOpenForTooLongIsAbortedAndFenced() {
      Transaction known = known(ONGOING, ID, EPOCH);
      long deadline = known.startedMillis() + TIMEOUT;
      assertThat(TransactionRules.decide(known, new TimeOut(), deadline))
          .isEqualTo(new Decision.Reply(Answer.DONE));
      Transaction next = changed(known, new TimeOut(), deadline + 1);
      assertThat(next.state()).isEqualTo(PREPARE_ABORT);
      assertThat(next.producer()).isEqualTo(producer(ID, EPOCH + 1));
    }

    @ParameterizedTest
    @EnumSource(
        value = TransactionState.class,
        names = {"EMPTY", "COMPLETE_COMMIT", "COMPLETE_ABORT", "PREPARE_COMMIT", "PREPARE_ABORT"})
    void whatIsNotOpenDoesNotTimeOut(TransactionState state) {
      assertThat(TransactionRules.decide(known(state, ID, EPOCH), new TimeOut(), Long.MAX_VALUE))
          .isEqualTo(new Decision.Reply(Answer.DONE));
    }

    @ParameterizedTest
    @CsvSource({
      "EMPTY, true",
      "COMPLETE_COMMIT, true",
      "COMPLETE_ABORT, true",
      "ONGOING, false",
      "PREPARE_COMMIT, false",
      "PREPARE_ABORT, false"
    })
    void onlyWhatIsAtRestIsForgotten(TransactionState state, boolean isForgotten) {
      Transaction known = known(state, ID, EPOCH);
      Decision decision = TransactionRules.decide(known, new Expire(known.updatedMillis()), NOW);
      assertThat(decision)
          .isEqualTo(
              isForgotten
                  ? new Decision.Change(null, Answer.DONE)
                  : new Decision.Reply(Answer.DONE));
      assertThat(TransactionRules.decide(known, new Expire(known.updatedMillis() - 1), NOW))
          .isEqualTo(new Decision.Reply(Answer.DONE));
    }
  }

  /** The last transaction was a client's of the first generation. */
  private static Transaction known(TransactionState state, long id, int epoch) {
    return known(state, id, epoch, Transaction.EPOCH_PER_PRODUCER);
  }

  /** The last transaction was a client's of the second generation. */
  private static Transaction endedWithItsEpoch(TransactionState state, long id, int epoch) {
    return known(state, id, epoch, Transaction.EPOCH_PER_TRANSACTION);
  }

  private static Transaction known(
      TransactionState state, long id, int epoch, short clientVersion) {
    boolean hasPartitions = state == ONGOING || state == PREPARE_COMMIT || state == PREPARE_ABORT;
    return new Transaction(
        state,
        producer(id, epoch),
        id,
        -1,
        (short) -1,
        TIMEOUT,
        hasPartitions ? Set.of(A) : Set.of(),
        state == EMPTY ? -1 : NOW - 100,
        NOW - 50,
        clientVersion);
  }

  private static ProducerIdentity producer(long id, int epoch) {
    return new ProducerIdentity(id, (short) epoch);
  }

  private static Request init(@Nullable ProducerIdentity expected) {
    return new Initialize(TIMEOUT, Optional.ofNullable(expected), ProducerIdentity.NO_ID);
  }

  private static Request add(long id, int epoch, TopicPartition partition) {
    return new AddPartitions(producer(id, epoch), Set.of(partition), (short) 2);
  }

  private static Request end(long id, int epoch, TransactionResult result, boolean endsEpoch) {
    return new End(producer(id, epoch), result, endsEpoch, ProducerIdentity.NO_ID);
  }

  private static Transaction changed(@Nullable Transaction known, Request request) {
    return changed(known, request, NOW);
  }

  private static Transaction changed(@Nullable Transaction known, Request request, long now) {
    Decision decision = TransactionRules.decide(known, request, now);
    if (decision instanceof Decision.Change change && change.next() != null) {
      return change.next();
    }
    throw new AssertionError("Not changed: " + decision);
  }

  private static Answer answerOf(@Nullable Transaction known, Request request) {
    return switch (TransactionRules.decide(known, request, NOW)) {
      case Decision.Change change -> change.onceStored();
      case Decision.Reply reply -> reply.answer();
      case Decision.NeedsProducerId unused -> throw new AssertionError("Needs a producer id");
    };
  }

  private static Errors errorOf(@Nullable Transaction known, Request request) {
    return answerOf(known, request).error();
  }
}
