package dev.sluice.sink.jdbc;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A statement for one row, shared by all rows of the same shape; told apart by identity.
 *
 * <p>Parameters are those of {@link #columns}, in that order.
 */
final class RowStatement {

  /** What it does. */
  enum Kind {
    INSERT,
    UPSERT,
    DELETE
  }

  private final Kind kind;
  private final TargetTable table;
  private final List<TargetColumn> columns;
  private final List<TargetColumn> key;
  private final String sql;
  private final Set<TargetColumn> columnSet;

  /**
   * A statement.
   *
   * @param key the columns that identify the row, in the table's order; empty for an insert
   */
  RowStatement(
      Kind kind,
      TargetTable table,
      List<TargetColumn> columns,
      List<TargetColumn> key,
      String sql) {
    this.kind = kind;
    this.table = table;
    this.columns = List.copyOf(columns);
    this.key = List.copyOf(key);
    this.sql = sql;
    this.columnSet = new HashSet<>(columns);
  }

  Kind kind() {
    return kind;
  }

  TargetTable table() {
    return table;
  }

  List<TargetColumn> columns() {
    return columns;
  }

  List<TargetColumn> key() {
    return key;
  }

  String sql() {
    return sql;
  }

  /** Whether a row that this was carried out for does not show what {@code earlier} did to it. */
  boolean hides(RowStatement earlier) {
    return this == earlier
        || kind == Kind.DELETE
        || (earlier.kind == Kind.DELETE
            ? columns.size() == table.columns().size()
            : columnSet.containsAll(earlier.columns));
  }
}
