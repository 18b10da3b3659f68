package dev.sluice.source.debezium;

import dev.sluice.connector.ConnectorException;
import java.util.regex.Pattern;

/**
 * Names one table, or several with {@code *}.
 *
 * @param schema the schema's name or pattern
 * @param table the table's name or pattern
 */
record TablePattern(String schema, String table) {

  /** Characters that may stand in a name without having a meaning in Debezium's lists. */
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_$* -]+");

  /**
   * Reads {@code table} (in the schema public) or {@code schema.table}.
   *
   * @throws ConnectorException of category CONFIGURATION
   */
  static TablePattern parse(String text) {
    int dot = text.indexOf('.');
    String schema = dot < 0 ? "public" : text.substring(0, dot);
    String table = text.substring(dot + 1);
    if (!NAME.matcher(schema).matches() || !NAME.matcher(table).matches()) {
      throw ConnectorException.configuration(
          "table-invalid",
          "The option 'tables' holds '" + text + "', which names no table.",
          "Write table or schema.table; * stands for any characters.");
    }
    return new TablePattern(schema, table);
  }

  boolean exact() {
    return schema.indexOf('*') < 0 && table.indexOf('*') < 0;
  }

  boolean matches(String otherSchema, String otherTable) {
    return (otherSchema + "." + otherTable).matches(regex());
  }

  /** An entry for Debezium's {@code table.include.list}, which holds regular expressions. */
  String regex() {
    return regex(schema) + "\\." + regex(table);
  }

  private static String regex(String name) {
    return name.replace("$", "\\$").replace("*", "[^.]*");
  }

  @Override
  public String toString() {
    return schema + "." + table;
  }
}
