package dev.sluice.gateway.connect;

import static dev.sluice.gateway.connect.Gateway.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.Header;
import dev.sluice.connector.RejectedInput;
import dev.sluice.connector.SourceBatch;
import dev.sluice.connector.SourceRecord;
import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.config.ErrorPolicy;
import dev.sluice.gateway.config.ErrorPolicy.Then;
import dev.sluice.gateway.config.TransformSpec;
import dev.sluice.gateway.connect.ConnectorView.TaskError;
import dev.sluice.gateway.connect.state.PositionStore;
import dev.sluice.gateway.connect.work.ErrorPlace;
import dev.sluice.gateway.log.LogException.Code;
import dev.sluice.gateway.log.StoredRecord;
import dev.sluice.gateway.log.TopicSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Invariants ack-after-durable and position-after-data, and what becomes of what fails. */
class SourcePathTest {

  private static final ConnectorSpec IN = Specs.source("in", "list", "letters");

  private final Gateway gateway = new Gateway();
  private final ListSource source = gateway.source;

  @AfterEach
  void close() {
    gateway.records.releaseAll();
    gateway.close();
  }

  private @Nullable Object storedNext() {
    return gateway.runtime.sourcePositions("in").stream()
        .findFirst()
        .map(position -> Objects.requireNonNull(position.offset()).get("next"))
        .orElse(null);
  }

  private TaskError error() {
    return Objects.requireNonNull(gateway.task("in").error());
  }

  private static String header(StoredRecord stored, String name) {
    return stored.headers().stream()
        .filter(header -> header.key().equals(name))
        .map(header -> new String(Objects.requireNonNull(header.value()), UTF_8))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no header " + name));
  }

  @Test
  void storesPositionsAfterDataAndAcknowledgesAfterPositions() {
    gateway.records.hold("letters");
    gateway.records.hold(PositionStore.TOPIC);
    source.offer("a");
    gateway.apply(IN);

    eventually(() -> gateway.records.heldCount() == 1);
    assertThat(storedNext()).isNull();
    assertThat(source.acknowledged).isEmpty();

    gateway.records.releaseOne();
    eventually(() -> gateway.records.heldCount() == 1);
    assertThat(gateway.records.values("letters")).containsExactly("a");
    assertThat(storedNext()).isNull();
    assertThat(source.acknowledged).isEmpty();

    gateway.records.releaseOne();
    eventually(() -> source.acknowledged.equals(List.of("a")));
    assertThat(storedNext()).isEqualTo(1);
  }

  @Test
  void keepsSeveralBatchesOnTheirWayButNotWithoutBound() {
    gateway.records.hold("letters");
    for (int i = 0; i < 50; i++) {
      source.offer("v" + i);
    }
    gateway.apply(IN);

    eventually(() -> gateway.records.heldCount() == 8);
    gateway.records.releaseOne();
    eventually(() -> gateway.records.heldCount() == 8);
    gateway.records.releaseAll();
    eventually(() -> source.acknowledged.size() == 50);
    assertThat(gateway.records.values("letters")).isEqualTo(source.acknowledged);
  }

  @Test
  void storesOnePositionForSeveralBatches() {
    gateway.records.hold("letters");
    source.offer("a", "b", "c", "d");
    gateway.apply(IN);
    eventually(() -> gateway.records.heldCount() == 4);

    gateway.records.releaseAll();

    eventually(() -> source.acknowledged.size() == 4);
    assertThat(gateway.log.all(PositionStore.TOPIC)).hasSizeLessThan(4);
    assertThat(storedNext()).isEqualTo(4);
  }

  @Test
  void appendsAFailedBatchAndEverythingBehindItAgainInOrder() {
    gateway.records.hold("letters");
    source.offer("a", "b", "c");
    gateway.apply(IN);
    eventually(() -> gateway.records.heldCount() == 3);

    gateway.records.failOne(Code.DISK_FULL);
    gateway.records.releaseAll();

    eventually(() -> source.acknowledged.equals(List.of("a", "b", "c")));
    assertThat(gateway.records.values("letters")).endsWith("a", "b", "c");
    assertThat(gateway.task("in").restarts()).isZero();
    source.offer("d");
    eventually(() -> source.acknowledged.size() == 4);
    assertThat(gateway.records.values("letters")).endsWith("c", "d");
  }

