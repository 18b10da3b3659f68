package dev.sluice.source.jdbc;

import dev.sluice.connector.ConnectorException;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.jooq.Name;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Looks up what a database has, and what was probably meant by a name that it does not have. */
final class Catalog {

  /** How many letters may differ for a name to be suggested. */
  private static final int MAX_DISTANCE = 3;

  private final Database database;

  Catalog(Database database) {
    this.database = database;
  }

  /**
   * A table as the database knows it.
   *
   * @param catalog its catalog, or null
   * @param schema its schema, or null
   */
  record Table(@Nullable String catalog, @Nullable String schema, String name) {

    Name quoted() {
      return schema == null || schema.isEmpty()
          ? DSL.quotedName(name)
          : DSL.quotedName(schema, name);
    }

    String qualified() {
      return schema == null || schema.isEmpty() ? name : schema + "." + name;
    }
  }

  /**
   * The table that a configured name means: {@code table} or {@code schema.table}, in the exact
   * case or else in any, in the connection's own schema before others.
   */
  Table table(String configured) throws SQLException {
    List<Table> all = tables();
    List<Table> found = all.stream().filter(t -> means(configured, t, true)).toList();
    if (found.isEmpty()) {
      found = all.stream().filter(t -> means(configured, t, false)).toList();
    }
    if (found.size() > 1) {
      String own = database.connection().getSchema();
      List<Table> inOwn = found.stream().filter(t -> Objects.equals(t.schema(), own)).toList();
      found = inOwn.isEmpty() ? found : inOwn;
    }
    if (found.size() > 1) {
      throw ConnectorException.configuration(
          "table-ambiguous",
          "There are several tables " + configured + ".",
          "Write one of " + String.join(", ", found.stream().map(Table::qualified).toList()) + ".");
    }
    if (found.isEmpty()) {
      throw ConnectorException.configuration(
          "table-unknown",
          "There is no table " + configured + ", or the user may not see it.",
          suggestion(
              configured,
              all.stream()
                  .map(t -> configured.contains(".") ? t.qualified() : t.name())
                  .distinct()
                  .toList()));
    }
    return found.getFirst();
  }

  private static boolean means(String configured, Table table, boolean exact) {
    return exact
        ? configured.equals(table.name()) || configured.equals(table.qualified())
        : configured.equalsIgnoreCase(table.name())
            || configured.equalsIgnoreCase(table.qualified());
  }

  private List<Table> tables() throws SQLException {
    List<Table> tables = new ArrayList<>();
    DatabaseMetaData metadata = database.connection().getMetaData();
    try (ResultSet rows = metadata.getTables(database.connection().getCatalog(), null, "%", null)) {
      while (rows.next()) {
        String type = Objects.requireNonNullElse(rows.getString("TABLE_TYPE"), "TABLE");
        if ((type.contains("TABLE") || type.contains("VIEW")) && !type.startsWith("SYSTEM")) {
          tables.add(
              new Table(
                  rows.getString("TABLE_CAT"),
                  rows.getString("TABLE_SCHEM"),
                  rows.getString("TABLE_NAME")));
        }
      }
    }
    return tables;
  }

  /** The columns of a table or query, given as what stands behind FROM. */
  List<Column> columns(String from) throws SQLException {
    try (PreparedStatement statement = database.prepare("select * from " + from + " where 1 = 0");
        ResultSet rows = statement.executeQuery()) {
      return columns(rows.getMetaData());
    }
  }

  static List<Column> columns(ResultSetMetaData metadata) throws SQLException {
    List<Column> columns = new ArrayList<>();
    for (int i = 1; i <= metadata.getColumnCount(); i++) {
      columns.add(
          new Column(
              metadata.getColumnLabel(i),
              metadata.getColumnType(i),
              metadata.getColumnTypeName(i)));
    }
    return columns;
  }

  /** The names of the primary key's columns, in the key's order; empty if there is none. */
  List<String> primaryKey(Table table) throws SQLException {
    Map<Short, String> names = new TreeMap<>();
    DatabaseMetaData metadata = database.connection().getMetaData();
    try (ResultSet rows = metadata.getPrimaryKeys(table.catalog(), table.schema(), table.name())) {
      while (rows.next()) {
        names.put(rows.getShort("KEY_SEQ"), rows.getString("COLUMN_NAME"));
      }
    }
    return List.copyOf(names.values());
  }

  /** The column that a configured name means, in the exact case or else in any. */
  static Column column(String option, String configured, String where, List<Column> columns) {
    return columns.stream()
        .filter(column -> column.name().equals(configured))
        .findFirst()
        .or(
            () ->
                columns.stream()
                    .filter(column -> column.name().equalsIgnoreCase(configured))
                    .findFirst())
        .orElseThrow(
            () ->
                ConnectorException.configuration(
                    "column-unknown",
                    "The option '"
                        + option
                        + "' names "
                        + configured
                        + ", but "
                        + where
                        + " has no such column.",
                    suggestion(configured, columns.stream().map(Column::name).toList())));
  }

  private static String suggestion(String wrong, List<String> names) {
    LevenshteinDistance distance = new LevenshteinDistance(MAX_DISTANCE);
    String lower = wrong.toLowerCase(java.util.Locale.ROOT);
    Optional<String> near =
        names.stream()
            .filter(name -> distance(distance, lower, name) <= MAX_DISTANCE)
            .min(Comparator.comparingInt(name -> distance(distance, lower, name)));
    return near.map(name -> "Did you mean " + name + "?")
        .orElseGet(
            () ->
                names.isEmpty()
                    ? "Check the name and the rights of the user."
                    : "There are: "
                        + String.join(", ", names.stream().sorted().limit(20).toList())
                        + ".");
  }

  private static int distance(LevenshteinDistance distance, String lower, String name) {
    int found = distance.apply(lower, name.toLowerCase(java.util.Locale.ROOT));
    return found < 0 ? Integer.MAX_VALUE : found;
  }
}
