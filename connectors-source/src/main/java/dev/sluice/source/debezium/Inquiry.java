package dev.sluice.source.debezium;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * A connection of our own beside the engine's, for questions. Every answer is waited for a bounded
 * time. Belongs to one thread.
 */
final class Inquiry implements AutoCloseable {

  /** Turns a row into something. */
  @FunctionalInterface
  interface RowReader<T extends @Nullable Object> {
    T read(ResultSet row) throws SQLException;
  }

  private static final String LIMIT_SECONDS = "10";

  private final Connection connection;

  private Inquiry(Connection connection) {
    this.connection = connection;
  }

  static Inquiry open(PostgresCdcConfig config) throws SQLException {
    Properties properties = new Properties();
    properties.putAll(config.address().parameters());
    properties.setProperty("user", config.user());
    String password = config.password();
    if (password != null) {
      properties.setProperty("password", password);
    }
    properties.putIfAbsent("connectTimeout", LIMIT_SECONDS);
    properties.putIfAbsent("socketTimeout", LIMIT_SECONDS);
    properties.putIfAbsent("ApplicationName", "sluice " + config.name());
    Connection connection = new Driver().connect(config.address().jdbcUrl(), properties);
    if (connection == null) {
      throw new IllegalStateException("The driver does not know its own URL.");
    }
    return new Inquiry(connection);
  }

  Connection connection() {
    return connection;
  }

  /** The version as the server counts it: 130004 is 13.4. */
  int serverVersion() throws SQLException {
    String number = first("SHOW server_version_num");
    return number == null ? 0 : Integer.parseInt(number);
  }

  /** The first column of the first row as text, or null if there is none. */
  @Nullable String first(String sql, String... parameters) throws SQLException {
    List<@Nullable String> column = rows(row -> row.getString(1), sql, parameters);
    return column.isEmpty() ? null : column.getFirst();
  }

  <T extends @Nullable Object> List<T> rows(RowReader<T> reader, String sql, String... parameters)
      throws SQLException {
    List<T> found = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(reader.read(rows));
        }
      }
    }
    return found;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
