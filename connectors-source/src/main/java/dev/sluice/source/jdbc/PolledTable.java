package dev.sluice.source.jdbc;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table or query that is polled.
 *
 * @param partition the source partition that its position is kept under
 * @param attributes what templates may name: {@code table} and {@code schema}
 * @param from what stands behind FROM, in the database's SQL
 * @param cursor the columns that order the rows, the most important first; empty in bulk mode
 * @param unique whether no two rows are equal in all cursor columns
 * @param keyColumns the columns of the record key; empty for records without one
 */
record PolledTable(
    Map<String, Object> partition,
    Map<String, String> attributes,
    String from,
    List<CursorColumn> cursor,
    boolean unique,
    List<String> keyColumns) {

  /** What a position keeps of a row. */
  Map<String, Object> offsetOf(Map<String, Object> row) {
    Map<String, Object> offset = new LinkedHashMap<>();
    for (CursorColumn column : cursor) {
      Object value = row.get(column.name());
      if (value == null) {
        throw new IllegalStateException(
            "The cursor column " + column.name() + " of " + from + " is null");
      }
      offset.put(column.place(), value);
    }
    return offset;
  }

  /**
   * The values to go on behind, in the order of the cursor; empty if the position is of other
   * columns, since the options were changed.
   */
  Optional<List<Object>> bounds(Map<String, Object> offset) {
    return cursor.stream().allMatch(column -> offset.get(column.place()) != null)
        ? Optional.of(
            cursor.stream()
                .map(column -> column.bound(String.valueOf(offset.get(column.place()))))
                .toList())
        : Optional.empty();
  }
}
