package dev.sluice.gateway.connect;

import static dev.sluice.gateway.connect.Gateway.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.RejectedInput;
import dev.sluice.connector.SinkPartition;
import dev.sluice.connector.SourceBatch;
import dev.sluice.connector.SourceRecord;
import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.config.ErrorPolicy.Then;
import dev.sluice.gateway.config.TransformSpec;
import dev.sluice.gateway.connect.FaultyTransactions.Fate;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.TopicSettings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExactlyOnceTest {

  private static final ConnectorSpec SOURCE =
      Specs.exactlyOnce(Specs.source("in", "list", "letters"));
  private static final ConnectorSpec RULE =
      Specs.exactlyOnce(
          Specs.rule(
              "copy", "letters", "copies", new TransformSpec.Filter(null, Specs.jq("true"))));
  private static final ConnectorSpec SINK = Specs.exactlyOnce(Specs.sink("out", "list", "letters"));
  private static final TopicPartition LETTERS = new TopicPartition("letters", 0);

  private final Gateway gateway = new Gateway();

  @AfterEach
  void close() {
    gateway.close();
  }

  // --- Sources ---

  @Test
  void recordsDeadLettersAndPositionsAreStoredBeforeTheSourceHearsOfThem() {
    gateway.source.offer(
        new SourceBatch(
            List.of(SourceRecord.of(null, "a")),
            List.of(
                new RejectedInput(
                    "raw".getBytes(StandardCharsets.UTF_8),
                    ConnectorException.data("bad", "Bad.", null),
                    Map.of())),
            List.of()));
    gateway.apply(SOURCE);

    eventually(() -> gateway.source.acknowledged.equals(List.of("a")));
    assertThat(gateway.records.values("letters")).containsExactly("a");
    assertThat(gateway.records.values(Specs.DEAD_LETTERS)).containsExactly("raw");
    assertThat(gateway.runtime.sourcePositions("in")).hasSize(1);
  }

  @Test
  void aKillBeforeTheCommitLeavesNothingAndAfterItEverything() {
    for (int round = 0; round < 10; round++) {
      FaultyRecords dying = gateway.records;
      AtomicInteger commits = new AtomicInteger();
      int last = round % 3;
      gateway.transactions.beforeCommit =
          () -> {
            if (commits.getAndIncrement() == last) {
              dying.cut();
            }
          };
      gateway.source.offer("a" + round, "b" + round, "c" + round);
      gateway.apply(SOURCE);
      eventually(() -> commits.get() > last || everythingArrived());
      gateway.kill();
    }
    gateway.apply(SOURCE);

    eventually(this::everythingArrived);
    assertThat(gateway.records.values("letters")).doesNotHaveDuplicates().hasSize(30);
  }

  private boolean everythingArrived() {
    return gateway.records.values("letters").size() >= gateway.source.upstream.size();
  }

  @Test
  void aCommitWhoseAnswerIsLostIsNotCarriedOutTwice() {
    gateway.transactions.nextFate = Fate.COMMITTED_UNKNOWN;
    gateway.source.offer("a");
    gateway.apply(SOURCE);
    eventually(() -> gateway.source.started.get() == 2);

    gateway.source.offer("b");
    eventually(() -> gateway.source.acknowledged.contains("b"));
    assertThat(gateway.records.values("letters")).containsExactly("a", "b");
  }

  @Test
  void aCommitThatIsLostIsRepeated() {
    gateway.transactions.nextFate = Fate.LOST;
    gateway.source.offer("a", "b");
    gateway.apply(SOURCE);

    eventually(() -> gateway.source.acknowledged.contains("b"));
    assertThat(gateway.records.values("letters")).containsExactly("a", "b");
    assertThat(gateway.source.started).hasValue(2);
  }

  @Test
  void aTaskThatHangsCommitsNothingOnceItsSuccessorHasStarted() throws Exception {
    CountDownLatch hanging = new CountDownLatch(1);
    CountDownLatch freed = new CountDownLatch(1);
    gateway.transactions.beforeCommit =
        () -> {
          hanging.countDown();
          awaitUninterrupted(freed);
        };
    gateway.source.offer("a");
    gateway.apply(SOURCE);
    hanging.await();
    gateway.transactions.beforeCommit = () -> {};
    gateway.runtime.restart("in", false);
    // The successor has fenced the other, but waits for what it may have stored.
    eventually(() -> gateway.transactions.opened.get() == 2);
    freed.countDown();

    eventually(() -> gateway.source.acknowledged.contains("a"));
    assertThat(gateway.records.values("letters")).containsExactly("a");
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    boolean isInterrupted = false;
    while (true) {
      try {
        latch.await();
        break;
      } catch (InterruptedException e) {
        isInterrupted = true;
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aRecordThatTheLogRefusesIsSetAsideWithinTheTransaction() {
    gateway.records.refuseLargerThan(100_000);
    gateway.source.offer(
        SourceRecord.of(null, "a"),
        SourceRecord.of(null, "x".repeat(200_000)),
        SourceRecord.of(null, "b"));
    gateway.apply(SOURCE);

    eventually(() -> gateway.source.acknowledged.size() == 3);
    assertThat(gateway.records.values("letters")).containsExactly("a", "b");
    assertThat(gateway.records.values(Specs.DEAD_LETTERS)).hasSize(1);
  }

  @Test
  void aFullDiskIsWaitedOutWithinTheSameTask() {
    gateway.records.fail("letters", LogException.Code.DISK_FULL);
    gateway.source.offer("a");
    gateway.apply(SOURCE);
    gateway.awaitState("in", TaskState.FAILED);
    gateway.records.fail("letters", null);

    eventually(() -> gateway.source.acknowledged.contains("a"));
    assertThat(gateway.records.values("letters")).containsExactly("a");
    assertThat(gateway.source.started).hasValue(1);
  }

  // --- Rules ---

  @Test
  void aRulesOutputAndItsOffsetsComeTogetherWheneverItIsKilled() {
    gateway.log.create("letters", 1, TopicSettings.DEFAULT);
    for (int round = 0; round < 9; round++) {
      FaultyRecords dying = gateway.records;
      AtomicInteger commits = new AtomicInteger();
      int last = round % 2;
      gateway.transactions.beforeCommit =
          () -> {
            if (commits.getAndIncrement() == last) {
              dying.cut();
            }
          };
      gateway.apply(RULE);
      letter("a" + round);
      letter("b" + round);
      int fed = 2 * (round + 1);
      eventually(() -> commits.get() > last || gateway.log.all("copies").size() == fed);
      gateway.kill();
    }
    gateway.apply(RULE);

    eventually(
        () -> gateway.log.groups().committed("connect-copy").getOrDefault(LETTERS, 0L) == 18);
    assertThat(gateway.records.values("copies"))
        .isEqualTo(gateway.records.values("letters"))
        .hasSize(18);
  }

  @Test
  void whatIsBeforeARefusedRecordIsCommittedOnce() {
    gateway.log.create("letters", 1, TopicSettings.DEFAULT);
    letter("{\"n\": 1}");
    letter("no json");
    ConnectorSpec strict =
        Specs.with(Specs.with(RULE, Specs.policy(0, Then.FAIL)), ConnectorSpec.ValueFormat.JSON);
    gateway.apply(strict);
    gateway.awaitState("copy", TaskState.FAILED);
    eventually(() -> gateway.log.groups().committed("connect-copy").getOrDefault(LETTERS, 0L) == 1);

    gateway.runtime.restart("copy", false);
    eventually(
        () ->
            gateway.events.stream().filter(e -> e.type().equals("connector.failed")).count() == 2);
    assertThat(gateway.records.values("copies")).hasSize(1);
  }

  @Test
  void aRulesDeadLettersArePartOfItsTransaction() {
    gateway.log.create("letters", 1, TopicSettings.DEFAULT);
    letter("no json");
    gateway.transactions.nextFate = Fate.LOST;
    gateway.apply(Specs.with(RULE, ConnectorSpec.ValueFormat.JSON));

    eventually(() -> gateway.log.groups().committed("connect-copy").getOrDefault(LETTERS, 0L) == 1);
    assertThat(gateway.records.values(Specs.DEAD_LETTERS)).containsExactly("no json");
  }

  // --- Sinks ---

  @Test
  void aSinkGoesOnFromThePositionOfItsTargetWhateverTheGroupHasCommitted() {
    gateway.log.create("letters", 1, TopicSettings.DEFAULT);
    letter("a");
    letter("b");
    gateway.apply(SINK);
    eventually(() -> gateway.sink.received.equals(List.of("a", "b")));
    gateway.kill();
    gateway.log.groups().delete("connect-out");
    letter("c");
    gateway.apply(SINK);

    eventually(() -> gateway.sink.received.contains("c"));
    assertThat(gateway.sink.received).containsExactly("a", "b", "c");
    eventually(() -> gateway.log.groups().committed("connect-out").getOrDefault(LETTERS, 0L) == 3);
  }

  @Test
  void aSinkThatIsAheadOfItsTopicSaysSoRatherThanSkipRecords() {
    gateway.log.create("letters", 1, TopicSettings.DEFAULT);
    gateway.sink.positions.put(new SinkPartition("letters", 0), 5L);
    letter("a");
    gateway.apply(SINK);

    gateway.awaitState("out", TaskState.FAILED);
    assertThat(Objects.requireNonNull(gateway.task("out").error()).code())
        .isEqualTo("position-beyond-end");
    assertThat(gateway.sink.received).isEmpty();
  }

  @Test
  void aSinksPositionPassesWhatIsSetAside() {
    gateway.log.create("letters", 1, TopicSettings.DEFAULT);
    letter("no json");
    gateway.apply(Specs.with(SINK, ConnectorSpec.ValueFormat.JSON));

    eventually(
        () -> Long.valueOf(1).equals(gateway.sink.positions.get(new SinkPartition("letters", 0))));
    assertThat(gateway.records.values(Specs.DEAD_LETTERS)).containsExactly("no json");
  }

  private void letter(String value) {
    var unused =
        gateway
            .log
            .append(
                LETTERS,
                List.of(new NewRecord(0, null, value.getBytes(StandardCharsets.UTF_8), List.of())))
            .join();
  }
}
