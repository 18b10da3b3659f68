package dev.sluice.sink.jdbc;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.ErrorCategory;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes changes of any tables: makes sure that tables and columns are there, binds, writes. */
final class TableWriter {

  private final JdbcSinkConfig config;
  private final Dialect dialect;
  private final TargetTables tables;
  private final Values values;
  private final BatchWriter batches;
  private final Map<TableName, Binder> binders = new HashMap<>();

  TableWriter(JdbcSinkConfig config) {
    this.config = config;
    this.dialect = Dialect.of(config.login().url());
    this.tables = new TargetTables(dialect);
    this.values = new Values(new Times(config.epochUnit()));
    this.batches = new BatchWriter(config.batchSize(), new JdbcFailures(config.login()));
  }

  void forgetTables() {
    tables.forget();
    binders.clear();
  }

  boolean remembersTables() {
    return !tables.isEmpty();
  }

  /**
   * Writes the changes within the open transaction, except those that end up in {@code rejections}.
   * Tables and columns are committed before.
   */
  void write(Connection connection, List<Change> changes, Rejections rejections)
      throws SQLException {
    Map<TableName, List<Change>> byTable = new LinkedHashMap<>();
    for (Change change : changes) {
      byTable.computeIfAbsent(change.table(), name -> new ArrayList<>()).add(change);
    }
    for (Map.Entry<TableName, List<Change>> entry : byTable.entrySet()) {
      ensureTable(connection, entry.getKey(), entry.getValue());
      ensureColumns(connection, entry.getKey(), entry.getValue());
    }
    batches.write(connection, bind(changes, rejections), rejections);
  }

  private List<BoundChange> bind(List<Change> changes, Rejections rejections) {
    List<BoundChange> bound = new ArrayList<>(changes.size());
    for (Change change : changes) {
      Binder binder = binders.get(change.table());
      // Without a table there are only deletions, and nothing to delete.
      if (binder != null) {
        try {
          bound.add(binder.bind(change));
        } catch (ConnectorException e) {
          throwUnlessData(e);
          rejections.add(change.record(), e);
        }
      }
    }
    return bound;
  }

  private static void throwUnlessData(ConnectorException e) {
    if (e.category() != ErrorCategory.DATA) {
      throw e;
    }
  }

  private void ensureTable(Connection connection, TableName name, List<Change> changes)
      throws SQLException {
    if (binders.containsKey(name)) {
      return;
    }
    Optional<TargetTable> found = tables.find(connection, name);
    if (found.isPresent()) {
      use(name, found.get());
      return;
    }
    if (!config.createTable()) {
      throw tableMissing(config, name);
    }
    Map<String, FieldType> fields = fields(changes);
    if (!fields.isEmpty()) {
      use(name, tables.create(connection, name, keyFields(name, changes), fields));
    }
  }

  private void use(TableName name, TargetTable table) {
    binders.put(name, new Binder(table, dialect, values));
  }

  /** The fields of all rows that are written, those of keys first; of deletions none. */
  private Map<String, FieldType> fields(List<Change> changes) {
    Map<String, FieldType> fields = new LinkedHashMap<>();
    for (Change change : changes) {
      switch (change) {
        case Change.Insert insert -> merge(fields, insert.row());
        case Change.Upsert upsert -> {
          if (upsert.key() instanceof RowKey.Named named) {
            merge(fields, new LinkedHashMap<>(named.columns()));
          }
          merge(fields, upsert.row());
        }
        case Change.Delete delete -> {}
      }
    }
    if (config.alterTable()) {
      // The column comes when its type is known.
      fields.values().removeIf(type -> type == FieldType.UNKNOWN);
    }
    return fields;
  }

  private static void merge(Map<String, FieldType> fields, Map<String, @Nullable Object> row) {
    row.forEach((field, value) -> fields.merge(field, FieldType.of(value), FieldType::and));
  }

  private static List<String> keyFields(TableName name, List<Change> changes) {
    for (Change change : changes) {
      if (change instanceof Change.Upsert upsert) {
        if (upsert.key() instanceof RowKey.Named named) {
          return List.copyOf(named.columns().keySet());
        }
        throw ConnectorException.configuration(
            "jdbc-key-columns-unknown",
            "Table "
                + name
                + " can't be created: the records' keys are plain values that name no column.",
            "Name fields of the value in 'key-columns', or create the table with a primary key of"
                + " one column.");
      }
    }
    return List.of();
  }

  private void ensureColumns(Connection connection, TableName name, List<Change> changes)
      throws SQLException {
    Binder binder = binders.get(name);
    if (binder == null) {
      return;
    }
    Set<String> missing = new LinkedHashSet<>();
    for (Change change : changes) {
      try {
        missing.addAll(binder.missing(change));
      } catch (ConnectorException e) {
        // Binding meets it again, and rejects the record.
        throwUnlessData(e);
      }
    }
    if (missing.isEmpty()) {
      return;
    }
    if (!config.alterTable()) {
      throw ConnectorException.configuration(
          "jdbc-column-missing",
          "Table " + name + " has no column for " + String.join(", ", missing) + ".",
          "Add the columns, set 'alter-table: true', or leave the fields out with a transform.");
    }
    Map<String, FieldType> fields = fields(changes);
    fields.keySet().retainAll(missing);
    use(name, tables.addColumns(connection, binder.table(), name, fields));
  }

  /** A table is not there and is not to be created. */
  static ConnectorException tableMissing(JdbcSinkConfig config, TableName name) {
    return ConnectorException.configuration(
        "jdbc-table-missing",
        "Database " + config.login().shownUrl() + " has no table " + name + ".",
        "Create the table, set 'create-table: true', or correct 'table'.");
  }
}
