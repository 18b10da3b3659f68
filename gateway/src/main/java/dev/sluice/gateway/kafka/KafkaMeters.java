package dev.sluice.gateway.kafka;

import dev.sluice.broker.kafka.KafkaMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/**
 * What the Kafka front reports, as meters {@code sluice.kafka.*}. One appears when it first has
 * something to count; there are no more than listeners, APIs, error codes and close reasons make.
 * Thread-safe.
 */
public final class KafkaMeters implements KafkaMetrics {

  private final MeterRegistry registry;
  private final Counter in;
  private final Counter out;
  private final Map<String, Connections> connections = new ConcurrentHashMap<>();
  private final Map<Closed, Counter> closed = new ConcurrentHashMap<>();
  private final Map<ApiKeys, Timer> requests = new ConcurrentHashMap<>();
  private final Map<Failed, Counter> errors = new ConcurrentHashMap<>();
  private final Map<String, Counter> notAccepted = new ConcurrentHashMap<>();
  private final Map<ApiKeys, Timer> throttled = new ConcurrentHashMap<>();

  private record Closed(String listener, CloseReason reason) {}

  private record Failed(ApiKeys api, Errors error) {}

  /** Of one listener. */
  private record Connections(AtomicLong open, Counter opened) {}

  public KafkaMeters(MeterRegistry registry) {
    this.registry = registry;
    this.in =
        Counter.builder("sluice.kafka.in")
            .description("Bytes of requests that came from Kafka's clients")
            .baseUnit("bytes")
            .register(registry);
    this.out =
        Counter.builder("sluice.kafka.out")
            .description("Bytes of answers that went to Kafka's clients")
            .baseUnit("bytes")
            .register(registry);
  }

  /** Watches how much memory requests and answers take. To be called once. */
  public void watchMemory(LongSupplier requestBytes, LongSupplier responseBytes) {
    register("requests", requestBytes);
    register("responses", responseBytes);
  }

  private void register(String user, LongSupplier bytes) {
    Meter unused =
        Gauge.builder("sluice.kafka.memory", bytes::getAsLong)
            .description("Memory that requests of Kafka's clients, and answers to them, take")
            .baseUnit("bytes")
            .tag("of", user)
            .register(registry);
  }

  @Override
  public void opened(String listener) {
    Connections counted = connections.computeIfAbsent(listener, this::register);
    counted.open().incrementAndGet();
    counted.opened().increment();
  }

  @Override
  public void closed(String listener, CloseReason reason) {
    connections.computeIfAbsent(listener, this::register).open().decrementAndGet();
    closed.computeIfAbsent(new Closed(listener, reason), this::register).increment();
  }

  @Override
  public void answered(ApiKeys api, long nanos) {
    requests.computeIfAbsent(api, this::register).record(Duration.ofNanos(nanos));
  }

  @Override
  public void failed(ApiKeys api, Errors error, int count) {
    errors.computeIfAbsent(new Failed(api, error), this::register).increment(count);
  }

  @Override
  public void notAccepted(String listener) {
    notAccepted.computeIfAbsent(listener, this::registerNotAccepted).increment();
  }

  @Override
  public void throttled(ApiKeys api, int millis) {
    throttled.computeIfAbsent(api, this::registerThrottled).record(Duration.ofMillis(millis));
  }

  @Override
  public void received(long bytes) {
    in.increment(bytes);
  }

  @Override
  public void sent(long bytes) {
    out.increment(bytes);
  }

  private Connections register(String listener) {
    AtomicLong open = new AtomicLong();
    Meter unused =
        Gauge.builder("sluice.kafka.connections", open, AtomicLong::get)
            .description("Open connections of Kafka's clients")
            .tag("listener", listener)
            .register(registry);
    return new Connections(
        open,
        Counter.builder("sluice.kafka.connections.opened")
            .description("Connections that Kafka's clients have opened")
            .tag("listener", listener)
            .register(registry));
  }

  private Counter register(Closed connection) {
    return Counter.builder("sluice.kafka.connections.closed")
        .description("Connections of Kafka's clients that ended, by reason")
        .tags("listener", connection.listener(), "reason", word(connection.reason()))
        .register(registry);
  }

  private Timer register(ApiKeys api) {
    return Timer.builder("sluice.kafka.requests")
        .description("Requests of Kafka's clients, and the time from request to answer")
        .tag("api", api.name)
        .register(registry);
  }

  private Counter register(Failed failed) {
    return Counter.builder("sluice.kafka.errors")
        .description("Errors in answers to Kafka's clients, by API and error code")
        .tags("api", failed.api().name, "error", failed.error().name())
        .register(registry);
  }

  private Counter registerNotAccepted(String listener) {
    return Counter.builder("sluice.kafka.connections.not.accepted")
        .description("Connections that the system could not give us, for want of file descriptors")
        .tag("listener", listener)
        .register(registry);
  }

  private Timer registerThrottled(ApiKeys api) {
    return Timer.builder("sluice.kafka.throttled")
        .description("How often and for how long Kafka's clients were silenced by their quota")
        .tag("api", api.name)
        .register(registry);
  }

  private static String word(CloseReason reason) {
    return reason.name().toLowerCase(Locale.ROOT);
  }
}
