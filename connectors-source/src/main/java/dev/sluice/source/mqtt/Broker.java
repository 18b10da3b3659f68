package dev.sluice.source.mqtt;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientBuilder;
import com.hivemq.client.mqtt.lifecycle.MqttClientDisconnectedListener;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A connection to a broker, in one of the protocol's versions. It is never made anew by itself: the
 * loss of it is reported once. Thread-safe.
 */
interface Broker {

  /**
   * Connects and goes on with the session that the broker keeps for the client id.
   *
   * @return completes when connected, telling whether the broker had a session, or with the client
   *     library's exception
   */
  CompletableFuture<Boolean> connect();

  /** Subscribes to the filters; doing so again changes nothing. */
  CompletableFuture<?> subscribe(List<String> filters);

  /** Ends subscriptions of an earlier configuration. */
  CompletableFuture<?> unsubscribe(List<String> filters);

  /** Disconnects; the broker keeps the session. */
  CompletableFuture<?> disconnect();

  /**
   * Makes a connection that is not connected yet.
   *
   * @param receiver gets each message on the executor's thread; may block
   * @param executor runs one thing at a time
   * @param lost is told when the connection is gone, for whatever reason
   */
  static Broker of(
      MqttConfig config,
      Consumer<Message> receiver,
      Executor executor,
      MqttClientDisconnectedListener lost) {
    MqttClientBuilder builder = client(config, lost);
    return switch (config.version()) {
      case MQTT_5 -> new Mqtt5Broker(config, builder.useMqttVersion5(), receiver, executor);
      case MQTT_3_1_1 -> new Mqtt3Broker(config, builder.useMqttVersion3(), receiver, executor);
    };
  }

  private static MqttClientBuilder client(MqttConfig config, MqttClientDisconnectedListener lost) {
    MqttAddress address = config.address();
    MqttClientBuilder builder =
        MqttClient.builder()
            .identifier(config.clientId())
            .transportConfig()
            .serverHost(address.host())
            .serverPort(address.port())
            .socketConnectTimeout(10, TimeUnit.SECONDS)
            .mqttConnectTimeout(10, TimeUnit.SECONDS)
            .applyTransportConfig()
            .addDisconnectedListener(lost);
    if (address.tls()) {
      builder = builder.sslWithDefaultConfig();
    }
    String path = address.webSocketPath();
    return path == null
        ? builder
        : builder.webSocketConfig().serverPath(path).applyWebSocketConfig();
  }
}
