package dev.sluice.source.debezium;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
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
  void extend(Inquiry inquiry) throws SQLException {
    List<Table> wanted = captured(inquiry);
    if (!is(inquiry, "true")) {
      if (!wanted.isEmpty()) {
        execute(
            inquiry.connection(), "CREATE PUBLICATION " + name() + " FOR TABLE " + names(wanted));
      }
      return;
    }
    List<Table> missing = new ArrayList<>(wanted);
    missing.removeAll(published(inquiry));
    if (!missing.isEmpty() && !is(inquiry, "puballtables")) {
      execute(inquiry.connection(), "ALTER PUBLICATION " + name() + " ADD TABLE " + names(missing));
    }
  }

  private List<Table> captured(Inquiry inquiry) throws SQLException {
    return CapturedTable.list(inquiry, config).stream()
        .map(table -> new Table(table.schema(), table.name()))
        .toList();
  }

  private Set<Table> published(Inquiry inquiry) throws SQLException {
    return Set.copyOf(
        inquiry.rows(
            row -> new Table(row.getString(1), row.getString(2)),
            "SELECT n.nspname, c.relname FROM pg_catalog.pg_publication_rel r"
                + " JOIN pg_catalog.pg_publication p ON p.oid = r.prpubid"
                + " JOIN pg_catalog.pg_class c ON c.oid = r.prrelid"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE p.pubname = ?",
            config.publicationName()));
  }

  private boolean is(Inquiry inquiry, String condition) throws SQLException {
    return inquiry.first(
            "SELECT 1 FROM pg_catalog.pg_publication WHERE pubname = ? AND " + condition,
            config.publicationName())
        != null;
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
