package dev.sluice.broker.kafka;

import dev.sluice.broker.kafka.KafkaMetrics.CloseReason;
import dev.sluice.broker.security.AccessControl;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the connections of a server share. Thread-safe. */
final class ServerContext {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaServer.class);
  private static final long LOG_INTERVAL_NANOS = 10_000_000_000L;

  private final ServerLimits limits;
  private final KafkaMetrics metrics;
  private final LongSupplier nanoTime;
  private final RequestMemory memory;
  private final ApiRegistry apis;
  private final AccessControl access;
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private final Map<CloseReason, Tally> tallies = new ConcurrentHashMap<>();

  private record Tally(long sinceNanos, int suppressed) {}

  ServerContext(ServerLimits limits, KafkaMetrics metrics, ApiRegistry apis, AccessControl access) {
    this.limits = limits;
    this.metrics = metrics;
    this.apis = apis;
    this.access = access;
    this.nanoTime = System::nanoTime;
    this.memory = new RequestMemory(limits.requestMemoryBytes());
  }

  ServerLimits limits() {
    return limits;
  }

  KafkaMetrics metrics() {
    return metrics;
  }

  LongSupplier nanoTime() {
    return nanoTime;
  }

  RequestMemory memory() {
    return memory;
  }

  ApiRegistry apis() {
    return apis;
  }

  AccessControl access() {
    return access;
  }

  Set<Connection> open() {
    return open;
  }

  void note(String message) {
    LOG.debug("{}", message);
  }

  void failed(String connection, Throwable failure) {
    LOG.error("The connection {} failed in an unforeseen way", connection, failure);
  }

  /** A connection has ended; says so if people should know, but never more than now and then. */
  void ended(Connection connection, ListenerConfig listener, String id, CloseException reason) {
    boolean unused = open.remove(connection);
    metrics.closed(listener.name(), reason.reason());
    switch (reason.reason()) {
      case CLIENT, SHUTDOWN, NETWORK, IDLE -> LOG.debug("Closed {}: {}", id, reason.getMessage());
      case STUCK, OVERSIZED, GARBAGE, UNAUTHENTICATED, OVERLOAD, TOO_MANY, FAILED ->
          tell(id, reason);
    }
  }

  private void tell(String id, CloseException reason) {
    long now = nanoTime.getAsLong();
    Tally tally =
        tallies.compute(
            reason.reason(),
            (kind, before) ->
                before == null || now - before.sinceNanos() > LOG_INTERVAL_NANOS
                    ? new Tally(now, 0)
                    : new Tally(before.sinceNanos(), before.suppressed() + 1));
    if (tally.suppressed() == 0) {
      LOG.warn(
          "Closed the connection {}: {}. Others closed for a reason of this kind ({}) in the next"
              + " seconds are counted in the metrics only",
          id,
          reason.getMessage(),
          reason.reason());
    }
  }
}
