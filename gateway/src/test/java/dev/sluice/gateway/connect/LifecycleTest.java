package dev.sluice.gateway.connect;

import static dev.sluice.gateway.connect.Gateway.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.SourcePosition;
import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.config.ErrorPolicy.Then;
import dev.sluice.gateway.events.Actor;
import dev.sluice.gateway.events.Event;
import dev.sluice.gateway.log.TopicPartition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LifecycleTest {

  private static final ConnectorSpec IN = Specs.source("in", "list", "letters");
  private static final ConnectorSpec OTHER = Specs.source("other", "other", "others");
  private static final ConnectorSpec OUT = Specs.sink("out", "list", "letters");

  private final ListSource other = new ListSource("other");
  private final Gateway gateway = new Gateway(other);
  private final ListSource source = gateway.source;
  private final CountDownLatch hang = new CountDownLatch(1);

  @AfterEach
  void close() {
    hang.countDown();
    gateway.close();
  }

  /** Waits for the end of the test whatever interrupts come. */
  private void hangForGood() {
    boolean released = false;
    while (!released) {
      try {
        hang.await();
        released = true;
      } catch (InterruptedException ignored) {
        // That is what makes it sick.
        released = false;
      }
    }
  }

  @Test
  void pausesKeepingTheTaskAndResumes() {
    gateway.apply(IN, OUT);
    source.offer("a");
    eventually(() -> gateway.sink.received.size() == 1);

    gateway.runtime.setTarget("in", TargetState.PAUSED);
    gateway.runtime.setTarget("out", TargetState.PAUSED);
    gateway.awaitState("in", TaskState.PAUSED);
    gateway.awaitState("out", TaskState.PAUSED);
    source.offer("b");
    assertThat(source.acknowledged).containsExactly("a");

    gateway.runtime.setTarget("in", TargetState.STARTED);
    eventually(() -> source.acknowledged.size() == 2);
    assertThat(gateway.sink.received).containsExactly("a");
    gateway.runtime.setTarget("out", TargetState.STARTED);
    eventually(() -> gateway.sink.received.equals(List.of("a", "b")));

    assertThat(source.started).hasValue(1);
    assertThat(gateway.sink.started).hasValue(1);
    eventually(
        () ->
            gateway
                .eventTypes("in")
                .equals(List.of("connector.started", "connector.paused", "connector.resumed")));
  }

  @Test
  void stopsReleasingEverythingAndStartsAgain() {
    gateway.apply(IN);
    source.offer("a");
    eventually(() -> source.acknowledged.size() == 1);

    gateway.runtime.setTarget("in", TargetState.STOPPED);
    gateway.awaitState("in", TaskState.STOPPED);
    assertThat(source.closed).hasValue(1);

    source.offer("b");
    gateway.runtime.setTarget("in", TargetState.STARTED);
    eventually(() -> source.acknowledged.equals(List.of("a", "b")));
    assertThat(source.started).hasValue(2);
  }

  @Test
  void remembersTargetStatesOverARestartOfTheProcess() {
    gateway.apply(IN, OTHER);
    gateway.runtime.setTarget("in", TargetState.STOPPED);
    gateway.runtime.setTarget("other", TargetState.PAUSED);
    gateway.awaitState("in", TaskState.STOPPED);

    gateway.kill();
    source.offer("a");
    gateway.apply(IN, OTHER);

    gateway.awaitState("in", TaskState.STOPPED);
    gateway.awaitState("other", TaskState.PAUSED);
    assertThat(gateway.runtime.find("in").orElseThrow().target()).isEqualTo(TargetState.STOPPED);
    assertThat(source.acknowledged).isEmpty();
    gateway.runtime.setTarget("in", TargetState.STARTED);
    eventually(() -> source.acknowledged.size() == 1);
  }

  @Test
  void restartsAllOrOnlyFailedTasksOrOne() {
    gateway.apply(IN, OTHER);
    gateway.awaitState("in", TaskState.RUNNING);

    gateway.runtime.restart("in", true);
    gateway.runtime.restart("in", false);
    eventually(() -> source.started.get() == 2);
    gateway.awaitState("in", TaskState.RUNNING);
    gateway.runtime.restartTask("in", 0);
    eventually(() -> source.started.get() == 3);

    assertThat(source.closed).hasValue(2);
    assertThat(other.started).hasValue(1);
    assertThat(gateway.task("in").restarts()).as("restarts after failures").isZero();
    assertThatThrownBy(() -> gateway.runtime.restartTask("in", 1))
        .isInstanceOf(NoSuchElementException.class);
    assertThatThrownBy(() -> gateway.runtime.restart("nobody", false))
        .isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void aRestartDoesNotWaitForTheBackOff() {
    AtomicBoolean broken = new AtomicBoolean(true);
    source.onStart =
        () -> {
          if (broken.get()) {
            throw ConnectorException.external("down", "It is down.", null, null);
          }
        };
    gateway.apply(
        Specs.with(
            IN,
            new dev.sluice.gateway.config.ErrorPolicy(
                0,
                Then.DEAD_LETTER,
                Specs.DEAD_LETTERS,
                java.time.Duration.ofHours(1),
                java.time.Duration.ofHours(1))));
    gateway.awaitState("in", TaskState.FAILED);
    assertThat(Objects.requireNonNull(gateway.task("in").error()).nextAttempt()).isNotNull();

    broken.set(false);
    gateway.runtime.restart("in", true);
    gateway.awaitState("in", TaskState.RUNNING);
  }

  @Test
  void troubleLastsFromTheFirstFailureHoweverOftenItIsTried() {
    AtomicBoolean broken = new AtomicBoolean(true);
    source.onStart =
        () -> {
          if (broken.get()) {
            throw ConnectorException.external("down", "It is down.", null, null);
          }
        };
    gateway.apply(IN);
    eventually(() -> gateway.task("in").error() != null);
    Instant began = gateway.task("in").since();
    long failures = gateway.task("in").failures();
    eventually(() -> gateway.task("in").failures() >= failures + 3);
    assertThat(gateway.task("in").since()).isEqualTo(began);
    gateway.runtime.restart("in", false);
    eventually(() -> gateway.task("in").failures() >= failures + 6);
    assertThat(gateway.task("in").since()).as("after a restart in vain").isEqualTo(began);

    broken.set(false);
    gateway.awaitState("in", TaskState.RUNNING);
    assertThat(gateway.task("in").since()).isAfter(began);
  }

  @Test
  void appliesOnlyWhatChanged() {
    gateway.apply(IN, OTHER);
    gateway.awaitState("in", TaskState.RUNNING);
    gateway.awaitState("other", TaskState.RUNNING);

    gateway.apply(Specs.with(IN, Specs.policy(9, Then.FAIL)), OTHER, OUT);
    eventually(() -> source.started.get() == 2);
    eventually(() -> gateway.sink.started.get() == 1);
    gateway.awaitState("in", TaskState.RUNNING);
    assertThat(other.started).hasValue(1);

    gateway.apply(OTHER);
    eventually(() -> source.closed.get() == 2 && gateway.sink.closed.get() == 1);
    assertThat(gateway.runtime.list())
        .extracting(view -> view.spec().name())
        .containsExactly("other");
    assertThat(gateway.runtime.find("in")).isEmpty();
    assertThat(other.closed).hasValue(0);
  }

  @Test
  void aConnectorThatComesBackGoesOnWhereItWas() {
    gateway.apply(IN);
    source.offer("a");
    eventually(() -> source.acknowledged.size() == 1);
    gateway.runtime.setTarget("in", TargetState.PAUSED);

    gateway.apply();
    gateway.apply(IN);

    source.offer("b");
    eventually(() -> source.acknowledged.equals(List.of("a", "b")));
    assertThat(gateway.runtime.find("in").orElseThrow().target()).isEqualTo(TargetState.STARTED);
  }

  @Test
  void aConnectorThatIsGoneIsForgottenOnceItsTasksHaveEnded() {
    other.onPoll = this::hangForGood;
    gateway.apply(IN, OTHER);
    gateway.awaitState("in", TaskState.RUNNING);
    gateway.awaitState("other", TaskState.RUNNING);
    gateway.apply();
    gateway.apply(OTHER);
    eventually(() -> gateway.forgotten.equals(List.of("in")));
    gateway.awaitState("other", TaskState.RUNNING);
    assertThat(gateway.forgotten).containsExactly("in");

    source.offer("a");
    gateway.apply(IN, OTHER);
    eventually(() -> source.acknowledged.size() == 1);
    assertThat(gateway.eventTypes("in"))
        .containsExactly("connector.started", "connector.stopped", "connector.started");
  }

  @Test
  void aNameThatIsUsedAgainRightAwayWorksEachTime() {
    for (int round = 1; round <= 30; round++) {
      String value = "a" + round;
      gateway.apply(IN);
      source.offer(value);
      eventually(() -> source.acknowledged.contains(value));
      gateway.apply();
    }
    eventually(() -> gateway.forgotten.contains("in"));
    assertThat(gateway.runtime.list()).isEmpty();
  }

  @Test
  void changesTheNumberOfTasks() {
    gateway.apply(Specs.with(OUT, 3));
    gateway.awaitState("out", TaskState.RUNNING);
    assertThat(gateway.runtime.find("out").orElseThrow().tasks()).hasSize(3);

    gateway.apply(Specs.with(OUT, 1));
    eventually(() -> gateway.sink.closed.get() == 3 && gateway.sink.started.get() == 4);
    gateway.awaitState("out", TaskState.RUNNING);
    assertThat(gateway.runtime.find("out").orElseThrow().tasks()).hasSize(1);
  }

  @Test
  void aHangingConnectorHarmsNeitherCallersNorOthers() {
    other.onPoll = this::hangForGood;
    gateway.apply(IN, OTHER);
    gateway.awaitState("other", TaskState.RUNNING);

    gateway.runtime.setTarget("other", TargetState.STOPPED);
    gateway.apply(Specs.with(IN, Specs.policy(9, Then.FAIL)), OTHER);
    source.offer("a");
    eventually(() -> source.acknowledged.size() == 1);

    gateway.awaitState("other", TaskState.STOPPED);
    assertThat(gateway.events)
        .anyMatch(
            event -> event.subject().equals("other") && event.message().contains("abandoned"));
  }

  @Test
  void anAbandonedTaskIsReplacedAndMovesNothingAnyMore() {
    AtomicInteger polls = new AtomicInteger();
    CountDownLatch inPoll = new CountDownLatch(1);
    other.onPoll =
        () -> {
          if (polls.incrementAndGet() == 1) {
            inPoll.countDown();
            hangForGood();
          }
        };
    gateway.apply(OTHER);
    eventually(() -> inPoll.getCount() == 0);
    gateway.runtime.restart("other", false);
    eventually(() -> other.started.get() == 2);
    gateway.awaitState("other", TaskState.RUNNING);
    other.offer("a");
    eventually(() -> other.acknowledged.equals(List.of("a")));

    hang.countDown();

    eventually(() -> other.closed.get() == 1);
    assertThat(other.acknowledged).containsExactly("a");
    assertThat(gateway.records.values("others")).containsExactly("a");
    assertThat(gateway.runtime.find("other").orElseThrow().state()).isEqualTo(TaskState.RUNNING);
  }

  @Test
  void aTaskThatSleepsThroughItsStopIsInterrupted() {
    AtomicBoolean interrupted = new AtomicBoolean();
    other.onPoll =
        () -> {
          try {
            hang.await();
          } catch (InterruptedException e) {
            interrupted.set(true);
            throw e;
          }
        };
    gateway.apply(OTHER);
    gateway.awaitState("other", TaskState.RUNNING);

    gateway.runtime.setTarget("other", TargetState.STOPPED);

    gateway.awaitState("other", TaskState.STOPPED);
    assertThat(interrupted).isTrue();
    assertThat(other.closed).hasValue(1);
    assertThat(gateway.eventTypes("other")).doesNotContain("connector.failed");
  }

  @Test
  void altersAndResetsPositionsOfStoppedConnectorsOnly() {
    source.offer("a", "b");
    gateway.apply(IN, OUT);
    eventually(() -> gateway.sink.received.size() == 2 && source.acknowledged.size() == 2);
    List<SourcePosition> start =
        List.of(new SourcePosition(Map.of("list", "it"), Map.of("next", 1)));
    assertThatThrownBy(() -> gateway.runtime.alterSourcePositions("in", start))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'in'");
    assertThatThrownBy(() -> gateway.runtime.resetPositions("out"))
        .isInstanceOf(IllegalStateException.class);
    for (String name : List.of("in", "out")) {
      gateway.runtime.setTarget(name, TargetState.STOPPED);
      gateway.awaitState(name, TaskState.STOPPED);
    }
    gateway.runtime.alterSourcePositions("in", start);
    gateway.runtime.resetPositions("out");
    assertThat(gateway.runtime.sinkPositions("out")).isEmpty();
    gateway.runtime.alterSinkPositions("out", Map.of(new TopicPartition("letters", 0), 1L));

    gateway.runtime.setTarget("in", TargetState.STARTED);
    gateway.runtime.setTarget("out", TargetState.STARTED);
    eventually(() -> gateway.sink.received.equals(List.of("a", "b", "b", "b")));
    assertThat(gateway.records.values("letters")).containsExactly("a", "b", "b");
  }

  @Test
  void reportsWhoHasMovedWhichPositions() {
    source.offer("a", "b");
    gateway.apply(IN, OUT);
    eventually(() -> gateway.sink.received.size() == 2 && source.acknowledged.size() == 2);
    for (String name : List.of("in", "out")) {
      gateway.runtime.setTarget(name, TargetState.STOPPED);
      gateway.awaitState(name, TaskState.STOPPED);
    }
    gateway.events.clear();
    gateway.actor = Actor.http("10.0.0.9");

    gateway.runtime.alterSourcePositions(
        "in", List.of(new SourcePosition(Map.of("list", "it"), Map.of("next", 1))));
    gateway.runtime.resetPositions("in");
    gateway.runtime.resetPositions("in");
    gateway.runtime.alterSinkPositions("out", Map.of(new TopicPartition("letters", 0), 1L));
    gateway.runtime.resetPositions("out");

    assertThat(gateway.events)
        .extracting(Event::type, Event::message)
        .containsExactly(
            tuple(
                "connector.offsets-changed",
                "Its positions were changed: {\"list\":\"it\"} from {\"next\":2} to {\"next\":1}."),
            tuple(
                "connector.offsets-reset",
                "Its positions were reset: {\"list\":\"it\"} from {\"next\":1} to none."),
            tuple("connector.offsets-reset", "Its positions were reset; it had none."),
            tuple(
                "connector.offsets-changed", "Its positions were changed: letters-0 from 2 to 1."),
            tuple(
                "connector.offsets-reset", "Its positions were reset: letters-0 from 1 to none."));
    assertThat(gateway.events).extracting(Event::actor).containsOnly(gateway.actor);
  }

  @Test
  void closingStopsAllTasksAndKeepsWhatIsWanted() {
    gateway.apply(IN, OUT);
    source.offer("a");
    eventually(() -> gateway.sink.received.size() == 1);

    gateway.runtime.close();

    assertThat(source.closed).hasValue(1);
    assertThat(gateway.sink.closed).hasValue(1);
    assertThat(gateway.log.groups().committed("connect-out"))
        .containsEntry(new TopicPartition("letters", 0), 1L);
    assertThat(gateway.runtime.find("in").orElseThrow().target()).isEqualTo(TargetState.STARTED);
  }
}
