package dev.sluice.source.mqtt;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttTopicFilter;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3ClientBuilder;
import com.hivemq.client.mqtt.mqtt3.message.auth.Mqtt3SimpleAuth;
import com.hivemq.client.mqtt.mqtt3.message.auth.Mqtt3SimpleAuthBuilder;
import com.hivemq.client.mqtt.mqtt3.message.connect.Mqtt3Connect;
import com.hivemq.client.mqtt.mqtt3.message.connect.Mqtt3ConnectBuilder;
import com.hivemq.client.mqtt.mqtt3.message.connect.connack.Mqtt3ConnAck;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import com.hivemq.client.mqtt.mqtt3.message.subscribe.Mqtt3Subscribe;
import com.hivemq.client.mqtt.mqtt3.message.subscribe.Mqtt3Subscription;
import com.hivemq.client.mqtt.mqtt3.message.unsubscribe.Mqtt3Unsubscribe;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * MQTT 3.1.1 (ISO/IEC 20922). It knows no receive maximum: how much is unacknowledged at a time is
 * the broker's setting. A user is needed for a password.
 */
final class Mqtt3Broker implements Broker {

  private final MqttConfig config;
  private final Mqtt3AsyncClient client;

  Mqtt3Broker(
      MqttConfig config,
      Mqtt3ClientBuilder builder,
      Consumer<Message> receiver,
      Executor executor) {
    this.config = config;
    this.client = builder.buildAsync();
    // Before connecting: a kept session delivers at once.
    client.publishes(
        MqttGlobalPublishFilter.ALL, publish -> receiver.accept(message(publish)), executor, true);
  }

  @Override
  public CompletableFuture<Boolean> connect() {
    Mqtt3ConnectBuilder connect =
        Mqtt3Connect.builder()
            .cleanSession(!config.keepsSession())
            .keepAlive((int) config.keepAlive().toSeconds());
    String user = config.user();
    return client
        .connect((user == null ? connect : connect.simpleAuth(auth(user))).build())
        .thenApply(Mqtt3ConnAck::isSessionPresent);
  }

  private Mqtt3SimpleAuth auth(String user) {
    Mqtt3SimpleAuthBuilder.Complete auth = Mqtt3SimpleAuth.builder().username(user);
    String password = config.password();
    return password == null
        ? auth.build()
        : auth.password(password.getBytes(StandardCharsets.UTF_8)).build();
  }

  @Override
  public CompletableFuture<?> subscribe(List<String> filters) {
    return client.subscribe(
        Mqtt3Subscribe.builder()
            .addSubscriptions(
                filters.stream()
                    .map(
                        filter ->
                            Mqtt3Subscription.builder()
                                .topicFilter(filter)
                                .qos(config.qos())
                                .build())
                    .toList())
            .build());
  }

  @Override
  public CompletableFuture<?> unsubscribe(List<String> filters) {
    return client.unsubscribe(
        Mqtt3Unsubscribe.builder()
            .addTopicFilters(filters.stream().map(MqttTopicFilter::of).toList())
            .build());
  }

  @Override
  public CompletableFuture<?> disconnect() {
    return client.disconnect();
  }

  private static Message message(Mqtt3Publish publish) {
    return new Message(
        publish.getTopic().toString(),
        publish.getPayloadAsBytes(),
        publish.isRetain(),
        List.of(),
        publish::acknowledge);
  }
}
