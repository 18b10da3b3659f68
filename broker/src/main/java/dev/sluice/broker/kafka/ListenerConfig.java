package dev.sluice.broker.kafka;

import dev.sluice.broker.security.Authentication;
import java.util.Set;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.jspecify.annotations.Nullable;

/**
 * Where clients connect.
 *
 * @param name tells it from other listeners, such as {@code PLAINTEXT}
 * @param host the address it binds to
 * @param port 0 for any free one
 * @param advertisedHost what clients are told to connect to; null for {@code host}
 * @param advertisedPort the same for the port; null for the one it is bound to
 * @param sasl mechanisms of which clients have to use one; empty if they need not say who they are
 * @param transports wraps accepted connections: as they are, or in TLS
 */
public record ListenerConfig(
    String name,
    String host,
    int port,
    @Nullable String advertisedHost,
    @Nullable Integer advertisedPort,
    Set<String> sasl,
    TransportFactory transports) {

  /** Refuses mechanisms that there are not. */
  public ListenerConfig {
    sasl = Set.copyOf(sasl);
    if (!Authentication.MECHANISMS.containsAll(sasl)) {
      throw new IllegalArgumentException(
          "SASL mechanisms " + sasl + ": choose from " + Authentication.MECHANISMS);
    }
  }

  /** Plain connections on the loopback interface. */
  public static ListenerConfig loopback(int port) {
    return new ListenerConfig(
        "PLAINTEXT", "127.0.0.1", port, null, null, Set.of(), TransportFactory.PLAIN);
  }

  ListenerName listenerName() {
    return new ListenerName(name);
  }

  SecurityProtocol protocol() {
    if (transports.isEncrypted()) {
      return sasl.isEmpty() ? SecurityProtocol.SSL : SecurityProtocol.SASL_SSL;
    }
    return sasl.isEmpty() ? SecurityProtocol.PLAINTEXT : SecurityProtocol.SASL_PLAINTEXT;
  }
}
