package dev.sluice.gateway.metrics;

import dev.sluice.connector.ErrorCategory;
import dev.sluice.gateway.connect.ConnectMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What connectors carried, topic by topic, and how often they failed: {@code
 * sluice.connector.topic.records}, {@code sluice.connector.topic.bytes}, {@code
 * sluice.connector.failures}. Set-aside records and restarts are read from the views. Thread-safe.
 * There is a meter for each pair of connector and topic that something went through; those of a
 * connector go with it, so their number is bounded by the configuration.
 */
@Singleton
public final class CarriedMeters implements ConnectMetrics {

  private static final String FAILURES = "sluice.connector.failures";

  private final MeterRegistry registry;
  private final ConcurrentHashMap<Route, Carried> carried = new ConcurrentHashMap<>();

  private final ConcurrentHashMap<Route, LongAdder> written = new ConcurrentHashMap<>();

  /** From a connector to a topic, or the other way. */
  public record Route(String connector, String topic) {}

  private record Carried(Counter records, Counter bytes) {}

  @Inject
  public CarriedMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void carried(String connector, int task, String topic, long records, long bytes) {
    Carried counters = carried.computeIfAbsent(new Route(connector, topic), this::register);
    counters.records().increment(records);
    counters.bytes().increment(bytes);
  }

  private Carried register(Route route) {
    return new Carried(
        Counter.builder("sluice.connector.topic.records")
            .description("Records that a connector carried into or out of a topic")
            .tags("connector", route.connector(), "topic", route.topic())
            .register(registry),
        Counter.builder("sluice.connector.topic.bytes")
            .description("Bytes of keys and values that a connector carried into or out of a topic")
            .baseUnit("bytes")
            .tags("connector", route.connector(), "topic", route.topic())
            .register(registry));
  }

  /** Records carried since the process started. */
  public Map<Route, Long> records() {
    Map<Route, Long> records = new HashMap<>();
    carried.forEach((route, counters) -> records.put(route, (long) counters.records().count()));
    return records;
  }

  @Override
  public void wrote(String connector, int task, String topic, long records) {
    written.computeIfAbsent(new Route(connector, topic), route -> new LongAdder()).add(records);
  }

  /** Records that rules have written since the process started. */
  public Map<Route, Long> written() {
    Map<Route, Long> records = new HashMap<>();
    written.forEach((route, count) -> records.put(route, count.sum()));
    return records;
  }

  @Override
  public void failed(String connector, int task, ErrorCategory category) {
    Counter.builder(FAILURES)
        .description("Attempts of a connector that failed")
        .tags("connector", connector, "category", category.name())
        .register(registry)
        .increment();
  }

  @Override
  public void forget(String connector) {
    carried
        .entrySet()
        .removeIf(
            entry -> {
              boolean isItsOwn = entry.getKey().connector().equals(connector);
              if (isItsOwn) {
                registry.remove(entry.getValue().records());
                registry.remove(entry.getValue().bytes());
              }
              return isItsOwn;
            });
    written.keySet().removeIf(route -> route.connector().equals(connector));
    registry.find(FAILURES).tag("connector", connector).counters().forEach(registry::remove);
  }
}
