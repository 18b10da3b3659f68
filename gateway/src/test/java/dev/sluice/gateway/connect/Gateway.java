package dev.sluice.gateway.connect;

import static org.awaitility.Awaitility.await;

import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.config.ConnectorTypes;
import dev.sluice.gateway.connect.work.LogPorts;
import dev.sluice.gateway.events.Actor;
import dev.sluice.gateway.events.Event;
import dev.sluice.gateway.events.Events;
import dev.sluice.gateway.log.InMemoryLog;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/**
 * A runtime on a log in memory. {@link #kill} cuts it off from the log as the end of a process
 * would, and starts another one on the same log.
 */
final class Gateway implements AutoCloseable {

  static final Duration STOP_TIMEOUT = Duration.ofMillis(300);

  final InMemoryLog log = new InMemoryLog();
  final ListSource source = new ListSource("list");
  final ListSink sink = new ListSink("list");
  final List<Event> events = new CopyOnWriteArrayList<>();

  /** For whom everything is done. */
  volatile Actor actor = Actor.GATEWAY;

  private final Events reports =
      new Events() {
        @Override
        public void publish(Event event) {
          events.add(event);
        }

        @Override
        public Actor actor() {
          return actor;
        }
      };

  /** The connectors that have ended and are forgotten. */
  final List<String> forgotten = new CopyOnWriteArrayList<>();

  /** Of each topic, how many records rules have written to it. */
  final Map<String, Long> written = new ConcurrentHashMap<>();

  private final ConnectMetrics metrics =
      new ConnectMetrics() {
        @Override
        public void wrote(String connector, int task, String topic, long records) {
          written.merge(topic, records, Long::sum);
        }

        @Override
        public void forget(String connector) {
          forgotten.add(connector);
        }
      };

  private final ConcurrentHashMap<String, Integer> epochs = new ConcurrentHashMap<>();
  FaultyRecords records = new FaultyRecords(log);
  FaultyTransactions transactions = new FaultyTransactions(log, records, epochs);
  ConnectRuntime runtime;
  private final List<String> refused = new CopyOnWriteArrayList<>();
  private final ConnectorTypes types;
  private final List<ConnectRuntime> opened = new ArrayList<>();

  Gateway() {
    this(new ListSource("other"));
  }

  Gateway(ListSource other) {
    types = new ConnectorTypes(List.of(source, other), List.of(sink));
    runtime = open();
  }

  private ConnectRuntime open() {
    ConnectRuntime fresh =
        ConnectRuntime.open(
            types,
            new LogPorts(
                new PickyTopics(log, refused::contains), records, records.groups(), transactions),
            new Surroundings(Clock.systemUTC(), new Random(1), reports, metrics, STOP_TIMEOUT));
    opened.add(fresh);
    return fresh;
  }

  void apply(ConnectorSpec... specs) {
    Map<String, ConnectorSpec> byName = new LinkedHashMap<>();
    for (ConnectorSpec spec : specs) {
      byName.put(spec.name(), spec);
    }
    runtime.apply(byName);
  }

  /** Ends the runtime without any goodbye and starts another. */
  void kill() {
    records.cut();
    records = new FaultyRecords(log);
    transactions = new FaultyTransactions(log, records, epochs);
    runtime = open();
  }

  /** From now on no topic may have this name. */
  void refuseTopic(String name) {
    refused.add(name);
  }

  ConnectorView.TaskView task(String connector) {
    return runtime.find(connector).orElseThrow().tasks().getFirst();
  }

  void awaitState(String connector, TaskState state) {
    eventually(() -> runtime.find(connector).orElseThrow().state() == state);
  }

  List<String> eventTypes(String connector) {
    return events.stream().filter(e -> e.subject().equals(connector)).map(Event::type).toList();
  }

  /** Waits until another thread has made it so. */
  static void eventually(BooleanSupplier condition) {
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(2))
        .atMost(Duration.ofSeconds(10))
        .until(condition::getAsBoolean);
  }

  @Override
  public void close() {
    opened.forEach(ConnectRuntime::close);
  }
}