  @Test
  void doesNotRepeatPartitionsThatDidNotFail() {
    gateway.records.hold("bad");
    source.offer(
        new SourceRecord(null, null, "x", List.of(), Map.of("t", "bad")),
        new SourceRecord(null, null, "y", List.of(), Map.of("t", "good")));
    gateway.apply(Specs.source("in", "list", "{t}"));
    eventually(() -> gateway.records.heldCount() == 1);

    gateway.records.failOne(Code.PARTITION_OFFLINE);
    gateway.records.releaseAll();

    eventually(() -> source.acknowledged.size() == 2);
    assertThat(gateway.records.values("bad")).containsExactly("x");
    assertThat(gateway.records.values("good")).containsExactly("y");
  }

  @Test
  void aFullDiskStopsAcknowledgingSaysSoAndGoesOnByItself() {
    gateway.apply(IN);
    gateway.awaitState("in", TaskState.RUNNING);
    gateway.records.fail("letters", Code.DISK_FULL);
    source.offer("a", "b");

    gateway.awaitState("in", TaskState.FAILED);
    eventually(() -> error().attempts() > 3);
    assertThat(error().code()).isEqualTo("log-disk-full");
    assertThat(error().category()).isEqualTo("RESOURCE");
    assertThat(error().suggestion()).contains("space");
    assertThat(error().nextAttempt()).isNotNull();
    assertThat(source.acknowledged).isEmpty();

    gateway.records.fail("letters", null);

    eventually(() -> source.acknowledged.equals(List.of("a", "b")));
    gateway.awaitState("in", TaskState.RUNNING);
    assertThat(gateway.task("in").error()).isNull();
    assertThat(gateway.records.values("letters")).containsExactly("a", "b");
    assertThat(gateway.eventTypes("in"))
        .containsExactly("connector.started", "connector.failed", "connector.recovered");
  }

  @Test
  void aFullDiskUnderThePositionsStopsAcknowledgingToo() {
    gateway.records.fail(PositionStore.TOPIC, Code.DISK_FULL);
    source.offer("a");
    gateway.apply(IN);

    gateway.awaitState("in", TaskState.FAILED);
    assertThat(source.acknowledged).isEmpty();
    gateway.records.fail(PositionStore.TOPIC, null);
    eventually(() -> source.acknowledged.equals(List.of("a")));
    assertThat(gateway.records.values("letters")).containsExactly("a");
  }

  @Test
  void setsPoisonousRecordsAsideWholeAndGoesOnWithTheirNeighbours() {
    source.offer(
        new SourceRecord(7L, "k", "{\"n\":1}", List.of(), Map.of()),
        new SourceRecord(
            8L, "k", "poison", List.of(Header.of("h", "kept")), Map.of("file", "f.txt")),
        new SourceRecord(9L, "k", "{\"n\":3}", List.of(), Map.of()));
    gateway.apply(Specs.with(IN, new TransformSpec.SetValue(null, Specs.jq(".n"))));

    eventually(() -> source.acknowledged.size() == 3);
    assertThat(gateway.records.values("letters")).containsExactly("1", "3");
    StoredRecord dead = gateway.log.all(Specs.DEAD_LETTERS).getFirst();
    assertThat(new String(Objects.requireNonNull(dead.value()), UTF_8)).isEqualTo("poison");
    assertThat(new String(Objects.requireNonNull(dead.key()), UTF_8)).isEqualTo("k");
    assertThat(dead.timestampMillis()).isEqualTo(8);
    assertThat(header(dead, "h")).isEqualTo("kept");
    assertThat(header(dead, "__connect.errors.connector.name")).isEqualTo("in");
    assertThat(header(dead, "__connect.errors.task.id")).isEqualTo("0");
    assertThat(header(dead, "__connect.errors.stage")).isEqualTo("TRANSFORMATION");
    assertThat(header(dead, "__connect.errors.exception.class.name")).contains("Exception");
    assertThat(header(dead, "__connect.errors.exception.message")).contains(".n");
    assertThat(header(dead, "__connect.errors.exception.stacktrace")).contains("\tat ");
    assertThat(header(dead, "__connect.errors.class.name")).contains(".");
    assertThat(header(dead, "__sluice.errors.code")).isEqualTo("expression-failed");
    assertThat(header(dead, "__sluice.place.file")).isEqualTo("f.txt");
    assertThat(gateway.task("in").rejected()).isEqualTo(1);
    assertThat(gateway.task("in").records()).isEqualTo(2);
  }

