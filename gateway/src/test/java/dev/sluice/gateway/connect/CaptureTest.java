package dev.sluice.gateway.connect;

import static dev.sluice.gateway.connect.Gateway.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.connector.CaptureState;
import dev.sluice.connector.ChangeCapture;
import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.events.Actor;
import dev.sluice.gateway.events.Event;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CaptureTest {

  private static final ConnectorSpec IN = Specs.source("in", "list", "letters");
  private static final CaptureState STATE =
      new CaptureState(CaptureState.Phase.STREAMING, List.of(), "0/1", null, null, null);

  private final Gateway gateway = new Gateway();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    gateway.close();
  }

  private void capture() {
    gateway.source.capture =
        new ChangeCapture() {
          @Override
          public CaptureState state() {
            return STATE;
          }

          @Override
          public void requestSnapshot(List<String> tables) {
            asked.addAll(tables);
          }
        };
  }

  @Test
  void showsTheCaptureOfARunningTaskAndKeepsItWhenItStops() throws Exception {
    capture();
    gateway.apply(IN);
    eventually(() -> gateway.runtime.capture("in").orElseThrow().capture().isPresent());
    assertThat(gateway.runtime.capture("in").orElseThrow().capture()).contains(STATE);
    eventually(() -> gateway.task("in").state() == TaskState.RUNNING);
    gateway.actor = Actor.http("10.0.0.9");
    gateway.runtime.requestSnapshot("in", List.of("orders"));
    assertThat(asked).containsExactly("orders");
    assertThat(gateway.events)
        .extracting(Event::type, Event::actor)
        .contains(tuple("connector.snapshot", gateway.actor));

    gateway.runtime.setTarget("in", TargetState.STOPPED);
    eventually(() -> gateway.task("in").state() == TaskState.STOPPED);
    assertThat(gateway.runtime.capture("in").orElseThrow())
        .isEqualTo(new CaptureView(TargetState.STOPPED, TaskState.STOPPED, Optional.of(STATE)));
    assertThatThrownBy(() -> gateway.runtime.requestSnapshot("in", List.of("orders")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aTypeThatCapturesNothingHasNone() {
    gateway.apply(IN);
    eventually(() -> gateway.task("in").state() == TaskState.RUNNING);
    assertThat(gateway.runtime.capture("in")).isEmpty();
  }
}
