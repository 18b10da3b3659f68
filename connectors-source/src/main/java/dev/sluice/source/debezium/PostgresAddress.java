package dev.sluice.source.debezium;

import dev.sluice.connector.ConnectorException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a database is: {@code postgresql://host:port/database?parameters}, the form that libpq
 * takes.
 *
 * @param parameters parameters for the JDBC driver, such as {@code sslmode}
 */
record PostgresAddress(String host, int port, String database, Map<String, String> parameters) {

  private static final int DEFAULT_PORT = 5432;

  /**
   * Reads an address.
   *
   * @throws ConnectorException of category CONFIGURATION
   */
  static PostgresAddress parse(String url) {
    String plain = url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url;
    try {
      URI uri = new URI(plain);
      if (uri.getRawUserInfo() != null) {
        throw wrong("must not hold user or password", "Use the options 'user' and 'password'.");
      }
      String path = uri.getPath();
      if (!isPostgres(uri.getScheme())
          || uri.getHost() == null
          || path == null
          || path.length() < 2) {
        throw wrong(
            "is not an address of a PostgreSQL database",
            "Write it like postgresql://localhost:5432/shop.");
      }
      return new PostgresAddress(
          uri.getHost(),
          uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
          path.substring(1),
          parameters(uri.getRawQuery()));
    } catch (URISyntaxException e) {
      // The exception's text repeats the input, which may hold a password.
      throw wrong(
          "is not an address of a PostgreSQL database",
          "Write it like postgresql://localhost:5432/shop.");
    }
  }

  String jdbcUrl() {
    return "jdbc:postgresql://" + host + ":" + port + "/" + database;
  }

  /** Host, port and database, for messages. */
  @Override
  public String toString() {
    return host + ":" + port + "/" + database;
  }

  private static boolean isPostgres(@Nullable String scheme) {
    return "postgresql".equals(scheme) || "postgres".equals(scheme);
  }

  private static Map<String, String> parameters(@Nullable String query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (query != null) {
      for (String pair : query.split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals < 1) {
          throw wrong("has a parameter without a value", "Write parameters like ?sslmode=require.");
        }
        parameters.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
      }
    }
    return parameters;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static ConnectorException wrong(String what, String suggestion) {
    return ConnectorException.configuration(
        "url-invalid", "The option 'url' " + what + ".", suggestion);
  }
}