  @Test
  void setsRejectedInputAsideWithItsPlaceBeforeThePositionMoves() {
    gateway.records.hold(Specs.DEAD_LETTERS);
    RejectedInput rejected =
        new RejectedInput(
            new byte[] {(byte) 0xff, 1},
            ConnectorException.data("csv-malformed", "Line 3 has 2 fields, not 4.", null),
            Map.of("file", "r.csv", "line", "3"));
    source.offer(new SourceBatch(List.of(), List.of(rejected), List.of()));
    gateway.apply(IN);
    eventually(() -> gateway.records.heldCount() == 1);
    assertThat(storedNext()).isNull();

    gateway.records.releaseAll();

    eventually(() -> Objects.equals(storedNext(), 1));
    StoredRecord dead = gateway.log.all(Specs.DEAD_LETTERS).getFirst();
    assertThat(dead.value()).containsExactly(0xff, 1);
    assertThat(header(dead, "__sluice.errors.code")).isEqualTo("csv-malformed");
    assertThat(header(dead, "__sluice.place.file")).isEqualTo("r.csv");
    assertThat(header(dead, "__sluice.place.line")).isEqualTo("3");
    assertThat(header(dead, "__connect.errors.stage")).isEqualTo("TASK_POLL");
  }

  @Test
  void setsARecordAsideThatIsTooLargeForTheLog() {
    gateway.records.refuseLargerThan(100_000);
    source.offer(
        SourceRecord.of(null, "a"),
        SourceRecord.of(null, new byte[200_000]),
        SourceRecord.of(null, "c"));
    gateway.apply(IN);

    eventually(() -> source.acknowledged.size() == 3);
    assertThat(gateway.records.values("letters")).containsExactly("a", "c");
    StoredRecord dead = gateway.log.all(Specs.DEAD_LETTERS).getFirst();
    assertThat(dead.value()).hasSize(64 * 1024);
    assertThat(header(dead, "__sluice.cut.value.bytes")).isEqualTo("200000");
    assertThat(header(dead, "__sluice.errors.code")).isEqualTo("log-too-large");
    assertThat(header(dead, "__connect.errors.stage")).isEqualTo("KAFKA_PRODUCE");
    assertThat(gateway.task("in").rejected()).isEqualTo(1);
  }

  @Test
  void setsOnlyThatRecordAsideThatTheTopicDoesNotTake() {
    gateway.records.requireKeys("letters");
    source.offer(
        SourceRecord.of("1", "a"),
        SourceRecord.of("2", "b"),
        SourceRecord.of(null, "without a key"),
        SourceRecord.of("3", "c"));
    gateway.apply(IN);

    eventually(() -> source.acknowledged.size() == 4);
    assertThat(gateway.records.values("letters")).containsExactly("a", "b", "c");
    StoredRecord dead = gateway.log.all(Specs.DEAD_LETTERS).getFirst();
    assertThat(new String(dead.value(), UTF_8)).isEqualTo("without a key");
    assertThat(header(dead, "__sluice.errors.code")).isEqualTo("log-invalid-record");
    assertThat(header(dead, "__connect.errors.stage")).isEqualTo("KAFKA_PRODUCE");
    assertThat(header(dead, "__sluice.place.topic")).isEqualTo("letters");
    assertThat(gateway.task("in").rejected()).isEqualTo(1);
  }

  @Test
  void failsRatherThanLoseARecordThatTheDeadLettersDoNotTakeEither() {
    gateway.records.requireKeys("letters");
    gateway.records.requireKeys(Specs.DEAD_LETTERS);
    source.offer(SourceRecord.of(null, "without a key"));
    gateway.apply(IN);

    gateway.awaitState("in", TaskState.FAILED);
    assertThat(gateway.log.all(Specs.DEAD_LETTERS)).isEmpty();
    assertThat(source.acknowledged).isEmpty();
  }

