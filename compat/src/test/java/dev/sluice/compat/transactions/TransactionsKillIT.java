package dev.sluice.compat.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.compat.KillableBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.coordinator.transaction.TransactionState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Several producers run transactions over many partitions and a group's offset, and the broker is
 * killed: at random moments, and right when a commit has been acknowledged, before its markers are
 * written. Each transaction is there as a whole or not at all, and as its producer was told. {@code
 * -Dlong=true} makes many rounds.
 */
class TransactionsKillIT {

  private static final long SEED = Long.getLong("seed", 20_261_121L);
  private static final int ROUNDS = Boolean.getBoolean("long") ? 20 : 2;
  private static final int WRITERS = 6;

  /** Many, so that writing the markers takes as long as anything else a broker may die in. */
  private static final int PARTITIONS = 12;

  private static final int COMMITS_BETWEEN = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path directory;

  private final Random random = new Random(SEED);
  private final List<TopicPartition> partitions = new ArrayList<>();
  private final AtomicBoolean killsAtNextCommit = new AtomicBoolean();
  private final Map<TransactionState, Integer> atDeath = new EnumMap<>(TransactionState.class);

  @Test
  void transactionsAreWholeOrNotThereHoweverOftenTheBrokerIsKilled() throws Exception {
    try (KillableBroker broker = KillableBroker.start(directory)) {
      createTopics(broker.bootstrap());
      List<LedgerWriter> writers = new ArrayList<>();
      List<Thread> threads = new ArrayList<>();
      for (int id = 0; id < WRITERS; id++) {
        LedgerWriter writer =
            new LedgerWriter(
                broker.bootstrap(), id, partitions, SEED, () -> killIfItIsTime(broker));
        writers.add(writer);
        threads.add(Thread.ofPlatform().start(writer));
      }
      try {
        for (int round = 0; round < ROUNDS; round++) {
          awaitCommits(writers);
          kill(broker, round);
          StatesAtDeath.read(broker.data()).forEach(state -> atDeath.merge(state, 1, Integer::sum));
          broker.restart();
        }
        awaitCommits(writers);
      } finally {
        writers.forEach(LedgerWriter::stop);
        for (Thread thread : threads) {
          assertThat(thread.join(PATIENCE)).as("a writer ends").isTrue();
        }
      }
      finishWhatIsOpen(broker.bootstrap());
      check(Ledger.read(broker.bootstrap(), partitions), writers);
      print(writers);
    }
  }

  private void createTopics(String bootstrap) throws ExecutionException, InterruptedException {
    List<NewTopic> topics = new ArrayList<>();
    topics.add(new NewTopic("input", WRITERS, (short) 1));
    for (String topic : List.of("debits", "credits")) {
      topics.add(new NewTopic(topic, PARTITIONS, (short) 1));
      for (int i = 0; i < PARTITIONS; i++) {
        partitions.add(new TopicPartition(topic, i));
      }
    }
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      Void unused = admin.createTopics(topics).all().get();
    }
  }

  /** Every second time at the very moment when a producer hears that its commit will be. */
  private void kill(KillableBroker broker, int round) throws InterruptedException {
    if (round % 2 == 0) {
      TimeUnit.MILLISECONDS.sleep(random.nextInt(300));
      broker.kill();
      return;
    }
    killsAtNextCommit.set(true);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (broker.isAlive()) {
      assertThat(System.nanoTime()).as("somebody commits").isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  private boolean killIfItIsTime(KillableBroker broker) {
    boolean isTime = killsAtNextCommit.compareAndSet(true, false);
    if (isTime) {
      try {
        broker.kill();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    return isTime;
  }

  private static void awaitCommits(List<LedgerWriter> writers) throws InterruptedException {
    Map<LedgerWriter, Integer> before = new HashMap<>();
    writers.forEach(writer -> before.put(writer, writer.kept().size()));
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (LedgerWriter writer : writers) {
      while (writer.kept().size() < before.getOrDefault(writer, 0) + COMMITS_BETWEEN) {
        assertThat(System.nanoTime())
            .as("writer %s commits; failures %s", writer.id(), writer.unknown())
            .isLessThan(deadline);
        TimeUnit.MILLISECONDS.sleep(5);
      }
    }
  }

  /** What the producers have left behind at their end, as their successors would. */
  private static void finishWhatIsOpen(String bootstrap)
      throws ExecutionException, InterruptedException {
    List<String> ids = new ArrayList<>();
    for (int id = 0; id < WRITERS; id++) {
      ids.add("writer-" + id);
    }
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      Void unused = admin.fenceProducers(ids).all().get();
    }
  }

  private void check(Ledger ledger, List<LedgerWriter> writers) {
    Map<TopicPartition, Integer> once = new HashMap<>();
    partitions.forEach(partition -> once.put(partition, 1));
    for (LedgerWriter writer : writers) {
      Map<Integer, Map<TopicPartition, Integer>> there = ledger.of(writer.id());
      assertThat(there.keySet()).as("acknowledged commits").containsAll(writer.kept());
      assertThat(there.keySet())
          .as("never committed")
          .doesNotContainAnyElementsOf(writer.givenUp());
      assertThat(there)
          .allSatisfy(
              (number, places) ->
                  assertThat(places)
                      .as("transaction %s of writer %s", number, writer.id())
                      .isEqualTo(once));
      assertThat(ledger.offset(writer.id()))
          .as("the offset that the last transaction of writer %s committed", writer.id())
          .isEqualTo(ledger.last(writer.id()) + 1L);
    }
  }

  private void print(List<LedgerWriter> writers) {
    System.out.printf(
        "kill -9, transactions: seed=%d, rounds=%d, committed=%d, given up=%d, failed=%d, in parts=0,"
            + " states at death=%s%n",
        SEED,
        ROUNDS,
        writers.stream().mapToInt(writer -> writer.kept().size()).sum(),
        writers.stream().mapToInt(writer -> writer.givenUp().size()).sum(),
        writers.stream().mapToInt(writer -> writer.unknown().size()).sum(),
        atDeath);
  }
}
