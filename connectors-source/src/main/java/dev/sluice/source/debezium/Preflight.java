package dev.sluice.source.debezium;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.SourcePosition;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.replication.LogSequenceNumber;

/**
 * Looks at the database before the engine does, so that what is missing is told by name: the login,
 * the server's settings, tables, publication, and a slot that no longer fits the stored position.
 */
record Preflight(PostgresCdcConfig config) {

  private static final String CONNECT_TIMEOUT_SECONDS = "10";

  /**
   * Checks.
   *
   * @param positions where the connector is about to go on
   * @throws ConnectorException what is wrong
   * @throws SQLException as the driver reports it
   */
  void check(List<SourcePosition> positions) throws SQLException {
    try (Connection connection = connect()) {
      checkWalLevel(connection);
      checkTables(connection);
      checkPublication(connection);
      checkSlot(connection, positions);
    }
  }

  private Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.putAll(config.address().parameters());
    properties.setProperty("user", config.user());
    String password = config.password();
    if (password != null) {
      properties.setProperty("password", password);
    }
    properties.putIfAbsent("connectTimeout", CONNECT_TIMEOUT_SECONDS);
    properties.putIfAbsent("socketTimeout", CONNECT_TIMEOUT_SECONDS);
    properties.putIfAbsent("ApplicationName", "sluice " + config.name());
    Connection connection = new Driver().connect(config.address().jdbcUrl(), properties);
    if (connection == null) {
      throw new IllegalStateException("The driver does not know its own URL.");
    }
    return connection;
  }

  private void checkWalLevel(Connection connection) throws SQLException {
    String level = first(connection, "SHOW wal_level");
    if (!"logical".equals(level) && config.snapshot() != PostgresCdcConfig.Snapshot.ONLY) {
      throw ConnectorException.external(
          "wal-level",
          "The database server writes no logical changes: wal_level is '" + level + "'.",
          "Set wal_level = logical in postgresql.conf and restart the server.",
          null);
    }
  }

  private void checkTables(Connection connection) throws SQLException {
    List<String> missing = new ArrayList<>();
    for (TablePattern table : config.tables()) {
      if (table.exact()
          && first(
                  connection,
                  "SELECT 1 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n"
                      + " ON n.oid = c.relnamespace"
                      + " WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p')",
                  table.schema(),
                  table.table())
              == null) {
        missing.add(table.toString());
      }
    }
    if (!missing.isEmpty()) {
      throw ConnectorException.external(
          "table-missing",
          "The database " + config.address() + " has no table " + String.join(", ", missing) + ".",
          "Create it, or correct the option 'tables'; names are case-sensitive.",
          null);
    }
  }

  private void checkPublication(Connection connection) throws SQLException {
    String publication = config.publication();
    if (publication == null) {
      new OwnPublication(config).extend(connection);
    } else if (first(
            connection, "SELECT 1 FROM pg_catalog.pg_publication WHERE pubname = ?", publication)
        == null) {
      throw ConnectorException.external(
          "publication-missing",
          "The publication '" + publication + "' does not exist.",
          "CREATE PUBLICATION " + publication + " FOR TABLE ..., or leave the option out.",
          null);
    }
  }

  /** A slot that is gone, or has moved on without us, would leave changes out in silence. */
  private void checkSlot(Connection connection, List<SourcePosition> positions)
      throws SQLException {
    Long streamed = streamedTo(positions);
    if (streamed == null || config.snapshot() == PostgresCdcConfig.Snapshot.WHEN_NEEDED) {
      return;
    }
    String confirmed =
        first(
            connection,
            "SELECT confirmed_flush_lsn FROM pg_catalog.pg_replication_slots WHERE slot_name = ?",
            config.slot());
    if (confirmed == null) {
      throw lost("is gone");
    }
    if (LogSequenceNumber.valueOf(confirmed).asLong() > streamed) {
      throw lost("has moved on without this connector");
    }
  }

  private ConnectorException lost(String what) {
    return ConnectorException.external(
        "slot-lost",
        "The replication slot '" + config.slot() + "' " + what + ", so changes may be missing.",
        "Stop the connector and reset its positions, so that it takes a new snapshot; or set"
            + " 'snapshot' to when-needed.",
        null);
  }

  /** The newest log sequence number that is stored, or null if streaming has not begun. */
  private static @Nullable Long streamedTo(List<SourcePosition> positions) {
    for (SourcePosition position : positions) {
      Map<String, Object> offset = position.offset();
      if (offset != null && !offset.containsKey("snapshot")) {
        return LongStream.of(
                number(offset, "lsn"), number(offset, "lsn_proc"), number(offset, "lsn_commit"))
            .max()
            .getAsLong();
      }
    }
    return null;
  }

  private static long number(Map<String, Object> offset, String name) {
    return offset.get(name) instanceof Number number ? number.longValue() : 0;
  }

  private static @Nullable String first(Connection connection, String sql, String... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? rows.getString(1) : null;
      }
    }
  }
}
