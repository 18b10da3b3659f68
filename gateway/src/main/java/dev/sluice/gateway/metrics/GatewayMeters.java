package dev.sluice.gateway.metrics;

import dev.sluice.gateway.connect.ConnectorView;
import dev.sluice.gateway.connect.Connectors;
import dev.sluice.gateway.log.TopicDescription;
import dev.sluice.gateway.log.Topics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Meters over topics and connectors. Reading any of them looks at all topics and connectors, at
 * most once a second; a look that finds new ones adds their meters (seen from the next scrape on),
 * and takes away those of ones that are gone. Thread-safe; the lock guards all state.
 */
@Singleton
final class GatewayMeters {

  private static final Logger LOG = Logger.getLogger(GatewayMeters.class);
  private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

  private final Topics topics;
  private final Connectors connectors;
  private final TopicTraffic traffic;
  private final MeterRegistry registry;
  private final LongSupplier nanoClock;

  /** Meters hold what they read from weakly, so it is held here. */
  private final Supplier<Snapshot> now = this::look;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Object, List<Meter>> registered = new HashMap<>();
  private Snapshot snapshot = Snapshot.EMPTY;
  private long takenNanos;
  private boolean started;

  @Inject
  GatewayMeters(
      Topics topics, Connectors connectors, TopicTraffic traffic, MeterRegistry registry) {
    this(topics, connectors, traffic, registry, System::nanoTime);
  }

  GatewayMeters(
      Topics topics,
      Connectors connectors,
      TopicTraffic traffic,
      MeterRegistry registry,
      LongSupplier nanoClock) {
    this.topics = topics;
    this.connectors = connectors;
    this.traffic = traffic;
    this.registry = registry;
    this.nanoClock = nanoClock;
  }

  void start(@Observes StartupEvent event) {
    register();
  }

  /** Registers the two gauges that are always there, through which the first look happens. */
  void register() {
    Meter topicCount =
        Gauge.builder("sluice.topics", now, look -> look.get().topics().size())
            .description("Topics, internal ones included")
            .register(registry);
    Meter connectorCount =
        Gauge.builder("sluice.connectors", now, look -> look.get().connectors().size())
            .description("Connectors")
            .register(registry);
    LOG.debugf("Registered %s and %s", topicCount.getId(), connectorCount.getId());
  }

  /** What topics and connectors say now, or said less than a second ago. */
  private Snapshot look() {
    lock.lock();
    try {
      long nanos = nanoClock.getAsLong();
      if (!started || nanos - takenNanos >= FRESH_NANOS) {
        started = true;
        takenNanos = nanos;
        snapshot = Snapshot.take(topics, connectors);
        reconcile();
      }
      return snapshot;
    } finally {
      lock.unlock();
    }
  }

  private void reconcile() {
    Set<Object> present = new HashSet<>();
    for (TopicDescription topic : snapshot.topics().values()) {
      TopicMeters meters = new TopicMeters(topic.name(), topic.internal());
      if (present.add(meters) && !registered.containsKey(meters)) {
        registered.put(meters, meters.register(registry, now, traffic));
      }
    }
    for (ConnectorView view : snapshot.connectors().values()) {
      ConnectorMeters meters = ConnectorMeters.of(view);
      if (present.add(meters) && !registered.containsKey(meters)) {
        registered.put(meters, meters.register(registry, now));
      }
    }
    registered
        .entrySet()
        .removeIf(
            entry -> {
              boolean gone = !present.contains(entry.getKey());
              if (gone) {
                entry.getValue().forEach(registry::remove);
              }
              return gone;
            });
    traffic.retain(snapshot.topics().keySet());
  }
}
