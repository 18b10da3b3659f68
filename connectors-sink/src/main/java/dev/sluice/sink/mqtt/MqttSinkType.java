package dev.sluice.sink.mqtt;

import dev.sluice.connector.ConnectionReport;
import dev.sluice.connector.ConnectorType;
import dev.sluice.connector.Options;
import dev.sluice.connector.SinkTask;
import dev.sluice.connector.SinkType;
import dev.sluice.sink.support.Schemas;
import java.time.Duration;

/** The sink that publishes to an MQTT broker. */
public final class MqttSinkType implements SinkType {

  @Override
  public String name() {
    return "mqtt";
  }

  @Override
  public String title() {
    return "MQTT";
  }

  @Override
  public String description() {
    return "Publishes records to topics of an MQTT 5 or 3.1.1 broker, in order, and waits for the"
        + " broker's acknowledgement of each: at least once from quality of service 1 on.";
  }

  @Override
  public String optionsSchema() {
    return Schemas.beside(MqttSinkType.class);
  }

  @Override
  public void check(Options options) {
    MqttSinkConfig.of(options, "check");
  }

  @Override
  public void checkExactlyOnce(Options options) {
    throw ConnectorType.cannotBeExact(
        "an MQTT broker keeps no positions, and QoS 2 spans one connection's session only");
  }

  @Override
  public ConnectionReport test(String connector, Options options, Duration limit)
      throws InterruptedException {
    return BrokerProbe.run(MqttSinkConfig.of(options, "unused"), limit);
  }

  @Override
  public SinkTask newTask() {
    return new MqttSinkTask();
  }
}
