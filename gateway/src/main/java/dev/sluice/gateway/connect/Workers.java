package dev.sluice.gateway.connect;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.SourceType;
import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.config.ConnectorTypes;
import dev.sluice.gateway.connect.state.PositionStore;
import dev.sluice.gateway.connect.work.Job;
import dev.sluice.gateway.connect.work.LogPorts;
import dev.sluice.gateway.connect.work.SinkWorker;
import dev.sluice.gateway.connect.work.SourceWorker;
import dev.sluice.gateway.connect.work.TaskControl;
import dev.sluice.gateway.connect.work.TaskMonitor;
import dev.sluice.gateway.connect.work.Worker;
import java.util.Locale;
import java.util.function.Supplier;

/** Makes the workers for all kinds of connectors. Immutable. */
record Workers(
    ConnectorTypes types, LogPorts log, PositionStore positions, Surroundings surroundings) {

  /**
   * A worker for one attempt.
   *
   * @throws ConnectorException of category CONFIGURATION if the spec names an unknown type or holds
   *     a malformed expression
   */
  Worker worker(ConnectorSpec spec, int taskNumber, TaskControl control, TaskMonitor monitor) {
    Job job =
        new Job(
            spec,
            taskNumber,
            log,
            positions,
            surroundings.clock(),
            surroundings.random(),
            control,
            monitor);
    return switch (spec.kind()) {
      case SOURCE -> new SourceWorker(types.source(spec.type()).orElseThrow(unknown(spec)), job);
      case SINK -> SinkWorker.sink(types.sink(spec.type()).orElseThrow(unknown(spec)), job);
      case RULE -> SinkWorker.rule(job);
    };
  }

  /** Whether the connector is of a type that captures a database's changes. */
  boolean captures(ConnectorSpec spec) {
    return spec.kind() == ConnectorSpec.Kind.SOURCE
        && types.source(spec.type()).map(SourceType::capturesChanges).orElse(false);
  }

  private static Supplier<ConnectorException> unknown(ConnectorSpec spec) {
    return () ->
        ConnectorException.configuration(
            "type-unknown",
            "There is no %s of type '%s'."
                .formatted(spec.kind().name().toLowerCase(Locale.ROOT), spec.type()),
            "Choose one of the types that /connector-plugins lists.");
  }
}
