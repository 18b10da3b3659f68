package dev.sluice.source.debezium;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The publication that the connector makes for itself. The engine brings it up to date only when
 * streaming begins, which is after the snapshot where the slot exists already; a change in between
 * of a table that is new to the publication would be left out. So tables are added here, before the
 * snapshot. The engine takes away what is too much.
 */
record OwnPublication(PostgresCdcConfig config) {

  /** A table's name as stored. */
  private record Table(String schema, String name) {

    private String quoted() {
      return quote(schema) + "." + quote(name);
    }
  }

  /**
   * Makes sure that all tables that exist and are to be captured are in the publication.
   *
   * @throws SQLException also if the user may not do that
   */
  void extend(Connection connection) throws SQLException {
    List<Table> wanted = captured(connection);
    if (!is(connection, "true")) {
      if (!wanted.isEmpty()) {
        execute(connection, "CREATE PUBLICATION " + name() + " FOR TABLE " + names(wanted));
      }
      return;
    }
    List<Table> missing = new ArrayList<>(wanted);
    missing.removeAll(published(connection));
    if (!missing.isEmpty() && !is(connection, "puballtables")) {
      execute(connection, "ALTER PUBLICATION " + name() + " ADD TABLE " + names(missing));
    }
  }

  private List<Table> captured(Connection connection) throws SQLException {
    Set<Table> all =
        tables(
            connection,
            "SELECT n.nspname, c.relname FROM pg_catalog.pg_class c"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE c.relkind IN ('r', 'p') AND c.relpersistence = 'p'"
                + " AND n.nspname NOT IN ('pg_catalog', 'information_schema')"
                + " AND n.nspname NOT LIKE 'pg\\_%'");
    return all.stream()
        .filter(
            table ->
                config.tables().isEmpty()
                    || config.tables().stream()
                        .anyMatch(pattern -> pattern.matches(table.schema(), table.name())))
        .toList();
  }

  private Set<Table> published(Connection connection) throws SQLException {
    return tables(
        connection,
        "SELECT n.nspname, c.relname FROM pg_catalog.pg_publication_rel r"
            + " JOIN pg_catalog.pg_publication p ON p.oid = r.prpubid"
            + " JOIN pg_catalog.pg_class c ON c.oid = r.prrelid"
            + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE p.pubname = ?",
        config.publicationName());
  }

  private boolean is(Connection connection, String condition) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT 1 FROM pg_catalog.pg_publication WHERE pubname = ? AND " + condition)) {
      statement.setString(1, config.publicationName());
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  private static Set<Table> tables(Connection connection, String sql, String... parameters)
      throws SQLException {
    Set<Table> tables = new HashSet<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          tables.add(new Table(rows.getString(1), rows.getString(2)));
        }
      }
    }
    return tables;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String name() {
    return quote(config.publicationName());
  }

  private static String names(List<Table> tables) {
    return String.join(", ", tables.stream().map(Table::quoted).toList());
  }

  private static String quote(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }
}
