package dev.sluice.sink.jdbc;

import dev.sluice.connector.ConnectorException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables that records go to: looked up once, created and widened when the options ask for it.
 * Definitions are committed at once, apart from the data. New names are spelled as the database
 * spells unquoted ones, so that people need no quotes in queries.
 */
final class TargetTables {

  private static final Logger LOG = LoggerFactory.getLogger(TargetTables.class);
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** PostgreSQL's and H2's for a table or column that exists, or one being made right now. */
  private static final Set<String> EXISTS_ALREADY =
      Set.of("42P07", "42701", "42710", "23505", "42S01", "42S21");

  private final Dialect dialect;
  private final Map<TableName, TargetTable> known = new HashMap<>();

  TargetTables(Dialect dialect) {
    this.dialect = dialect;
  }

  /** Forgets what was looked up, since someone may have changed it. */
  void forget() {
    known.clear();
  }

  boolean isEmpty() {
    return known.isEmpty();
  }

  /** The table, or empty if there is none. */
  Optional<TargetTable> find(Connection connection, TableName name) throws SQLException {
    TargetTable table = known.get(name);
    if (table == null) {
      table = lookUp(connection, name);
      if (table != null) {
        known.put(name, table);
      }
    }
    return Optional.ofNullable(table);
  }

  /**
   * Creates the table, with the key as its primary key.
   *
   * @param key fields of the primary key, empty for none
   * @param fields at least one field
   */
  TargetTable create(
      Connection connection, TableName name, List<String> key, Map<String, FieldType> fields)
      throws SQLException {
    Map<String, FieldType> columns = new LinkedHashMap<>();
    for (Map.Entry<String, FieldType> field : fields.entrySet()) {
      columns.merge(spelled(connection, field.getKey()), field.getValue(), FieldType::and);
    }
    List<String> keyColumns = new ArrayList<>();
    for (String field : key) {
      keyColumns.add(spelled(connection, field));
    }
    define(connection, dialect.createTable(spelled(connection, name), columns, keyColumns));
    LOG.info("Created table {}", name);
    return again(connection, name);
  }

  /** Adds columns, all of which may be null. */
  TargetTable addColumns(
      Connection connection, TargetTable table, TableName name, Map<String, FieldType> fields)
      throws SQLException {
    for (Map.Entry<String, FieldType> field : fields.entrySet()) {
      String column = spelled(connection, field.getKey());
      define(connection, dialect.addColumn(table.name(), column, field.getValue()));
      LOG.info("Added column {} to table {}", column, name);
    }
    return again(connection, name);
  }

  /** Runs a definition; one that another task has just carried out is no failure. */
  private static void define(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
      connection.commit();
    } catch (SQLException e) {
      connection.rollback();
      if (!EXISTS_ALREADY.contains(String.valueOf(e.getSQLState()))) {
        throw e;
      }
    }
  }

  private TargetTable again(Connection connection, TableName name) throws SQLException {
    known.remove(name);
    return find(connection, name)
        .orElseThrow(
            () ->
                ConnectorException.external(
                    "jdbc-table-vanished",
                    "Table " + name + " was created but can't be found.",
                    null,
                    null));
  }

  private static TableName spelled(Connection connection, TableName name) throws SQLException {
    String table = spelled(connection, name.table());
    return name.schema().isEmpty()
        ? new TableName(Optional.empty(), table)
        : new TableName(Optional.of(schema(connection, name.schema().get())), table);
  }

  private static String spelled(Connection connection, String name) throws SQLException {
    if (!PLAIN.matcher(name).matches()) {
      return name;
    }
    DatabaseMetaData meta = connection.getMetaData();
    if (meta.storesUpperCaseIdentifiers()) {
      return name.toUpperCase(Locale.ROOT);
    }
    return meta.storesLowerCaseIdentifiers() ? name.toLowerCase(Locale.ROOT) : name;
  }

  /** The schema of that name in the database's spelling, or the name as unquoted if none is. */
  private static String schema(Connection connection, String name) throws SQLException {
    String found = null;
    try (ResultSet schemas = connection.getMetaData().getSchemas()) {
      while (schemas.next()) {
        String schema = schemas.getString("TABLE_SCHEM");
        if (schema.equals(name)) {
          return name;
        }
        found = schema.equalsIgnoreCase(name) ? schema : found;
      }
    }
    return found == null ? spelled(connection, name) : found;
  }

  private static @Nullable TargetTable lookUp(Connection connection, TableName name)
      throws SQLException {
    String schema =
        name.schema().isPresent()
            ? schema(connection, name.schema().get())
            : connection.getSchema();
    for (String spelling : spellings(connection, name.table())) {
      List<TargetColumn> columns = columns(connection, schema, spelling);
      if (!columns.isEmpty()) {
        TableName found =
            new TableName(
                name.schema().isPresent() ? Optional.of(schema) : Optional.empty(), spelling);
        return new TargetTable(found, columns, primaryKey(connection, schema, spelling));
      }
    }
    return null;
  }

  private static Set<String> spellings(Connection connection, String name) throws SQLException {
    Set<String> spellings = new LinkedHashSet<>();
    spellings.add(name);
    spellings.add(spelled(connection, name));
    spellings.add(name.toLowerCase(Locale.ROOT));
    spellings.add(name.toUpperCase(Locale.ROOT));
    return spellings;
  }

  private static List<TargetColumn> columns(
      Connection connection, @Nullable String schema, String table) throws SQLException {
    DatabaseMetaData meta = connection.getMetaData();
    List<TargetColumn> columns = new ArrayList<>();
    try (ResultSet rows =
        meta.getColumns(
            connection.getCatalog(), escaped(meta, schema), escaped(meta, table), null)) {
      while (rows.next()) {
        columns.add(
            new TargetColumn(
                rows.getString("COLUMN_NAME"),
                rows.getInt("DATA_TYPE"),
                String.valueOf(rows.getString("TYPE_NAME")),
                rows.getInt("ORDINAL_POSITION")));
      }
    }
    return columns;
  }

  /** A name as a pattern that matches only it. */
  private static @Nullable String escaped(DatabaseMetaData meta, @Nullable String name)
      throws SQLException {
    String escape = meta.getSearchStringEscape();
    if (name == null || escape == null || escape.isEmpty()) {
      return name;
    }
    return name.replace(escape, escape + escape)
        .replace("_", escape + "_")
        .replace("%", escape + "%");
  }

  private static List<String> primaryKey(
      Connection connection, @Nullable String schema, String table) throws SQLException {
    TreeMap<Integer, String> columns = new TreeMap<>();
    try (ResultSet rows =
        connection.getMetaData().getPrimaryKeys(connection.getCatalog(), schema, table)) {
      while (rows.next()) {
        columns.put(rows.getInt("KEY_SEQ"), rows.getString("COLUMN_NAME"));
      }
    }
    return List.copyOf(columns.values());
  }
}
