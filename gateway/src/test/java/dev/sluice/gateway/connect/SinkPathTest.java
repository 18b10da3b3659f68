package dev.sluice.gateway.connect;

import static dev.sluice.gateway.connect.Gateway.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.ErrorCategory;
import dev.sluice.connector.Header;
import dev.sluice.connector.SinkRecord;
import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.config.ConnectorSpec.ValueFormat;
import dev.sluice.gateway.config.ErrorPolicy.Then;
import dev.sluice.gateway.config.TransformSpec;
import dev.sluice.gateway.connect.work.ErrorPlace;
import dev.sluice.gateway.log.LogException.Code;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.StoredRecord;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.TopicSettings;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SinkPathTest {

  private static final ConnectorSpec OUT = Specs.sink("out", "list", "letters");
  private static final TopicPartition LETTERS = new TopicPartition("letters", 0);

  private final Gateway gateway = new Gateway();
  private final ListSink sink = gateway.sink;

  @BeforeEach
  void createTopic() {
    var unused = gateway.log.create("letters", 1, TopicSettings.DEFAULT);
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  private void append(TopicPartition target, String... values) {
    for (String value : values) {
      var unused =
          gateway
              .log
              .append(
                  target,
                  List.of(
                      new NewRecord(
                          5,
                          "key".getBytes(UTF_8),
                          value.getBytes(UTF_8),
                          List.of(Header.of("h", "kept")))))
              .join();
    }
  }

  private long committed() {
    return gateway.runtime.sinkPositions("out").getOrDefault(LETTERS, 0L);
  }

  private static ConnectorException down() {
    return ConnectorException.external("db-down", "The database is down.", "Start it.", null);
  }

  private static ConnectorException refused(String what) {
    return ConnectorException.data("refused", "Refused " + what + ".", null);
  }

  /** A target that refuses a batch that holds this value. */
  private void refuse(String value) {
    sink.onPut =
        (records, context) -> {
          if (records.stream().anyMatch(put -> value.equals(put.value()))) {
            throw refused("a record");
          }
        };
  }

  private List<String> dead() {
    return gateway.log.find(Specs.DEAD_LETTERS).isEmpty()
        ? List.of()
        : gateway.records.values(Specs.DEAD_LETTERS);
  }

  private static String header(StoredRecord stored, String name) {
    return stored.headers().stream()
        .filter(header -> header.key().equals(name))
        .map(header -> new String(Objects.requireNonNull(header.value()), UTF_8))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no header " + name));
  }

  @Test
  void commitsOnlyAfterThePutHasReturned() {
    append(LETTERS, "a", "b");
    AtomicInteger committedDuringPut = new AtomicInteger(-1);
    sink.onPut = (records, context) -> committedDuringPut.set((int) committed());
    gateway.apply(OUT);

    eventually(() -> committed() == 2);
    assertThat(committedDuringPut).hasValue(0);
    assertThat(sink.received).containsExactly("a", "b");
  }

  @Test
  void waitsOutAnOutageWithTheSameRecordsAndRecoversByItself() {
    AtomicInteger tries = new AtomicInteger();
    sink.onPut =
        (records, context) -> {
          tries.incrementAndGet();
          throw down();
        };
    append(LETTERS, "a", "b", "c");
    gateway.apply(OUT);

    gateway.awaitState("out", TaskState.FAILED);
    eventually(() -> tries.get() > 8);
    for (int i = 0; i < 200; i++) {
      ConnectorView.TaskView seen = gateway.task("out");
      assertThat(seen.state()).isIn(TaskState.FAILED, TaskState.RESTARTING);
      assertThat(Objects.requireNonNull(seen.error()).code()).isEqualTo("db-down");
      assertThat(seen.lag()).isEqualTo(3);
    }
    assertThat(sink.started.get()).as("tasks with fresh connections").isBetween(2, tries.get() - 1);
    sink.onPut = (records, context) -> {};

    eventually(() -> sink.received.equals(List.of("a", "b", "c")));
    gateway.awaitState("out", TaskState.RUNNING);
    eventually(() -> committed() == 3);
    assertThat(dead()).isEmpty();
    assertThat(gateway.task("out").lag()).isZero();
    assertThat(gateway.eventTypes("out"))
        .containsExactly("connector.started", "connector.failed", "connector.recovered");
  }

  @Test
  void findsTheBadRecordOfABatchAndSetsItAside() {
    append(LETTERS, "a", "bad", "c");
    refuse("bad");
    gateway.apply(OUT);

    eventually(() -> committed() == 3);
    assertThat(sink.received).containsExactly("a", "c");
    assertThat(dead()).containsExactly("bad");
    StoredRecord letter = gateway.log.all(Specs.DEAD_LETTERS).getFirst();
    assertThat(letter.key()).isEqualTo("key".getBytes(UTF_8));
    assertThat(header(letter, "h")).isEqualTo("kept");
    assertThat(header(letter, "__connect.errors.topic")).isEqualTo("letters");
    assertThat(header(letter, "__connect.errors.partition")).isEqualTo("0");
    assertThat(header(letter, "__connect.errors.offset")).isEqualTo("1");
    assertThat(header(letter, "__connect.errors.stage")).isEqualTo("TASK_PUT");
    assertThat(header(letter, "__sluice.errors.code")).isEqualTo("refused");
    assertThat(gateway.task("out").rejected()).isEqualTo(1);
    // The batch, a, bad, bad once more since one retry is set, c.
    assertThat(sink.puts).hasValue(5);
    assertThat(gateway.task("out").error()).isNull();
  }

  @Test
  void remembersWhyRecordsWereSetAsideAndWhichOnes() {
    append(LETTERS, "a", "bad", "c");
    refuse("bad");
    gateway.apply(OUT);

    eventually(() -> committed() == 3);
    PastError past = gateway.runtime.errors("out").getFirst();
    assertThat(past.setAside()).isTrue();
    assertThat(past.error().code()).isEqualTo("refused");
    assertThat(past.error().trace()).contains("Refused a record.", "SinkPathTest");
    assertThat(past.error().place()).isEqualTo(new ErrorPlace.InTopic(LETTERS, 1, 1));
  }

  @Test
  void remembersAnOutageAsOneErrorAfterItIsOver() {
    AtomicInteger tries = new AtomicInteger();
    sink.onPut =
        (records, context) -> {
          if (tries.incrementAndGet() <= 5) {
            throw down();
          }
        };
    append(LETTERS, "a", "b");
    gateway.apply(OUT);

    eventually(() -> committed() == 2);
    assertThat(gateway.task("out").error()).isNull();
    assertThat(gateway.task("out").failures()).isEqualTo(5);
    List<PastError> past = gateway.runtime.errors("out");
    assertThat(past).hasSize(1);
    assertThat(past.getFirst().setAside()).isFalse();
    assertThat(past.getFirst().since()).isBefore(past.getFirst().at());
    assertThat(past.getFirst().error().attempts()).isEqualTo(5);
    assertThat(past.getFirst().error().suggestion()).isEqualTo("Start it.");
    assertThat(past.getFirst().error().place()).isEqualTo(new ErrorPlace.InTopic(LETTERS, 0, 2));
  }

  @Test
  void anUnexpectedErrorOfASinkNamesWhatItWasPutting() {
    append(LETTERS, "a");
    sink.onPut =
        (records, context) -> {
          throw new IllegalStateException("a defect");
        };
    gateway.apply(OUT);

    gateway.awaitState("out", TaskState.FAILED);
    ConnectorView.TaskError error = Objects.requireNonNull(gateway.task("out").error());
    assertThat(error.place()).isEqualTo(new ErrorPlace.InTopic(LETTERS, 0, 1));
    assertThat(error.trace()).contains("IllegalStateException: a defect");
  }

  @Test
  void secretsOfTheConnectorAreCoveredInErrorsAndDeadLetters() {
    append(LETTERS, "bad");
    sink.onPut =
        (records, context) -> {
          throw ConnectorException.data(
              "refused",
              "Refused with hunter2-secret.",
              new IllegalArgumentException("login:hunter2-secret"));
        };
    gateway.apply(Specs.withSecret(OUT, "hunter2-secret"));

    eventually(() -> committed() == 1);
    ConnectorView.TaskError error = gateway.runtime.errors("out").getFirst().error();
    assertThat(error.message()).isEqualTo("Refused with ****.");
    assertThat(error.trace()).contains("login:****").doesNotContain("hunter2");
    assertThat(gateway.log.all(Specs.DEAD_LETTERS).getFirst().headers())
        .noneMatch(h -> new String(Objects.requireNonNull(h.value()), UTF_8).contains("hunter2"));
  }

  @Test
  void triesARefusedRecordAgainAsOftenAsThePolicySays() {
    append(LETTERS, "a");
    AtomicInteger tries = new AtomicInteger();
    sink.onPut =
        (records, context) -> {
          if (tries.incrementAndGet() <= 3) {
            throw refused("it");
          }
        };
    gateway.apply(Specs.with(OUT, Specs.policy(3, Then.DEAD_LETTER)));

    eventually(() -> sink.received.equals(List.of("a")));
    assertThat(dead()).isEmpty();
    assertThat(tries).hasValue(4);
  }

  @Test
  void aSinkMayRejectSingleRecordsItself() {
    append(LETTERS, "a", "bad", "c");
    sink.onPut =
        (records, context) -> {
          for (SinkRecord put : records) {
            if ("bad".equals(put.value())) {
              context.reject(put, refused("it"));
            }
          }
        };
    gateway.apply(OUT);

    eventually(() -> committed() == 3);
    assertThat(dead()).containsExactly("bad");
    assertThat(sink.puts).hasValue(1);
  }

  @Test
  void underThePolicyFailNothingBehindARefusedRecordIsHandled() {
    append(LETTERS, "a", "bad", "c");
    refuse("bad");
    gateway.apply(Specs.with(OUT, Specs.policy(0, Then.FAIL)));

    gateway.awaitState("out", TaskState.FAILED);
    eventually(() -> committed() == 1);
    assertThat(sink.received).containsExactly("a");
    assertThat(dead()).isEmpty();
    ConnectorView.TaskError error = Objects.requireNonNull(gateway.task("out").error());
    assertThat(error.nextAttempt()).isNull();
    assertThat(error.message()).contains("letters-0@1");
    assertThat(error.place()).isEqualTo(new ErrorPlace.InTopic(LETTERS, 1, 1));

    sink.onPut = (records, context) -> {};
    gateway.runtime.restart("out", true);
    eventually(() -> sink.received.equals(List.of("a", "bad", "c")));
    gateway.awaitState("out", TaskState.RUNNING);
  }

  @Test
  void underThePolicyFailARejectingSinkFailsToo() {
    append(LETTERS, "bad");
    sink.onPut = (records, context) -> context.reject(records.getFirst(), refused("it"));
    gateway.apply(Specs.with(OUT, Specs.policy(3, Then.FAIL)));

    gateway.awaitState("out", TaskState.FAILED);
    assertThat(sink.puts).hasValue(1);
    assertThat(committed()).isZero();
  }

  @Test
  void whatCannotBeDecodedIsSetAsideAndTheSinkGoesOnBehindIt() {
    append(LETTERS, "a");
    gateway.log.appendUnreadable(LETTERS, 3, 7);
    append(LETTERS, "z");
    gateway.apply(OUT);

    eventually(() -> committed() == 5);
    assertThat(sink.received).containsExactly("a", "z");
    List<StoredRecord> letters = gateway.log.all(Specs.DEAD_LETTERS);
    assertThat(letters).hasSize(1);
    StoredRecord letter = letters.getFirst();
    assertThat(letter.key()).isNull();
    assertThat(letter.value()).isNull();
    assertThat(letter.timestampMillis()).isEqualTo(7);
    assertThat(header(letter, "__connect.errors.topic")).isEqualTo("letters");
    assertThat(header(letter, "__connect.errors.offset")).isEqualTo("1");
    assertThat(header(letter, "__sluice.place.next-offset")).isEqualTo("4");
    assertThat(header(letter, "__sluice.errors.code")).isEqualTo("records-malformed");
    assertThat(header(letter, "__connect.errors.exception.message"))
        .isEqualTo("Malformed as told.");
    gateway.awaitState("out", TaskState.RUNNING);
  }

  @Test
  void underThePolicyFailTheSinkStopsBeforeWhatCannotBeDecoded() {
    append(LETTERS, "a");
    gateway.log.appendUnreadable(LETTERS, 3, 7);
    append(LETTERS, "z");
    gateway.apply(Specs.with(OUT, Specs.policy(0, Then.FAIL)));

    gateway.awaitState("out", TaskState.FAILED);
    eventually(() -> committed() == 1);
    assertThat(sink.received).containsExactly("a");
    assertThat(dead()).isEmpty();
    assertThat(Objects.requireNonNull(gateway.task("out").error()).message())
        .contains("Malformed as told.", "letters-0@1");
  }

  @Test
  void setsValuesAsideThatAreNotOfTheDeclaredFormat() {
    append(LETTERS, "{\"n\":1}", "not json", "3");
    gateway.apply(Specs.with(OUT, ValueFormat.JSON));

    eventually(() -> committed() == 3);
    assertThat(sink.received).containsExactly(Map.of("n", 1), 3);
    assertThat(dead()).containsExactly("not json");
    assertThat(header(gateway.log.all(Specs.DEAD_LETTERS).getFirst(), "__connect.errors.stage"))
        .isEqualTo("VALUE_CONVERTER");
  }

  @Test
  void decodesTextAndBytesAsDeclared() {
    append(LETTERS, "12");
    gateway.apply(Specs.with(OUT, ValueFormat.TEXT));
    eventually(() -> sink.received.equals(List.of("12")));

    gateway.apply(Specs.with(OUT, ValueFormat.BYTES));
    eventually(() -> sink.started.get() == 2);
    append(LETTERS, "13");
    eventually(() -> sink.received.size() == 2);
    assertThat(sink.received.get(1)).isEqualTo("13".getBytes(UTF_8));
  }

  @Test
  void transformsAndFiltersAndKeepsTheOriginalForDeadLetters() {
    append(LETTERS, "{\"n\":1}", "{\"n\":2}", "{\"n\":3}");
    sink.onPut =
        (records, context) -> {
          for (SinkRecord put : records) {
            if (Integer.valueOf(3).equals(put.value())) {
              context.reject(put, refused("three"));
            }
          }
        };
    gateway.apply(
        Specs.with(
            OUT,
            new TransformSpec.Filter(null, Specs.jq(".n != 2")),
            new TransformSpec.SetValue(null, Specs.jq(".n"))));

    eventually(() -> committed() == 3);
    assertThat(sink.received).containsExactly(1, 3);
    assertThat(dead()).containsExactly("{\"n\":3}");
  }

  @Test
  void anInternalErrorRestartsTheTask() {
    append(LETTERS, "a");
    AtomicInteger tries = new AtomicInteger();
    sink.onPut =
        (records, context) -> {
          if (tries.incrementAndGet() == 1) {
            throw new IllegalStateException("a defect");
          }
        };
    gateway.apply(OUT);

    eventually(() -> sink.received.equals(List.of("a")));
    assertThat(sink.started).hasValue(2);
    assertThat(sink.closed).hasValue(1);
    assertThat(gateway.task("out").restarts()).isEqualTo(1);
  }

  @Test
  void aWrongConfigurationSeenAtAPutIsTriedAgainByANewTask() {
    append(LETTERS, "a");
    sink.onPut =
        (records, context) -> {
          throw new ConnectorException(
              ErrorCategory.CONFIGURATION, "no-table", "No such table.", null, null);
        };
    gateway.apply(OUT);

    eventually(() -> sink.puts.get() > 1);
    assertThat(Objects.requireNonNull(gateway.task("out").error()).code()).isEqualTo("no-table");
    sink.onPut = (records, context) -> {};
    eventually(() -> sink.received.equals(List.of("a")));
    gateway.awaitState("out", TaskState.RUNNING);
    assertThat(sink.started.get()).isGreaterThan(2);
  }

  @Test
  void goesOnAtTheStartWhenItsOffsetWasDeletedAndSaysSo() {
    append(LETTERS, "a", "b", "c", "d");
    gateway.log.groups().commit("connect-out", Map.of(LETTERS, 1L));
    gateway.log.deleteBefore(LETTERS, 2);
    gateway.apply(OUT);

    eventually(() -> sink.received.equals(List.of("c", "d")));
    assertThat(gateway.eventTypes("out")).contains("connector.offset-reset");
  }

  @Test
  void noticesTopicsAndPartitionsThatAppear() {
    gateway.apply(Specs.sink("out", "list", "letters", "later"));
    gateway.awaitState("out", TaskState.RUNNING);

    var unused = gateway.log.create("later", 1, TopicSettings.DEFAULT);
    append(new TopicPartition("later", 0), "x");
    eventually(() -> sink.received.equals(List.of("x")));
    unused = gateway.log.update("later", 2, TopicSettings.DEFAULT);
    append(new TopicPartition("later", 1), "y");
    eventually(() -> sink.received.equals(List.of("x", "y")));
  }

  @Test
  void survivesTheDeletionOfATopic() {
    append(LETTERS, "a");
    gateway.apply(OUT);
    eventually(() -> committed() == 1);

    gateway.log.delete("letters");
    var unused = gateway.log.create("letters", 1, TopicSettings.DEFAULT);
    append(LETTERS, "new", "newer");

    eventually(() -> sink.received.contains("newer"));
  }

  @Test
  void tasksShareThePartitions() {
    var unused = gateway.log.update("letters", 3, TopicSettings.DEFAULT);
    for (int p = 0; p < 3; p++) {
      append(new TopicPartition("letters", p), "p" + p);
    }
    gateway.apply(Specs.with(OUT, 2));

    eventually(() -> sink.received.size() == 3);
    List<ConnectorView.TaskView> tasks = gateway.runtime.find("out").orElseThrow().tasks();
    eventually(
        () ->
            gateway.runtime.find("out").orElseThrow().tasks().stream()
                .map(ConnectorView.TaskView::records)
                .toList()
                .equals(List.of(2L, 1L)));
    assertThat(tasks).hasSize(2);
  }

  @Test
  void aFullDiskUnderTheDeadLettersHoldsThePosition() {
    append(LETTERS, "bad", "c");
    refuse("bad");
    gateway.records.fail(Specs.DEAD_LETTERS, Code.DISK_FULL);
    gateway.apply(OUT);

    gateway.awaitState("out", TaskState.FAILED);
    eventually(() -> Objects.requireNonNull(gateway.task("out").error()).attempts() > 2);
    assertThat(Objects.requireNonNull(gateway.task("out").error()).code())
        .isEqualTo("log-disk-full");
    assertThat(committed()).isZero();

    gateway.records.fail(Specs.DEAD_LETTERS, null);
    eventually(() -> committed() == 2);
    assertThat(dead()).containsExactly("bad");
    gateway.awaitState("out", TaskState.RUNNING);
  }
}
