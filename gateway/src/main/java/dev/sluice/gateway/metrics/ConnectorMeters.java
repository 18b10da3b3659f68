package dev.sluice.gateway.metrics;

import dev.sluice.gateway.connect.ConnectorView;
import dev.sluice.gateway.connect.ConnectorView.TaskError;
import dev.sluice.gateway.connect.ConnectorView.TaskView;
import dev.sluice.gateway.connect.TaskState;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** The meters of one connector. */
record ConnectorMeters(String connector, String kind, String type) {

  static ConnectorMeters of(ConnectorView view) {
    return new ConnectorMeters(
        view.spec().name(), view.spec().kind().name().toLowerCase(Locale.ROOT), view.spec().type());
  }

  List<Meter> register(MeterRegistry registry, Supplier<Snapshot> now) {
    Tags tags = Tags.of("connector", connector, "kind", kind, "type", type);
    List<Meter> meters = new ArrayList<>();
    meters.add(
        counter("sluice.connector.records", now, TaskView::records)
            .description("Records carried since the process started: in by sources, out by sinks")
            .tags(tags)
            .register(registry));
    meters.add(
        counter("sluice.connector", now, TaskView::bytes)
            .description("Bytes of keys and values carried since the process started")
            .baseUnit("bytes")
            .tags(tags)
            .register(registry));
    meters.add(
        counter("sluice.connector.rejected", now, TaskView::rejected)
            .description("Records set aside since the process started")
            .tags(tags)
            .register(registry));
    meters.add(
        counter("sluice.connector.restarts", now, TaskView::restarts)
            .description("Restarts after failures since the process started")
            .tags(tags)
            .register(registry));
    meters.add(
        gauge("sluice.connector.lag", now, TaskView::lag)
            .description("Records that wait to be read")
            .tags(tags)
            .register(registry));
    meters.add(
        gauge("sluice.connector.tasks.failing", now, task -> task.error() == null ? 0 : 1)
            .description("Tasks with an error")
            .tags(tags)
            .register(registry));
    meters.add(
        gauge("sluice.connector.errors", now, ConnectorMeters::attempts)
            .description("Attempts that have failed in a row; 0 when all is well")
            .tags(tags)
            .register(registry));
    for (TaskState state : TaskState.values()) {
      meters.add(
          Gauge.builder("sluice.connector.state", now, look -> is(look, state))
              .description("1 for the state that the connector is in, 0 for the others")
              .tags(tags.and("state", state.name().toLowerCase(Locale.ROOT)))
              .register(registry));
    }
    return List.copyOf(meters);
  }

  private static long attempts(TaskView task) {
    TaskError error = task.error();
    return error == null ? 0 : error.attempts();
  }

  private int is(Supplier<Snapshot> look, TaskState state) {
    ConnectorView view = look.get().connectors().get(connector);
    return view != null && view.state() == state ? 1 : 0;
  }

  private FunctionCounter.Builder<Supplier<Snapshot>> counter(
      String name, Supplier<Snapshot> now, ToLongFunction<TaskView> number) {
    return FunctionCounter.builder(name, now, look -> sum(look, number));
  }

  private Gauge.Builder<Supplier<Snapshot>> gauge(
      String name, Supplier<Snapshot> now, ToLongFunction<TaskView> number) {
    return Gauge.builder(name, now, look -> sum(look, number));
  }

  private long sum(Supplier<Snapshot> look, ToLongFunction<TaskView> number) {
    ConnectorView view = look.get().connectors().get(connector);
    return view == null ? 0 : view.tasks().stream().mapToLong(number).sum();
  }
}
