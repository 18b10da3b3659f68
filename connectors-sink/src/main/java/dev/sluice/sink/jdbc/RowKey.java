package dev.sluice.sink.jdbc;

import java.util.Map;

/** What identifies a row. */
sealed interface RowKey {

  /**
   * Columns by name.
   *
   * @param columns at least one
   */
  record Named(Map<String, Object> columns) implements RowKey {}

  /** A value for the single column of the table's own primary key. */
  record OfPrimaryKey(Object value) implements RowKey {}
}