  @Test
  void choosesTopicAndKeyByTemplatesAndPartitionByKey() {
    var unused = gateway.log.create("shop.orders", 3, TopicSettings.DEFAULT);
    source.offer(
        new SourceRecord(null, null, Map.of("id", 1), List.of(), Map.of("table", "orders")),
        new SourceRecord(null, null, Map.of("id", 2), List.of(), Map.of("table", "people")),
        new SourceRecord(null, null, Map.of("id", 1), List.of(), Map.of("table", "orders")),
        new SourceRecord(null, null, Map.of("id", 3), List.of(), Map.of("tabel", "typo")));
    ConnectorSpec spec = Specs.source("in", "list", "shop.{table}");
    gateway.apply(Specs.withKey(spec, "{value.id}"));

    eventually(() -> source.acknowledged.size() == 4);
    List<StoredRecord> orders = gateway.log.all("shop.orders");
    assertThat(orders).hasSize(2);
    assertThat(orders.get(0).topicPartition()).isEqualTo(orders.get(1).topicPartition());
    assertThat(orders.getFirst().key()).isEqualTo("1".getBytes(UTF_8));
    assertThat(gateway.records.values("shop.people")).containsExactly("{\"id\":2}");
    assertThat(header(gateway.log.all(Specs.DEAD_LETTERS).getFirst(), "__sluice.errors.code"))
        .isEqualTo("template-name-unknown");
    assertThat(gateway.runtime.find("in").orElseThrow().topics())
        .containsExactly("shop.orders", "shop.people");
  }

  @Test
  void spreadsBatchesWithoutKeysOverThePartitions() {
    var unused = gateway.log.create("letters", 3, TopicSettings.DEFAULT);
    for (int i = 0; i < 6; i++) {
      source.offer(SourceRecord.of(null, "a" + i), SourceRecord.of(null, "b" + i));
    }
    gateway.apply(IN);

    eventually(() -> source.acknowledged.size() == 12);
    assertThat(gateway.log.all("letters"))
        .extracting(stored -> stored.topicPartition().partition())
        .containsExactly(0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2);
  }

  @Test
  void aNameThatNoTopicMayHaveIsTheRecordsFault() {
    gateway.refuseTopic("no/topic");
    source.offer(
        new SourceRecord(null, null, "x", List.of(), Map.of("t", "no/topic")),
        new SourceRecord(null, null, "y", List.of(), Map.of("t", "yes")));
    gateway.apply(Specs.source("in", "list", "{t}"));

    eventually(() -> source.acknowledged.size() == 2);
    assertThat(gateway.records.values("yes")).containsExactly("y");
    assertThat(header(gateway.log.all(Specs.DEAD_LETTERS).getFirst(), "__sluice.errors.code"))
        .isEqualTo("topic-name-refused");
  }

  @Test
  void aRefusedRecordFailsTheTaskUnderThatPolicyUntilSomeoneRestartsIt() {
    source.offer("{\"n\":1}", "poison");
    ConnectorSpec failing =
        Specs.with(
            Specs.with(IN, new TransformSpec.SetValue(null, Specs.jq(".n"))),
            Specs.policy(0, Then.FAIL));
    gateway.apply(failing);

    gateway.awaitState("in", TaskState.FAILED);
    assertThat(error().nextAttempt()).isNull();
    assertThat(error().category()).isEqualTo("DATA");
    assertThat(error().suggestion()).contains("dead-letter");
    assertThat(error().place()).isInstanceOf(ErrorPlace.Outside.class);
    eventually(() -> source.acknowledged.size() == 1);
    assertThat(gateway.log.find(Specs.DEAD_LETTERS)).isEmpty();
    assertThat(source.started).hasValue(1);

    source.upstream.set(1, source.upstream.getFirst());
    gateway.runtime.restart("in", true);
    eventually(() -> source.acknowledged.size() == 2);
    gateway.awaitState("in", TaskState.RUNNING);
  }

  @Test
  void aFailingPollIsTriedAgainAndStatusTellsTheTruthUntilItWorks() {
    AtomicInteger polls = new AtomicInteger();
    source.onPoll =
        () -> {
          if (polls.incrementAndGet() > 1) {
            throw ConnectorException.external(
                "db-down", "The database is down.", "Start it.", null);
          }
        };
    gateway.apply(IN);

    gateway.awaitState("in", TaskState.FAILED);
    eventually(() -> gateway.task("in").restarts() > 2);
    for (int i = 0; i < 200; i++) {
      ConnectorView.TaskView seen = gateway.task("in");
      assertThat(seen.state()).isIn(TaskState.FAILED, TaskState.RESTARTING);
      assertThat(Objects.requireNonNull(seen.error()).code()).isEqualTo("db-down");
    }
    source.offer("a");
    source.onPoll = () -> {};

    eventually(() -> source.acknowledged.equals(List.of("a")));
    gateway.awaitState("in", TaskState.RUNNING);
    assertThat(gateway.eventTypes("in"))
        .containsExactly("connector.started", "connector.failed", "connector.recovered");
    assertThat(source.closed.get()).isEqualTo(source.started.get() - 1);
  }

