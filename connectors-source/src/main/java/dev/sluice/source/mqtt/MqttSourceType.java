package dev.sluice.source.mqtt;

import dev.sluice.connector.ConnectionReport;
import dev.sluice.connector.ConnectorType;
import dev.sluice.connector.Options;
import dev.sluice.connector.PreviewSupport;
import dev.sluice.connector.SourceTask;
import dev.sluice.connector.SourceType;
import dev.sluice.source.support.OptionsSchema;
import java.time.Duration;

/** The source {@code mqtt}. */
public final class MqttSourceType implements SourceType {

  private static final String SCHEMA = OptionsSchema.of(MqttSourceType.class);

  @Override
  public String name() {
    return "mqtt";
  }

  @Override
  public String title() {
    return "MQTT broker";
  }

  @Override
  public String description() {
    return "Subscribes to topics of an MQTT 5 or 3.1.1 broker with a session that outlives the"
        + " connection. With quality of service 1 or 2 a message is acknowledged to the broker only"
        + " when it is durable in the log, so each arrives at least once; with 0 at most once.";
  }

  @Override
  public String optionsSchema() {
    return SCHEMA;
  }

  @Override
  public void check(Options options) {
    MqttConfig.of("check", options);
  }

  @Override
  public void checkExactlyOnce(Options options) {
    throw ConnectorType.cannotBeExact(
        "an MQTT broker sends again what was not acknowledged, with nothing to tell it by (and with"
            + " QoS 0 never again)");
  }

  @Override
  public ConnectionReport test(String connector, Options options, Duration limit)
      throws InterruptedException {
    return BrokerProbe.run(MqttConfig.of(connector, options).visiting(), limit);
  }

  @Override
  public PreviewSupport preview() {
    return new PreviewSupport.Possible(
        "Shows retained messages, and those that are published while it looks.");
  }

  @Override
  public SourceTask newPreviewTask() {
    return new MqttTask(MqttConfig::visiting);
  }

  @Override
  public SourceTask newTask() {
    return new MqttTask(config -> config);
  }
}
