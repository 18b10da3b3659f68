package dev.sluice.broker.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.topic.TopicException;
import dev.sluice.log.StorageException;
import dev.sluice.log.io.FaultyStorage;
import dev.sluice.log.io.FaultyStorage.Loss;
import dev.sluice.log.partition.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.ConcurrentTransactionsException;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.TransactionResult;
import org.apache.kafka.coordinator.transaction.TransactionState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Crashes at every call that changes the disk, in turn, during a life of transactions over two
 * partitions, by a client of each generation; then once more during recovery. Afterwards: what was
 * promised to a client is so, in all partitions alike; no transaction is visible in part; none is
 * open; no producer id was given twice; and the transactional ids can be used.
 */
class TransactionCrashTest {

  private static final Duration PATIENCE = Duration.ofMillis(20);
  private static final TopicPartition A = new TopicPartition("a", 0);
  private static final TopicPartition B = new TopicPartition("b", 1);

  /** Crash points are many; each kind of loss takes its share of them. */
  private static final int STRIDE = Boolean.getBoolean("long") ? 1 : 8;

  private static final Logger LOGS = Logger.getLogger("dev.sluice");

  @BeforeAll
  static void hush() {
    LOGS.setLevel(Level.OFF); // Each crash makes the log say so, many times.
  }

  @AfterAll
  static void speak() {
    LOGS.setLevel(null);
  }

  /** What all lives of one data directory have seen. */
  private static final class History {
    final Map<String, TransactionResult> promised = new HashMap<>();
    final Set<String> begun = new HashSet<>();
    final List<Long> ids = new ArrayList<>();
  }

  /** The process died under the client's hands. */
  private static final class Died extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Died(String why) {
      super(why);
    }
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void transactionsAreAllOrNothingWhereverItCrashes(Loss loss) {
    int crashes = 0;
    for (int crashAt = 1 + loss.ordinal() % STRIDE; ; crashAt += STRIDE) {
      try {
        if (!crashOnce(crashAt, loss)) {
          break;
        }
      } catch (AssertionError | RuntimeException failure) {
        throw new AssertionError("Crash at " + crashAt + ", loss " + loss, failure);
      }
      crashes++;
    }
    System.out.println(loss + ": " + crashes + " crashes");
    assertThat(crashes).isGreaterThan(10);
  }

  /** False if all was done before the crash was due. */
  private static boolean crashOnce(int crashAt, Loss loss) {
    FaultyStorage storage = new FaultyStorage(crashAt);
    ManualClock clock = new ManualClock();
    History history = new History();
    storage.crashAfter(crashAt, loss);
    live(storage, clock, history, "first");
    boolean hasCrashed = storage.isCrashed();
    storage.restart(loss);
    storage.crashAfter(1 + crashAt % 29, loss);
    live(storage, clock, history, "second");
    storage.restart(loss);
    check(storage, clock, history);
    return hasCrashed;
  }

  private static void live(FaultyStorage storage, ManualClock clock, History history, String life) {
    try (TestCoordinator world = new TestCoordinator(storage, clock, PATIENCE)) {
      world.createTopic("a");
      world.createTopic("b");
      world.awaitLoaded();
      work(world, history, "new " + life, true);
      work(world, history, "old " + life, false);
    } catch (Died
        | StorageException
        | TopicException
        | ApiException
        | CompletionException failure) {
      assertThat(storage.isCrashed()).as(failure.toString()).isTrue();
    }
  }

  private static void work(
      TestCoordinator world, History history, String name, boolean endsEpochs) {
    String id = endsEpochs ? "new" : "old";
    history.ids.add(world.coordinator.newProducer().producer().id());
    ProducerIdentity me =
        ask(
                world,
                () ->
                    world.coordinator.initialize(
                        id, TestCoordinator.TIMEOUT_MILLIS, Optional.empty()))
            .producer();
    if (me.epoch() == 0) {
      history.ids.add(me.id());
    }
    for (int i = 0; i < 3; i++) {
      String label = name + " " + i;
      history.begun.add(label);
      append(world, id, me, A, label, endsEpochs);
      append(world, id, me, B, label, endsEpochs);
      TransactionResult result = i == 1 ? TransactionResult.ABORT : TransactionResult.COMMIT;
      ProducerIdentity ending = me;
      Answer ended = ask(world, () -> world.coordinator.end(id, ending, result, endsEpochs));
      history.promised.put(label, result);
      me = endsEpochs ? ended.producer() : me;
    }
  }

  private static void append(
      TestCoordinator world,
      String id,
      ProducerIdentity me,
      TopicPartition to,
      String label,
      boolean endsEpochs) {
    if (!endsEpochs) {
      Answer unused = ask(world, () -> world.coordinator.addPartitions(id, me, Set.of(to), false));
    }
    while (true) {
      try {
        assertThat(world.append(id, me, to, label)).isNotNull();
        return;
      } catch (ConcurrentTransactionsException ending) {
        dieIfCrashed(world, ending.toString());
      }
    }
  }

  /** As clients do: what is in the way of another transaction comes again. */
  private static Answer ask(TestCoordinator world, Supplier<CompletableFuture<Answer>> request) {
    while (true) {
      Answer answer = request.get().orTimeout(30, TimeUnit.SECONDS).join();
      if (answer.error() == Errors.NONE) {
        return answer;
      }
      dieIfCrashed(world, answer.toString());
      assertThat(answer.error()).isEqualTo(Errors.CONCURRENT_TRANSACTIONS);
    }
  }

  private static void dieIfCrashed(TestCoordinator world, String why) {
    if (world.storage.isCrashed()) {
      throw new Died(why);
    }
  }

  private static void check(FaultyStorage storage, ManualClock clock, History history) {
    assertThat(history.ids).as("ID-ONCE").doesNotHaveDuplicates();
    try (TestCoordinator world = new TestCoordinator(storage, clock, TestCoordinator.LONG)) {
      world.awaitLoaded();
      clock.advance(Duration.ofMillis(TestCoordinator.TIMEOUT_MILLIS + 1));
      world.coordinator.tick();
      for (String id : world.coordinator.list().keySet()) {
        rest(world, id);
      }
      if (world.broker.topics().find("b").isEmpty()) {
        return;
      }
      List<String> a = world.committed(A);
      List<String> b = world.committed(B);
      assertThat(a).containsExactlyElementsOf(b);
      assertThat(a).doesNotHaveDuplicates().isSubsetOf(history.begun);
      history.promised.forEach(
          (label, result) ->
              assertThat(a.contains(label))
                  .as(label)
                  .isEqualTo(result == TransactionResult.COMMIT));
      assertThat(world.isClosed(A)).isTrue();
      assertThat(world.isClosed(B)).isTrue();
      work(world, history, "new last", true);
      work(world, history, "old last", false);
    }
  }

  private static void rest(TestCoordinator world, String id) {
    switch (world.coordinator.describe(id).state()) {
      case PREPARE_COMMIT -> world.await(id, TransactionState.COMPLETE_COMMIT);
      case ONGOING, PREPARE_ABORT -> world.await(id, TransactionState.COMPLETE_ABORT);
      case EMPTY, COMPLETE_COMMIT, COMPLETE_ABORT -> {}
      case DEAD, PREPARE_EPOCH_FENCE -> throw new AssertionError(id);
    }
  }
}
