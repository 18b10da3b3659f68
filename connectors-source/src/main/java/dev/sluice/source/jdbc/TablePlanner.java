package dev.sluice.source.jdbc;

import dev.sluice.connector.ConnectorException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds out how each table or query of the options is polled. */
final class TablePlanner {

  private final JdbcOptions options;
  private final Database database;
  private final Catalog catalog;

  TablePlanner(JdbcOptions options, Database database) {
    this.options = options;
    this.database = database;
    this.catalog = new Catalog(database);
  }

  /** The plan of a table, by its configured name. */
  PolledTable table(String configured) throws SQLException {
    Catalog.Table table = catalog.table(configured);
    String from = database.sql().render(table.quoted());
    List<Column> columns = catalog.columns(from);
    List<String> primaryKey = catalog.primaryKey(table);
    String name = configured.substring(configured.lastIndexOf('.') + 1);
    return plan(
        new Subject("the table " + table.qualified(), from, columns, primaryKey),
        Map.of("table", configured),
        table.schema() == null
            ? Map.of("table", name)
            : Map.of("table", name, "schema", table.schema()));
  }

  /** The plan of the query. */
  PolledTable query(String query) throws SQLException {
    String stripped = query.strip();
    String inner = stripped.endsWith(";") ? stripped.substring(0, stripped.length() - 1) : stripped;
    // The line break ends a comment on the query's last line.
    String from = "(" + inner + "\n) polled";
    return plan(
        new Subject("the query", from, catalog.columns(from), List.of()),
        Map.of("query", "query"),
        Map.of("table", "query"));
  }

  /**
   * What is polled.
   *
   * @param words what to call it in messages
   */
  private record Subject(String words, String from, List<Column> columns, List<String> primaryKey) {

    Column column(String option, String configured) {
      return Catalog.column(option, configured, words, columns);
    }

    List<Column> primaryKeyColumns() {
      return primaryKey.stream().map(name -> column("key-columns", name)).toList();
    }
  }

  private PolledTable plan(
      Subject subject, Map<String, Object> partition, Map<String, String> attributes) {
    List<String> keyColumns =
        options.keyColumns().isEmpty()
            ? subject.primaryKey()
            : options.keyColumns().stream()
                .map(name -> subject.column("key-columns", name).name())
                .toList();
    List<CursorColumn> cursor = new ArrayList<>();
    JdbcOptions.Mode mode = options.cursor().mode();
    if (mode.hasTimestamp()) {
      cursor.add(timestamp(subject));
    }
    boolean unique = mode.hasIncrementing();
    if (mode.hasIncrementing()) {
      cursor.add(incrementing(subject));
    } else if (mode.hasTimestamp()) {
      List<CursorColumn> ties = ties(subject);
      unique = !ties.isEmpty();
      cursor.addAll(ties);
    }
    return new PolledTable(
        partition, attributes, subject.from(), List.copyOf(cursor), unique, keyColumns);
  }

  private CursorColumn timestamp(Subject subject) {
    Column column = subject.column("timestamp-column", options.cursor().timestamp().orElseThrow());
    return CursorColumn.Kind.of(column)
        .filter(CursorColumn.Kind::isTime)
        .map(kind -> new CursorColumn(column, "timestamp", kind))
        .orElseThrow(() -> wrongType("timestamp-column", column, "a date or timestamp"));
  }

  private CursorColumn incrementing(Subject subject) {
    Column column =
        options
            .cursor()
            .incrementing()
            .map(name -> subject.column("incrementing-column", name))
            .or(() -> singleIntegerKey(subject))
            .orElseThrow(
                () ->
                    ConnectorException.configuration(
                        "incrementing-column-missing",
                        subject.words() + " has no primary key that is one whole number.",
                        "Set 'incrementing-column', or use another 'mode'."));
    return CursorColumn.Kind.of(column)
        .filter(kind -> !kind.isTime())
        .map(kind -> new CursorColumn(column, "incrementing", kind))
        .orElseThrow(() -> wrongType("incrementing-column", column, "a number or text"));
  }

  private static Optional<Column> singleIntegerKey(Subject subject) {
    List<Column> key = subject.primaryKeyColumns();
    return key.size() == 1
            && CursorColumn.Kind.of(key.getFirst())
                .filter(
                    kind -> kind == CursorColumn.Kind.INTEGER || kind == CursorColumn.Kind.DECIMAL)
                .isPresent()
        ? Optional.of(key.getFirst())
        : Optional.empty();
  }

  /** The primary key, which tells rows of the same time apart; empty if it can't. */
  private static List<CursorColumn> ties(Subject subject) {
    List<CursorColumn> ties = new ArrayList<>();
    for (Column column : subject.primaryKeyColumns()) {
      Optional<CursorColumn.Kind> kind = CursorColumn.Kind.of(column);
      if (kind.isEmpty()) {
        return List.of();
      }
      ties.add(new CursorColumn(column, "key." + column.name(), kind.get()));
    }
    return ties;
  }

  private static ConnectorException wrongType(String option, Column column, String expected) {
    return ConnectorException.configuration(
        "column-type",
        "The option '"
            + option
            + "' names "
            + column.name()
            + ", which is of type "
            + column.typeName()
            + ", not "
            + expected
            + ".",
        "Name a column that is " + expected + ".");
  }
}
