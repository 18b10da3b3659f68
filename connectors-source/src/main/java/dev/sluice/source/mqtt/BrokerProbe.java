package dev.sluice.source.mqtt;

import dev.sluice.connector.ConnectionReport;
import dev.sluice.connector.ConnectorException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connects and subscribes as a visitor, whose session nobody else has and the broker forgets. */
final class BrokerProbe {

  private static final Logger LOG = LoggerFactory.getLogger(BrokerProbe.class);
  private static final Duration FAREWELL_LIMIT = Duration.ofSeconds(1);

  private BrokerProbe() {}

  /**
   * Tests.
   *
   * @param visitor options made by {@link MqttConfig#visiting}
   * @throws ConnectorException why it can't connect or subscribe
   */
  static ConnectionReport run(MqttConfig visitor, Duration limit) throws InterruptedException {
    MqttFailures failures = new MqttFailures(visitor);
    Broker broker = Broker.of(visitor, message -> {}, Runnable::run, lost -> {});
    try {
      MqttTask.await(broker.connect(), failures, limit);
      MqttTask.await(broker.subscribe(visitor.filters()), failures, limit);
    } finally {
      leave(broker.disconnect());
    }
    String version = visitor.version() == MqttConfig.Version.MQTT_5 ? "MQTT 5" : "MQTT 3.1.1";
    return ConnectionReport.of(
        "Connected to " + visitor.address() + " by " + version,
        "The broker accepts the subscriptions",
        "Not tested: the client id, since its session belongs to the connector");
  }

  private static void leave(CompletableFuture<?> farewell) throws InterruptedException {
    try {
      farewell.get(FAREWELL_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("The broker was not connected.", e);
    }
  }
}
