package dev.sluice.source.mqtt;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttTopicFilter;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.message.auth.Mqtt5SimpleAuth;
import com.hivemq.client.mqtt.mqtt5.message.auth.Mqtt5SimpleAuthBuilder;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5ConnectBuilder;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5RetainHandling;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscribe;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscription;
import com.hivemq.client.mqtt.mqtt5.message.unsubscribe.Mqtt5Unsubscribe;
import dev.sluice.connector.Header;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** MQTT 5 (OASIS standard, 7 March 2019). */
final class Mqtt5Broker implements Broker {

  private final MqttConfig config;
  private final Mqtt5AsyncClient client;

  Mqtt5Broker(
      MqttConfig config,
      Mqtt5ClientBuilder builder,
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
    Mqtt5ConnectBuilder connect =
        Mqtt5Connect.builder()
            .cleanStart(!config.keepsSession())
            .sessionExpiryInterval(config.sessionExpiry().toSeconds())
            .keepAlive((int) config.keepAlive().toSeconds())
            .restrictions()
            .receiveMaximum(config.receiveMaximum())
            .applyRestrictions();
    Mqtt5SimpleAuth auth = auth();
    return client
        .connect((auth == null ? connect : connect.simpleAuth(auth)).build())
        .thenApply(Mqtt5ConnAck::isSessionPresent);
  }

  private @Nullable Mqtt5SimpleAuth auth() {
    String user = config.user();
    String password = config.password();
    byte[] secret = password == null ? null : password.getBytes(StandardCharsets.UTF_8);
    Mqtt5SimpleAuthBuilder builder = Mqtt5SimpleAuth.builder();
    if (user == null) {
      return secret == null ? null : builder.password(secret).build();
    }
    return secret == null
        ? builder.username(user).build()
        : builder.username(user).password(secret).build();
  }

  @Override
  public CompletableFuture<?> subscribe(List<String> filters) {
    return client.subscribe(
        Mqtt5Subscribe.builder()
            .addSubscriptions(filters.stream().map(this::subscription).toList())
            .build());
  }

  private Mqtt5Subscription subscription(String filter) {
    return Mqtt5Subscription.builder()
        .topicFilter(filter)
        .qos(config.qos())
        // Retained messages come once, not at each start.
        .retainHandling(Mqtt5RetainHandling.SEND_IF_SUBSCRIPTION_DOES_NOT_EXIST)
        .build();
  }

  @Override
  public CompletableFuture<?> unsubscribe(List<String> filters) {
    return client.unsubscribe(
        Mqtt5Unsubscribe.builder()
            .addTopicFilters(filters.stream().map(MqttTopicFilter::of).toList())
            .build());
  }

  @Override
  public CompletableFuture<?> disconnect() {
    return client.disconnect();
  }

  private static Message message(Mqtt5Publish publish) {
    return new Message(
        publish.getTopic().toString(),
        publish.getPayloadAsBytes(),
        publish.isRetain(),
        properties(publish),
        publish::acknowledge);
  }

  private static List<Header> properties(Mqtt5Publish publish) {
    List<Header> headers = new ArrayList<>();
    publish.getContentType().ifPresent(type -> headers.add(Header.of("content-type", "" + type)));
    publish
        .getUserProperties()
        .asList()
        .forEach(
            property ->
                headers.add(
                    Header.of(property.getName().toString(), property.getValue().toString())));
    return headers;
  }
}
