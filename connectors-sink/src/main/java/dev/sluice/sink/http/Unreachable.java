package dev.sluice.sink.http;

import dev.sluice.connector.ConnectorException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;

/** Why a server can't be reached, in words: the JDK's client often gives none. */
final class Unreachable {

  private Unreachable() {}

  /** A failure of category EXTERNAL, without the configuration's secrets. */
  static ConnectorException of(HttpSinkConfig config, IOException failure) {
    return ConnectorException.external(
        "http-unreachable",
        config.redact(config.shownUrl() + " can't be reached: " + why(failure) + "."),
        "Check that the server runs, and that 'url' and 'timeout' fit.",
        null);
  }

  static String why(IOException failure) {
    String message = failure.getMessage();
    return switch (failure) {
      case UnknownHostException unused -> "its name can't be resolved";
      case ConnectException named when named.getCause() instanceof ConnectException cause ->
          why(cause);
      case ConnectException nameless
          when nameless.getCause() instanceof UnresolvedAddressException ->
          "its name can't be resolved";
      case ConnectException refused when message == null || message.isBlank() ->
          "nothing answers there";
      default -> message == null || message.isBlank() ? failure.toString() : message;
    };
  }
}