  @Test
  void aPollThatFailsWithADataErrorIsTriedAgainToo() {
    AtomicInteger polls = new AtomicInteger();
    source.onPoll =
        () -> {
          if (polls.incrementAndGet() == 1) {
            throw ConnectorException.data("odd-row", "A row is odd.", null);
          }
        };
    source.offer("a");
    gateway.apply(IN);

    eventually(() -> source.acknowledged.equals(List.of("a")));
  }

  @Test
  void acknowledgesWhatIsOnItsWayWhenAPollFails() {
    gateway.records.hold("letters");
    source.offer("a");
    AtomicInteger polls = new AtomicInteger();
    source.onPoll =
        () -> {
          if (polls.incrementAndGet() == 2) {
            throw new IllegalStateException("broken");
          }
        };
    gateway.apply(IN);
    eventually(() -> polls.get() == 2);

    gateway.records.releaseAll();

    eventually(() -> source.acknowledged.equals(List.of("a")));
    gateway.awaitState("in", TaskState.RUNNING);
    assertThat(gateway.records.values("letters")).containsExactly("a");
  }

  @Test
  void aFailingAcknowledgementRestartsTheTaskFromItsDurablePosition() {
    AtomicInteger times = new AtomicInteger();
    source.onAcknowledge =
        () -> {
          if (times.incrementAndGet() == 1) {
            throw new IllegalStateException("upstream is gone");
          }
        };
    source.offer("a", "b");
    gateway.apply(IN);

    eventually(() -> gateway.task("in").restarts() == 1);
    source.offer("c");
    eventually(() -> source.acknowledged.contains("c"));
    assertThat(source.acknowledged).doesNotContain("a");
    assertThat(gateway.records.values("letters").stream().distinct())
        .containsExactly("a", "b", "c");
  }

  @Test
  void aChangedConfigurationDoesNotWaitForTheBackOffOfAWrongOne() {
    source.onStart = SourcePathTest::refuseOptions;
    gateway.apply(Specs.with(IN, patient(Duration.ofMillis(1), Duration.ofHours(1))));

    gateway.awaitState("in", TaskState.FAILED);
    assertThat(error().nextAttempt()).isAfter(Instant.now().plusSeconds(3_000));
    assertThat(source.started).hasValue(1);
    source.onStart = () -> {};
    gateway.apply(Specs.with(IN, Specs.policy(5, Then.DEAD_LETTER)));
    gateway.awaitState("in", TaskState.RUNNING);
    assertThat(source.closed).hasValue(1);
  }

  @Test
  void aConfigurationThatOthersMakeRightStartsByItself() {
    source.onStart = SourcePathTest::refuseOptions;
    source.offer("a");
    gateway.apply(Specs.with(IN, patient(Duration.ofHours(1), Duration.ofMillis(5))));
    eventually(() -> source.started.get() > 2);

    source.onStart = () -> {};

    eventually(() -> source.acknowledged.equals(List.of("a")));
    gateway.awaitState("in", TaskState.RUNNING);
  }

  private static void refuseOptions() {
    throw ConnectorException.configuration("no-table", "No such table.", "Make the table.");
  }

  private static ErrorPolicy patient(Duration first, Duration longest) {
    return new ErrorPolicy(0, Then.DEAD_LETTER, Specs.DEAD_LETTERS, first, longest);
  }

  @Test
  void survivesErrorsThatAreNoExceptions() {
    AtomicInteger polls = new AtomicInteger();
    source.onPoll =
        () -> {
          if (polls.incrementAndGet() == 1) {
            throw new NoClassDefFoundError("driver");
          }
        };
    source.offer("a");
    gateway.apply(IN);

    eventually(() -> source.acknowledged.equals(List.of("a")));
    assertThat(gateway.task("in").restarts()).isEqualTo(1);
  }

  @Test
  void anUnknownTypeIsAConfigurationError() {
    gateway.apply(Specs.source("in", "nonesuch", "letters"));

    gateway.awaitState("in", TaskState.FAILED);
    assertThat(error().code()).isEqualTo("type-unknown");
  }
}
