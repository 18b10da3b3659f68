package dev.sluice.sink.mqtt;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.Options;
import dev.sluice.sink.support.Template;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * The options, typed.
 *
 * @param v5 MQTT 5 rather than 3.1.1
 * @param timeout for connecting, and for the acknowledgement of a record
 * @param maxInFlight how many records wait for their acknowledgement at most
 */
record MqttSinkConfig(
    Broker broker,
    boolean v5,
    Template topic,
    MqttQos qos,
    boolean retain,
    Duration timeout,
    int maxInFlight) {

  private static final int PORT = 1883;
  private static final int TLS_PORT = 8883;

  /** Where the broker is and who we are. Prints no password. */
  record Broker(
      String host,
      int port,
      boolean tls,
      String clientId,
      Optional<String> user,
      Optional<byte[]> password) {

    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  static MqttSinkConfig of(Options options, String defaultClientId) {
    String topic = options.string("topic");
    if (topic.contains("+") || topic.contains("#")) {
      throw ConnectorException.configuration(
          "mqtt-topic-wildcard",
          "The option 'topic' has a wildcard, which can't be published to: " + topic,
          "Remove '+' and '#'.");
    }
    return new MqttSinkConfig(
        broker(options, defaultClientId),
        options.string("version").equals("5"),
        Template.parse("topic", topic, Template.ALL_FIELDS),
        Objects.requireNonNull(MqttQos.fromCode(options.integer("qos"))),
        options.bool("retain"),
        options.duration("timeout"),
        options.integer("max-in-flight"));
  }

  /** The same under another client id. */
  MqttSinkConfig as(String clientId) {
    Broker other =
        new Broker(
            broker.host(), broker.port(), broker.tls(), clientId, broker.user(), broker.password());
    return new MqttSinkConfig(other, v5, topic, qos, retain, timeout, maxInFlight);
  }

  private static Broker broker(Options options, String defaultClientId) {
    URI url = url(options.string("url"));
    boolean tls = url.getScheme().equals("ssl") || url.getScheme().equals("mqtts");
    int defaultPort = tls ? TLS_PORT : PORT;
    return new Broker(
        url.getHost(),
        url.getPort() < 0 ? defaultPort : url.getPort(),
        tls,
        options.string("client-id", defaultClientId),
        options.optionalString("user"),
        options.optionalString("password").map(text -> text.getBytes(StandardCharsets.UTF_8)));
  }

  private static URI url(String text) {
    try {
      URI url = URI.create(text);
      if (url.getHost() != null && url.getUserInfo() == null) {
        return url;
      }
    } catch (IllegalArgumentException malformed) {
      // Not passed on as a cause: its text shows the whole URL.
    }
    throw ConnectorException.configuration(
        "mqtt-url-malformed",
        "The option 'url' is no URL with a host and without a user.",
        "Write it like 'tcp://localhost:1883' or 'ssl://localhost:8883'.");
  }
}
