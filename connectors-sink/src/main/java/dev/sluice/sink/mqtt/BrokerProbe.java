package dev.sluice.sink.mqtt;

import dev.sluice.connector.ConnectionReport;
import dev.sluice.connector.ConnectorException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connects under a client id that nobody has, so that no running task is sent away. */
final class BrokerProbe {

  private static final Logger LOG = LoggerFactory.getLogger(BrokerProbe.class);
  private static final Duration FAREWELL_LIMIT = Duration.ofSeconds(1);

  private BrokerProbe() {}

  /**
   * Tests.
   *
   * @throws ConnectorException why the broker can't be reached or refuses
   */
  static ConnectionReport run(MqttSinkConfig config, Duration limit) throws InterruptedException {
    String visitor =
        "sluice-look-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    MqttConnection connection = MqttConnection.to(config.as(visitor));
    try {
      Object unused = connection.connect().get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw MqttFailures.connecting(config.broker(), e);
    } finally {
      leave(connection.disconnect());
    }
    return ConnectionReport.of(
        "Connected to " + config.broker() + " by " + (config.v5() ? "MQTT 5" : "MQTT 3.1.1"),
        "Not tested: the client id, and whether the user may publish");
  }

  private static void leave(CompletableFuture<?> farewell) throws InterruptedException {
    try {
      Object unused = farewell.get(FAREWELL_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("The broker was not connected.", e);
    }
  }
}
