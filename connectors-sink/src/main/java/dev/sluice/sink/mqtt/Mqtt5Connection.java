package dev.sluice.sink.mqtt;

import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.message.auth.Mqtt5SimpleAuth;
import com.hivemq.client.mqtt.mqtt5.message.auth.Mqtt5SimpleAuthBuilder;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import java.util.concurrent.CompletableFuture;

/** MQTT 5. */
final class Mqtt5Connection implements MqttConnection {

  private final MqttSinkConfig config;
  private final Mqtt5AsyncClient client;

  Mqtt5Connection(MqttSinkConfig config) {
    this.config = config;
    MqttSinkConfig.Broker broker = config.broker();
    Mqtt5ClientBuilder builder =
        Mqtt5Client.builder()
            .identifier(broker.clientId())
            .serverHost(broker.host())
            .serverPort(broker.port());
    builder = broker.tls() ? builder.sslWithDefaultConfig() : builder;
    if (broker.user().isPresent()) {
      Mqtt5SimpleAuthBuilder.Complete auth =
          Mqtt5SimpleAuth.builder().username(broker.user().get());
      auth = broker.password().isPresent() ? auth.password(broker.password().get()) : auth;
      builder = builder.simpleAuth(auth.build());
    }
    this.client = builder.buildAsync();
  }

  @Override
  public CompletableFuture<?> connect() {
    return client.connect();
  }

  @Override
  public CompletableFuture<?> publish(String topic, byte[] payload) {
    return client
        .publishWith()
        .topic(topic)
        .qos(config.qos())
        .retain(config.retain())
        .payload(payload)
        .send()
        .thenCompose(Mqtt5Connection::result);
  }

  private static CompletableFuture<?> result(Mqtt5PublishResult result) {
    return result
        .getError()
        .<CompletableFuture<?>>map(CompletableFuture::failedFuture)
        .orElseGet(() -> CompletableFuture.completedFuture(result));
  }

  @Override
  public CompletableFuture<?> disconnect() {
    return client.disconnect();
  }
}
