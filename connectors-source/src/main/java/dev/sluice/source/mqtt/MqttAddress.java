package dev.sluice.source.mqtt;

import dev.sluice.connector.ConnectorException;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Where a broker is.
 *
 * @param webSocketPath the path of a broker behind WebSockets, or null for plain MQTT
 */
record MqttAddress(String host, int port, boolean tls, @Nullable String webSocketPath) {

  /** The kinds of address, with the ports that belong to them. */
  private enum Scheme {
    TCP(1883, false, false),
    SSL(8883, true, false),
    WS(80, false, true),
    WSS(443, true, true);

    private final int port;
    private final boolean tls;
    private final boolean webSocket;

    Scheme(int port, boolean tls, boolean webSocket) {
      this.port = port;
      this.tls = tls;
      this.webSocket = webSocket;
    }

    private static @Nullable Scheme of(@Nullable String name) {
      return switch (name) {
        case "tcp", "mqtt" -> TCP;
        case "ssl", "tls", "mqtts" -> SSL;
        case "ws" -> WS;
        case "wss" -> WSS;
        case null, default -> null;
      };
    }
  }

  /**
   * Reads an address.
   *
   * @throws ConnectorException of category CONFIGURATION
   */
  static MqttAddress parse(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      // The exception's text repeats the input, which may hold a password.
      throw noAddress();
    }
    if (uri.getRawUserInfo() != null) {
      throw ConnectorException.configuration(
          "url-with-user",
          "The option 'url' must not hold user or password.",
          "Use the options 'user' and 'password'.");
    }
    Scheme scheme = Scheme.of(uri.getScheme());
    if (scheme == null || uri.getHost() == null) {
      throw noAddress();
    }
    String path = uri.getRawPath();
    return new MqttAddress(
        uri.getHost(),
        uri.getPort() < 0 ? scheme.port : uri.getPort(),
        scheme.tls,
        scheme.webSocket ? (path == null || path.length() < 2 ? "mqtt" : path.substring(1)) : null);
  }

  private static ConnectorException noAddress() {
    return ConnectorException.configuration(
        "url-invalid",
        "The option 'url' is not an address of an MQTT broker.",
        "Write it like tcp://localhost:1883, ssl://broker:8883 or ws://broker/mqtt.");
  }

  /** Host and port, for messages. */
  @Override
  public String toString() {
    return host + ":" + port;
  }
}
