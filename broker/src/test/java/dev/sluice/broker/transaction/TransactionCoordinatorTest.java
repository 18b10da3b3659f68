package dev.sluice.broker.transaction;

import static org.apache.kafka.common.requests.TransactionResult.ABORT;
import static org.apache.kafka.common.requests.TransactionResult.COMMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.log.io.FaultyStorage;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.CoordinatorLoadInProgressException;
import org.apache.kafka.common.errors.CoordinatorNotAvailableException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.coordinator.transaction.TransactionState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TransactionCoordinatorTest {

  private static final TopicPartition A = new TopicPartition("a", 0);
  private static final TopicPartition B = new TopicPartition("b", 1);
  private static final TopicPartition OFFSETS = new TopicPartition("__consumer_offsets", 1);

  private TestCoordinator world = new TestCoordinator();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void nothingIsCreatedUntilATransactionalIdIsAskedFor() {
    assertThat(world.coordinator.newProducer().error()).isEqualTo(Errors.NONE);
    assertThat(world.coordinator.list()).isEmpty();
    assertThat(error(world.coordinator.end("x", new ProducerIdentity(1, (short) 0), COMMIT, true)))
        .isEqualTo(Errors.INVALID_PRODUCER_ID_MAPPING);
    assertThat(world.broker.topics().find(StatePartition.TOPIC)).isEmpty();
    ProducerIdentity unused = world.begin("x");
    assertThat(world.broker.topics().find(StatePartition.TOPIC)).isPresent();
  }

  @Test
  void noProducerIdIsGivenTwiceInAnyLife() {
    Set<Long> given = new HashSet<>();
    int count = 0;
    for (FaultyStorage.Loss loss : FaultyStorage.Loss.values()) {
      for (int i = 0; i < ProducerIds.BLOCK + 3; i++) {
        given.add(world.coordinator.newProducer().producer().id());
        count++;
      }
      world = world.crash(loss);
    }
    assertThat(given).hasSize(count);
    assertThat(given).allMatch(id -> id >= 0);
  }

  @Test
  void committedRecordsBecomeVisibleInAllPartitionsAndAbortedOnesNever() {
    topics();
    ProducerIdentity first = world.begin("x");
    assertThat(world.append("x", first, A, "a1")).isNotNull();
    assertThat(world.append("x", first, B, "b1")).isNotNull();
    assertThat(world.committed(A)).isEmpty();
    ProducerIdentity second = end("x", first, true);
    world.await("x", TransactionState.COMPLETE_COMMIT);
    assertThat(second).isEqualTo(first.next());
    assertThat(world.committed(A)).containsExactly("a1");
    assertThat(world.committed(B)).containsExactly("b1");

    assertThat(world.append("x", second, A, "a2")).isNotNull();
    ProducerIdentity third = end("x", second, false);
    world.await("x", TransactionState.COMPLETE_ABORT);
    assertThat(world.append("x", third, A, "a3")).isNotNull();
    end("x", third, true);
    world.await("x", TransactionState.COMPLETE_COMMIT);
    assertThat(world.committed(A)).containsExactly("a1", "a3");
    assertThat(world.isClosed(A)).isTrue();
    assertThat(world.isClosed(B)).isTrue();
  }

  @Test
  void anOlderClientKeepsItsEpoch() {
    topics();
    ProducerIdentity producer = world.begin("x");
    for (int i = 0; i < 3; i++) {
      TestCoordinator.success(world.coordinator.addPartitions("x", producer, Set.of(A), false));
      assertThat(world.append("x", producer, A, "v" + i)).isNotNull();
      TestCoordinator.success(world.coordinator.end("x", producer, COMMIT, false));
    }
    world.await("x", TransactionState.COMPLETE_COMMIT);
    assertThat(world.committed(A)).containsExactly("v0", "v1", "v2");
    assertThat(world.coordinator.describe("x").producer()).isEqualTo(producer);
  }

  @Test
  void aRepeatedEndIsRecognised() {
    topics();
    ProducerIdentity producer = world.begin("x");
    assertThat(world.append("x", producer, A, "v")).isNotNull();
    assertThat(end("x", producer, true)).isEqualTo(producer.next());
    assertThat(end("x", producer, true)).isEqualTo(producer.next());
    world = world.restart();
    world.awaitLoaded();
    assertThat(end("x", producer, true)).isEqualTo(producer.next());
    assertThat(error(world.coordinator.end("x", producer, ABORT, true)))
        .isEqualTo(Errors.INVALID_TXN_STATE);
  }

  @Test
  void aRepeatedBeginningIsRecognisedEvenAfterARestart() {
    ProducerIdentity first = world.begin("x");
    ProducerIdentity second = goOn(first);
    assertThat(second).isEqualTo(first.next());
    world = world.restart();
    world.awaitLoaded();
    assertThat(goOn(first)).isEqualTo(second);
    assertThat(world.begin("x")).isEqualTo(second.next());
    assertThat(error(initialize(first))).isEqualTo(Errors.PRODUCER_FENCED);
  }

  @Test
  void aSecondInstanceAbortsAndFencesTheFirst() {
    topics();
    ProducerIdentity first = world.begin("x");
    assertThat(world.append("x", first, A, "lost")).isNotNull();
    ProducerIdentity second = world.begin("x");
    assertThat(second.epoch()).isGreaterThan(first.epoch());
    assertThat(world.isClosed(A)).isTrue();
    assertThatThrownBy(() -> world.append("x", first, A, "zombie"))
        .isInstanceOf(InvalidProducerEpochException.class);
    assertThat(error(world.coordinator.end("x", first, COMMIT, true)))
        .isEqualTo(Errors.PRODUCER_FENCED);
    assertThat(world.append("x", second, A, "kept")).isNotNull();
    end("x", second, true);
    world.await("x", TransactionState.COMPLETE_COMMIT);
    assertThat(world.committed(A)).containsExactly("kept");
  }

  @Test
  void aTransactionThatIsOpenForTooLongIsAborted() {
    topics();
    ProducerIdentity producer = world.begin("x");
    assertThat(world.append("x", producer, A, "slow")).isNotNull();
    world.clock.advance(Duration.ofMillis(TestCoordinator.TIMEOUT_MILLIS));
    world.coordinator.tick();
    assertThat(world.coordinator.describe("x").state()).isEqualTo(TransactionState.ONGOING);
    world.clock.advance(Duration.ofMillis(1));
    world.coordinator.tick();
    world.await("x", TransactionState.COMPLETE_ABORT);
    assertThat(world.isClosed(A)).isTrue();
    assertThat(world.committed(A)).isEmpty();
    assertThatThrownBy(() -> world.append("x", producer, A, "later"))
        .isInstanceOf(InvalidProducerEpochException.class);
    assertThat(goOn(producer)).isEqualTo(producer.next());
  }

  @Test
  void timeRunsOnWhileTheBrokerIsDown() {
    topics();
    ProducerIdentity producer = world.begin("x");
    assertThat(world.append("x", producer, A, "slow")).isNotNull();
    world = world.crash(FaultyStorage.Loss.ALL);
    world.awaitLoaded();
    assertThat(world.coordinator.describe("x").state()).isEqualTo(TransactionState.ONGOING);
    world.clock.advance(Duration.ofMillis(TestCoordinator.TIMEOUT_MILLIS + 1));
    world.coordinator.tick();
    world.await("x", TransactionState.COMPLETE_ABORT);
    assertThat(world.isClosed(A)).isTrue();
  }

  @Test
  void anIdThatNobodyUsesIsForgotten() {
    ProducerIdentity first = world.begin("x");
    world.clock.advance(TransactionSettings.DEFAULT.idExpiration().minusMillis(1));
    ProducerIdentity unused = world.begin("y");
    world.coordinator.tick();
    assertThat(world.coordinator.list()).containsOnlyKeys("x", "y");
    world.clock.advance(Duration.ofMillis(1));
    world.coordinator.tick();
    awaitForgotten("x");
    assertThatThrownBy(() -> world.coordinator.describe("x"))
        .isInstanceOf(TransactionalIdNotFoundException.class);
    world = world.restart();
    world.awaitLoaded();
    assertThat(world.coordinator.list()).containsOnlyKeys("y");
    assertThat(world.begin("x").id()).isNotEqualTo(first.id());
  }

  @Test
  void oneTransactionalIdTooManyIsRefusedUntilOthersAreForgotten() {
    for (int i = 0; i < TestCoordinator.MAX_IDS; i++) {
      ProducerIdentity unused = world.begin("id" + i);
    }
    assertThat(initialize("another").error()).isEqualTo(Errors.POLICY_VIOLATION);
    assertThat(initialize("id0").error()).isEqualTo(Errors.NONE);
    world.clock.advance(TransactionSettings.DEFAULT.idExpiration());
    world.coordinator.tick();
    awaitForgotten("id1");
    assertThat(initialize("another").error()).isEqualTo(Errors.NONE);
  }

  @Test
  void aTransactionalIdHasALimitedLength() {
    assertThat(initialize("x".repeat(1024)).error()).isEqualTo(Errors.NONE);
    assertThat(initialize("x".repeat(1025)).error()).isEqualTo(Errors.POLICY_VIOLATION);
  }

  private Answer initialize(String id) {
    return world
        .coordinator
        .initialize(id, TestCoordinator.TIMEOUT_MILLIS, Optional.empty())
        .join();
  }

  @Test
  void whatWasDecidedIsFinishedAfterARestart() {
    topics();
    ProducerIdentity producer = world.begin("x");
    assertThat(world.append("x", producer, A, "a")).isNotNull();
    assertThat(world.append("x", producer, B, "b")).isNotNull();
    world.offline.add("b");
    end("x", producer, true);
    world = world.crash(FaultyStorage.Loss.ALL);
    world.awaitLoaded();
    world.await("x", TransactionState.COMPLETE_COMMIT);
    assertThat(world.committed(A)).containsExactly("a");
    assertThat(world.committed(B)).containsExactly("b");
  }

  @Test
  void aPartitionThatIsOfflineIsToldLaterAndTheNextTransactionWaitsForIt() {
    restartWith(Duration.ZERO);
    topics();
    ProducerIdentity producer = world.begin("x");
    assertThat(world.append("x", producer, A, "a")).isNotNull();
    assertThat(world.append("x", producer, B, "b")).isNotNull();
    world.offline.add("b");
    ProducerIdentity next = end("x", producer, true);
    assertThat(error(world.coordinator.addPartitions("x", next, Set.of(A), true)))
        .isEqualTo(Errors.CONCURRENT_TRANSACTIONS);
    assertThat(error(world.coordinator.end("x", producer, COMMIT, true)))
        .isEqualTo(Errors.CONCURRENT_TRANSACTIONS);
    world.offline.clear();
    retryUntil("x", TransactionState.COMPLETE_COMMIT);
    assertThat(world.committed(B)).containsExactly("b");
    assertThat(world.append("x", next, A, "next")).isNotNull();
  }

  @Test
  void aDeletedTopicHoldsNothingUp() {
    topics();
    ProducerIdentity producer = world.begin("x");
    assertThat(world.append("x", producer, A, "a")).isNotNull();
    assertThat(world.append("x", producer, B, "b")).isNotNull();
    assertThat(world.broker.topics().delete("b")).isNotNull();
    end("x", producer, true);
    world.await("x", TransactionState.COMPLETE_COMMIT);
    assertThat(world.committed(A)).containsExactly("a");
  }

  @Test
  void offsetsAreLeftToTheGroups() {
    world.createTopic("__consumer_offsets");
    ProducerIdentity producer = world.begin("x");
    TestCoordinator.success(world.coordinator.addPartitions("x", producer, Set.of(OFFSETS), true));
    world.offsetsFailure = new CoordinatorLoadInProgressException("not yet");
    end("x", producer, true);
    world.coordinator.tick();
    assertThat(world.coordinator.describe("x").state()).isEqualTo(TransactionState.PREPARE_COMMIT);
    world.offsetsFailure = null;
    retryUntil("x", TransactionState.COMPLETE_COMMIT);
    assertThat(world.offsetMarkers)
        .containsExactly("__consumer_offsets-1 " + producer.id() + " 1 COMMIT");
  }

  @Test
  void aStateThatCannotBeStoredIsNotTold() {
    topics();
    ProducerIdentity producer = world.begin("x");
    assertThat(world.append("x", producer, A, "a")).isNotNull();
    world.offline.add(StatePartition.TOPIC);
    assertThat(error(world.coordinator.end("x", producer, COMMIT, true)))
        .isEqualTo(Errors.COORDINATOR_NOT_AVAILABLE);
    assertThat(world.coordinator.describe("x").state()).isEqualTo(TransactionState.ONGOING);
    world.offline.clear();
    assertThat(end("x", producer, true)).isEqualTo(producer.next());
  }

  @Test
  void anIdThatCouldNotBeStoredIsNotKept() {
    ProducerIdentity unused = world.begin("y");
    world.offline.add(StatePartition.TOPIC);
    assertThat(error(world.coordinator.initialize("x", 1_000, Optional.empty())))
        .isEqualTo(Errors.COORDINATOR_NOT_AVAILABLE);
    assertThat(world.coordinator.find("x")).isEmpty();
    world.offline.clear();
    assertThat(world.begin("x").epoch()).isZero();
  }

  @Test
  void whatCannotBeReadIsNotGuessedAt() {
    topics();
    ProducerIdentity producer = world.begin("x");
    assertThat(world.append("x", producer, A, "a")).isNotNull();
    world.close();
    world =
        new TestCoordinator(world.storage, world.clock, TestCoordinator.LONG, StatePartition.TOPIC);
    world.awaitLoaded();
    assertThat(error(world.coordinator.end("x", producer, COMMIT, true)))
        .isEqualTo(Errors.COORDINATOR_NOT_AVAILABLE);
    assertThatThrownBy(() -> world.coordinator.list())
        .isInstanceOf(CoordinatorNotAvailableException.class);
    assertThatThrownBy(() -> world.append("x", producer, A, "b"))
        .isInstanceOf(CoordinatorNotAvailableException.class);
    world.offline.clear();
    world.coordinator.tick();
    assertThat(end("x", producer, true)).isEqualTo(producer.next());
  }

  @Test
  void theGateKnowsWhatBelongs() {
    topics();
    ProducerIdentity producer = world.begin("x");
    TransactionGate gate = world.coordinator.gate();
    assertThatThrownBy(() -> gate.admit("x", producer.id(), producer.epoch(), Set.of(A), false))
        .isInstanceOf(TransactionAbortableException.class);
    gate.admit("x", producer.id(), producer.epoch(), Set.of(A), true);
    gate.admit("x", producer.id(), producer.epoch(), Set.of(A), false);
    assertThat(world.coordinator.describe("x").partitions()).containsExactly(A);
    assertThatThrownBy(() -> gate.admit("x", producer.id(), (short) 9, Set.of(A), true))
        .isInstanceOf(InvalidProducerEpochException.class);
    assertThatThrownBy(() -> gate.admit("x", 99, producer.epoch(), Set.of(A), true))
        .isInstanceOf(InvalidPidMappingException.class);
    assertThatThrownBy(() -> gate.admit("z", producer.id(), (short) 0, Set.of(A), true))
        .isInstanceOf(InvalidPidMappingException.class);
    end("x", producer, true);
    assertThatThrownBy(() -> gate.admit("x", producer.id(), producer.epoch(), Set.of(A), true))
        .isInstanceOf(InvalidProducerEpochException.class);
  }

  @Test
  void anAdmittedAppendComesBeforeTheMarker() {
    topics();
    ProducerIdentity producer = world.begin("x");
    TestCoordinator.success(world.coordinator.addPartitions("x", producer, Set.of(A), false));
    try (TransactionGate.Pass unused =
        world.coordinator.gate().enter("x", producer.id(), producer.epoch(), Set.of(A), false)) {
      TestCoordinator.success(world.coordinator.end("x", producer, COMMIT, false));
      assertThat(world.coordinator.describe("x").state())
          .isEqualTo(TransactionState.PREPARE_COMMIT);
      assertThat(world.broker.partition("a", 0).highWatermark()).isZero();
      assertThat(world.appendUnasked(producer, A, "just in time").join().baseOffset()).isZero();
    }
    world.await("x", TransactionState.COMPLETE_COMMIT);
    assertThat(world.committed(A)).containsExactly("just in time");
    assertThat(world.isClosed(A)).isTrue();
  }

  @Test
  void impossibleRequestsAreRefused() {
    assertThat(error(world.coordinator.initialize("", 1, Optional.empty())))
        .isEqualTo(Errors.INVALID_REQUEST);
    assertThat(error(world.coordinator.initialize("x", 0, Optional.empty())))
        .isEqualTo(Errors.INVALID_TRANSACTION_TIMEOUT);
    assertThat(error(world.coordinator.initialize("x", 15 * 60_000 + 1, Optional.empty())))
        .isEqualTo(Errors.INVALID_TRANSACTION_TIMEOUT);
    assertThat(world.broker.topics().find(StatePartition.TOPIC)).isEmpty();
  }

  @Test
  void peopleCanEndATransactionThatNobodyKnows() {
    topics();
    ProducerIdentity stranger = new ProducerIdentity(77, (short) 3);
    assertThat(world.appendUnasked(stranger, A, "hangs").join()).isNotNull();
    assertThat(world.isClosed(A)).isFalse();
    assertThat(world.coordinator.writeMarker(A, stranger, 5, ABORT).join()).isNotNull();
    assertThat(world.isClosed(A)).isTrue();
    assertThat(world.broker.partition("a", 0).transactions().producers().getFirst())
        .satisfies(known -> assertThat(known.coordinatorEpoch()).isZero());
  }

  private void topics() {
    world.createTopic("a");
    world.createTopic("b");
  }

  private void restartWith(Duration patience) {
    world.close();
    world = new TestCoordinator(patience);
  }

  private ProducerIdentity end(String id, ProducerIdentity producer, boolean isCommit) {
    return TestCoordinator.success(
            world.coordinator.end(id, producer, isCommit ? COMMIT : ABORT, true))
        .producer();
  }

  private CompletableFuture<Answer> initialize(ProducerIdentity expected) {
    return world.coordinator.initialize("x", TestCoordinator.TIMEOUT_MILLIS, Optional.of(expected));
  }

  private ProducerIdentity goOn(ProducerIdentity expected) {
    return TestCoordinator.success(initialize(expected)).producer();
  }

  private CompletableFuture<Void> nextChange(String id) {
    CoordinatedId found = world.coordinator.find(id).orElse(null);
    CoordinatedId.Turn turn =
        found == null
            ? null
            : found.take(new TransactionEvent.Expire(Long.MIN_VALUE), world.clock.millis());
    return turn == null ? CompletableFuture.completedFuture(null) : turn.nextChange();
  }

  private void awaitForgotten(String id) {
    CompletableFuture<Void> change = nextChange(id);
    while (world.coordinator.find(id).map(CoordinatedId::durable).isPresent()) {
      change.copy().orTimeout(TestCoordinator.LONG.toSeconds(), TimeUnit.SECONDS).join();
      change = nextChange(id);
    }
  }

  /** What has failed is tried again with each tick; when it has failed for now nobody tells. */
  private void retryUntil(String id, TransactionState state) {
    long deadline = System.nanoTime() + TestCoordinator.LONG.toNanos();
    while (world.coordinator.describe(id).state() != state && System.nanoTime() < deadline) {
      CompletableFuture<Void> change = nextChange(id).copy();
      world.coordinator.tick();
      Void unused = change.completeOnTimeout(null, 20, TimeUnit.MILLISECONDS).join();
    }
    assertThat(world.coordinator.describe(id).state()).isEqualTo(state);
  }

  private static Errors error(CompletableFuture<Answer> answer) {
    return answer.join().error();
  }
}
