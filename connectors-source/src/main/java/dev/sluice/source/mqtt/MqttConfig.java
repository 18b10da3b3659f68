package dev.sluice.source.mqtt;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.datatypes.MqttTopicFilter;
import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.Options;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The options of {@code mqtt}, typed. Contains the password; never print one.
 *
 * @param filters what to subscribe to
 * @param keepsSession whether the broker is to keep the session of this client id when we are away
 * @param sessionExpiry how long the broker keeps messages for us when we are away; MQTT 5 only
 * @param receiveMaximum at most so many messages are unacknowledged; also the bound of the queue
 */
record MqttConfig(
    MqttAddress address,
    Version version,
    List<String> filters,
    MqttQos qos,
    String clientId,
    @Nullable String user,
    @Nullable String password,
    boolean keepsSession,
    Duration sessionExpiry,
    Duration keepAlive,
    int receiveMaximum) {

  /** The protocol's version. */
  enum Version {
    MQTT_5,
    MQTT_3_1_1
  }

  /** What precedes the filter of a shared subscription (MQTT 5, 4.8.2). */
  private static final Pattern SHARE = Pattern.compile("^\\$share/[^/]+/");

  /** The protocol counts seconds in 16 bits. */
  private static final Duration LONGEST_KEEP_ALIVE = Duration.ofSeconds(65_535);

  /** The protocol counts seconds in 32 bits; the largest number means forever. */
  private static final Duration LONGEST_EXPIRY = Duration.ofSeconds(0xFFFF_FFFFL);

  /**
   * Reads the options.
   *
   * @throws ConnectorException of category CONFIGURATION naming the option that is wrong
   */
  static MqttConfig of(String connector, Options options) {
    List<String> filters = options.strings("subscribe");
    if (filters.isEmpty()) {
      throw ConnectorException.configuration(
          "subscribe-empty",
          "The option 'subscribe' holds no topic filter.",
          "Name at least one, like plant/+/temperature.");
    }
    filters.forEach(MqttConfig::checkFilter);
    Version version = options.string("version").equals("5") ? Version.MQTT_5 : Version.MQTT_3_1_1;
    if (version == Version.MQTT_3_1_1 && options.has("password") && !options.has("user")) {
      throw ConnectorException.configuration(
          "user-missing",
          "The option 'password' needs 'user' in version 3.1.1 of the protocol.",
          "Set 'user'.");
    }
    return new MqttConfig(
        MqttAddress.parse(options.string("url")),
        version,
        filters,
        Objects.requireNonNull(MqttQos.fromCode(options.integer("qos")), "0, 1 or 2 by schema"),
        options.string("client-id", "sluice-" + connector),
        options.optionalString("user").orElse(null),
        options.optionalString("password").orElse(null),
        true,
        upTo(LONGEST_EXPIRY, "session-expiry", options.duration("session-expiry")),
        upTo(LONGEST_KEEP_ALIVE, "keep-alive", options.duration("keep-alive")),
        options.integer("receive-maximum"));
  }

  /**
   * The same for somebody who only looks: a session of its own that ends with the connection,
   * nothing to acknowledge, and no share in a shared subscription, which others would miss.
   */
  MqttConfig visiting() {
    return new MqttConfig(
        address,
        version,
        filters.stream().map(filter -> SHARE.matcher(filter).replaceFirst("")).toList(),
        MqttQos.AT_MOST_ONCE,
        "sluice-look-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt()),
        user,
        password,
        false,
        Duration.ZERO,
        keepAlive,
        receiveMaximum);
  }

  private static void checkFilter(String filter) {
    try {
      MqttTopicFilter.of(filter);
    } catch (IllegalArgumentException e) {
      throw ConnectorException.configuration(
          "subscribe-invalid",
          "The option 'subscribe' holds '" + filter + "', which is no topic filter.",
          "+ stands for one whole level, # for all that follow and only at the end.");
    }
  }

  private static Duration upTo(Duration longest, String option, Duration given) {
    if (given.compareTo(longest) > 0) {
      throw ConnectorException.configuration(
          option + "-too-long",
          "The option '" + option + "' is longer than the protocol allows.",
          "Give at most " + longest.toSeconds() + "s.");
    }
    return given;
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "MqttConfig[" + address + ", " + clientId + ", " + filters + "]";
  }
}
