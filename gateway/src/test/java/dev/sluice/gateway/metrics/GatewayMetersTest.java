package dev.sluice.gateway.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.connector.Header;
import dev.sluice.gateway.config.ConnectorSpec.Kind;
import dev.sluice.gateway.log.InMemoryLog;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.TopicSettings;
import dev.sluice.gateway.rest.FakeConnectors;
import dev.sluice.gateway.rest.Views;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GatewayMetersTest {

  private static final TopicPartition ORDERS = new TopicPartition("orders", 0);

  private final InMemoryLog log = new InMemoryLog();
  private final FakeConnectors connectors = new FakeConnectors();
  private final TopicTraffic traffic = new TopicTraffic();
  private final Records records = new MeteredRecords(log, traffic);
  private final AtomicLong nanos = new AtomicLong(1);
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final GatewayMeters meters =
      new GatewayMeters(log, connectors, traffic, registry, nanos::get);

  @BeforeEach
  void start() {
    log.create("orders", 1, TopicSettings.DEFAULT);
    log.create("_events", 1, TopicSettings.DEFAULT);
    connectors.put(Views.failed("warehouse", Kind.SINK));
    meters.register();
    assertThat(registry.get("sluice.topics").gauge().value()).isEqualTo(2);
  }

  @Test
  void countsWhatGoesInAndOutOfATopic() {
    NewRecord record =
        new NewRecord(
            1, "k".getBytes(UTF_8), "value".getBytes(UTF_8), List.of(Header.of("h", "1")));
    assertThat(records.append(ORDERS, List.of(record, record))).isCompleted();
    assertThat(records.read(ORDERS, 1, 10, 1000).records()).hasSize(1);
    log.failAppends(new LogException(LogException.Code.DISK_FULL, "Full."));
    assertThat(records.append(ORDERS, List.of(record))).isCompletedExceptionally();
    aSecondLater();

    assertThat(counter("sluice.topic.in.records")).isEqualTo(2);
    assertThat(counter("sluice.topic.in")).isEqualTo(2 * (1 + 5 + 2));
    assertThat(counter("sluice.topic.out.records")).isEqualTo(1);
    assertThat(counter("sluice.topic.out")).isEqualTo(1 + 5 + 2);
    assertThat(counter("sluice.topic.records.appended")).isEqualTo(2);
    assertThat(registry.get("sluice.topic.records").tag("topic", "orders").gauge().value())
        .isEqualTo(2);
    assertThat(
            registry
                .get("sluice.topic.size")
                .tag("internal", "true")
                .gauge()
                .getId()
                .getTag("topic"))
        .isEqualTo("_events");
  }

  @Test
  void showsAConnectorsCountersLagStateAndErrors() {
    assertThat(connectorMeter("sluice.connector.records")).isEqualTo(100);
    assertThat(connectorMeter("sluice.connector")).isEqualTo(2_000);
    assertThat(connectorMeter("sluice.connector.rejected")).isEqualTo(3);
    assertThat(connectorMeter("sluice.connector.restarts")).isEqualTo(2);
    assertThat(connectorMeter("sluice.connector.lag")).isEqualTo(40);
    assertThat(connectorMeter("sluice.connector.errors")).isEqualTo(3);
    assertThat(registry.get("sluice.connector.state").tag("state", "failed").gauge().value())
        .isOne();
    assertThat(registry.get("sluice.connector.state").tag("state", "running").gauge().value())
        .isZero();
  }

  @Test
  void whatIsGoneTakesItsMetersAlongAndWhatIsNewGetsThem() {
    assertThat(records.append(ORDERS, List.of(new NewRecord(1, null, null, List.of()))))
        .isCompleted();
    log.delete("orders");
    connectors.clear();
    connectors.put(Views.running("shop", Kind.SOURCE));
    aSecondLater();
    assertThat(registry.find("sluice.connector.lag").tag("connector", "warehouse").meter())
        .isNull();
    assertThat(registry.find("sluice.connector.lag").tag("connector", "shop").meter()).isNotNull();
    assertThat(registry.getMeters())
        .extracting(Meter::getId)
        .noneMatch(id -> "orders".equals(id.getTag("topic")));
    assertThat(traffic.of("orders").recordsIn.sum()).isZero();
  }

  @Test
  void metersOutliveGarbageCollection() {
    WeakReference<Object> canary = new WeakReference<>(new Object());
    while (canary.get() != null) {
      System.gc();
    }
    assertThat(registry.get("sluice.topics").gauge().value()).isEqualTo(2);
    assertThat(connectorMeter("sluice.connector.lag")).isEqualTo(40);
  }

  @Test
  void looksAtMostOnceASecond() {
    log.create("more", 1, TopicSettings.DEFAULT);
    assertThat(registry.get("sluice.topics").gauge().value()).isEqualTo(2);
    aSecondLater();
    assertThat(registry.get("sluice.topics").gauge().value()).isEqualTo(3);
  }

  @Test
  void timesFlushes() {
    FlushMeters flushes = new FlushMeters(registry);
    flushes.flushed(Duration.ofMillis(4), 1_000);
    assertThat(registry.get("sluice.log.flush").timer().count()).isOne();
    assertThat(registry.get("sluice.log.flush.bytes").summary().totalAmount()).isEqualTo(1_000);
  }

  private void aSecondLater() {
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(registry.get("sluice.connectors").gauge().value()).isNotNegative();
  }

  private double counter(String name) {
    return registry.get(name).tag("topic", "orders").functionCounter().count();
  }

  private double connectorMeter(String name) {
    return registry
        .get(name)
        .tag("connector", "warehouse")
        .tag("kind", "sink")
        .meter()
        .measure()
        .iterator()
        .next()
        .getValue();
  }
}
