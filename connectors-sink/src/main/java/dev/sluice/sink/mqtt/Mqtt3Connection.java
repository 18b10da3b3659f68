package dev.sluice.sink.mqtt;

import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import com.hivemq.client.mqtt.mqtt3.Mqtt3ClientBuilder;
import com.hivemq.client.mqtt.mqtt3.message.auth.Mqtt3SimpleAuth;
import com.hivemq.client.mqtt.mqtt3.message.auth.Mqtt3SimpleAuthBuilder;
import java.util.concurrent.CompletableFuture;

/** MQTT 3.1.1. */
final class Mqtt3Connection implements MqttConnection {

  private final MqttSinkConfig config;
  private final Mqtt3AsyncClient client;

  Mqtt3Connection(MqttSinkConfig config) {
    this.config = config;
    MqttSinkConfig.Broker broker = config.broker();
    Mqtt3ClientBuilder builder =
        Mqtt3Client.builder()
            .identifier(broker.clientId())
            .serverHost(broker.host())
            .serverPort(broker.port());
    builder = broker.tls() ? builder.sslWithDefaultConfig() : builder;
    if (broker.user().isPresent()) {
      Mqtt3SimpleAuthBuilder.Complete auth =
          Mqtt3SimpleAuth.builder().username(broker.user().get());
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
        .send();
  }

  @Override
  public CompletableFuture<?> disconnect() {
    return client.disconnect();
  }
}
