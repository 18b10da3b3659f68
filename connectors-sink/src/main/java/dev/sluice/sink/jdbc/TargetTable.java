package dev.sluice.sink.jdbc;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A table as the database describes it. Columns are found by their exact name, else by a name that
 * differs in case alone, if there is just one.
 */
final class TargetTable {

  private final TableName name;
  private final List<String> primaryKey;
  private final Map<String, TargetColumn> exact = new LinkedHashMap<>();
  private final Map<String, Optional<TargetColumn>> anyCase = new HashMap<>();

  /**
   * A table.
   *
   * @param name in the database's spelling
   * @param primaryKey column names, empty if there is none
   */
  TargetTable(TableName name, List<TargetColumn> columns, List<String> primaryKey) {
    this.name = name;
    this.primaryKey = List.copyOf(primaryKey);
    for (TargetColumn column : columns) {
      exact.put(column.name(), column);
      anyCase.merge(
          column.name().toLowerCase(Locale.ROOT), Optional.of(column), (a, b) -> Optional.empty());
    }
  }

  TableName name() {
    return name;
  }

  Collection<TargetColumn> columns() {
    return exact.values();
  }

  List<String> primaryKey() {
    return primaryKey;
  }

  Optional<TargetColumn> column(String field) {
    TargetColumn column = exact.get(field);
    return column != null
        ? Optional.of(column)
        : anyCase.getOrDefault(field.toLowerCase(Locale.ROOT), Optional.empty());
  }
}
