package dev.sluice.sink.mqtt;

import java.util.concurrent.CompletableFuture;

/** A connection to a broker, of either protocol version. */
interface MqttConnection {

  /** Connects; completes when the broker has accepted us. */
  CompletableFuture<?> connect();

  /**
   * Publishes; completes when the broker has acknowledged the message, as far as the quality of
   * service asks for that. Messages go out in the order of the calls.
   *
   * @throws IllegalArgumentException if the topic is none
   */
  CompletableFuture<?> publish(String topic, byte[] payload);

  /** Says good-bye; completes when the connection is closed, exceptionally if it already was. */
  CompletableFuture<?> disconnect();

  static MqttConnection to(MqttSinkConfig config) {
    return config.v5() ? new Mqtt5Connection(config) : new Mqtt3Connection(config);
  }
}
