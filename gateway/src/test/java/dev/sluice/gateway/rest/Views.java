package dev.sluice.gateway.rest;

import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.config.ConnectorSpec.Kind;
import dev.sluice.gateway.config.ConnectorSpec.OptionValues;
import dev.sluice.gateway.config.ConnectorSpec.ValueFormat;
import dev.sluice.gateway.config.Delivery;
import dev.sluice.gateway.config.ErrorPolicy;
import dev.sluice.gateway.connect.ConnectorView;
import dev.sluice.gateway.connect.ConnectorView.TaskError;
import dev.sluice.gateway.connect.ConnectorView.TaskView;
import dev.sluice.gateway.connect.Specs;
import dev.sluice.gateway.connect.TargetState;
import dev.sluice.gateway.connect.TaskState;
import dev.sluice.gateway.connect.work.ErrorPlace;
import dev.sluice.gateway.log.TopicPartition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Connectors as tests want them. */
public final class Views {

  /** A secret that no answer may contain. */
  public static final String SECRET = "hunter2-do-not-print";

  public static final Instant SINCE = Instant.parse("2026-01-01T00:00:00Z");

  private Views() {}

  public static ConnectorSpec spec(String name, Kind kind) {
    return new ConnectorSpec(
        name,
        kind,
        "jdbc",
        kind == Kind.SINK ? null : "orders",
        kind == Kind.SOURCE ? List.of() : List.of("orders"),
        null,
        ValueFormat.AUTO,
        List.of(),
        new ErrorPolicy(
            1, ErrorPolicy.Then.DEAD_LETTER, "dead", Duration.ofSeconds(1), Duration.ofMinutes(1)),
        Delivery.AT_LEAST_ONCE,
        1,
        new OptionValues(Map.of("url", "jdbc:h2:mem:x", "password", SECRET)),
        Map.of(
            "topics",
            List.of("orders"),
            "config",
            Map.of("url", "jdbc:h2:mem:x", "password", "****")));
  }

  /** A connector whose one task runs. */
  public static ConnectorView running(String name, Kind kind) {
    return view(name, kind, TaskState.RUNNING, null);
  }

  /** A connector of this spec that runs. */
  public static ConnectorView running(ConnectorSpec spec) {
    return view(spec, TaskState.RUNNING, null);
  }

  /** A connector whose one task waits out an error. */
  public static ConnectorView failed(String name, Kind kind) {
    return view(
        name,
        kind,
        TaskState.FAILED,
        refused(new ErrorPlace.InTopic(new TopicPartition("orders", 0), 60, 40)));
  }

  /** The same connector, delivering exactly once. */
  public static ConnectorView exactlyOnce(ConnectorView view) {
    return new ConnectorView(
        Specs.exactlyOnce(view.spec()),
        view.target(),
        view.state(),
        view.tasks(),
        view.topics(),
        view.written());
  }

  /** An error that concerns this place. */
  public static TaskError refused(ErrorPlace place) {
    return new TaskError(
        "connection-refused",
        "EXTERNAL",
        "The database does not answer.",
        "Start it.",
        "java.net.ConnectException: refused\n\tat driver",
        place,
        3,
        SINCE.plusSeconds(8));
  }

  private static ConnectorView view(
      String name, Kind kind, TaskState state, @Nullable TaskError error) {
    return view(spec(name, kind), state, error);
  }

  private static ConnectorView view(
      ConnectorSpec spec, TaskState state, @Nullable TaskError error) {
    return new ConnectorView(
        spec,
        TargetState.STARTED,
        state,
        List.of(new TaskView(0, state, SINCE, error, 100, 2_000, 3, 4, 2, 40)),
        List.of("orders"),
        spec.kind() == Kind.SINK ? List.of() : List.of("orders"));
  }
}
