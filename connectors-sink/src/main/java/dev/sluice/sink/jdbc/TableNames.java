package dev.sluice.sink.jdbc;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.SinkRecord;
import dev.sluice.sink.support.Template;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The option {@code table}: a name, or {@code schema.name}, each with fields that every record has.
 * A dot written in the option separates schema and table; dots in what is filled in become
 * underscores, so topic {@code shop.orders} goes to table {@code shop_orders} with the template
 * {@code {topic}}, and to {@code orders} with {@code {topic.last}}.
 */
final class TableNames {

  private final @Nullable Template schema;
  private final Template table;

  private TableNames(@Nullable Template schema, Template table) {
    this.schema = schema;
    this.table = table;
  }

  static TableNames parse(String text) {
    int dot = dotOutsideBraces(text);
    return new TableNames(
        dot < 0 ? null : part(text.substring(0, dot)), part(text.substring(dot + 1)));
  }

  private static Template part(String text) {
    if (text.isBlank() || dotOutsideBraces(text) >= 0) {
      throw ConnectorException.configuration(
          "jdbc-table-malformed",
          "The option 'table' is neither a table nor schema.table.",
          "Write a name such as 'orders', 'warehouse.orders', '{topic}' or '{topic.last}'.");
    }
    return Template.parse("table", text, Template.FIELDS_OF_EVERY_RECORD);
  }

  private static int dotOutsideBraces(String text) {
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '{' -> depth++;
        case '}' -> depth--;
        case '.' -> {
          if (depth == 0) {
            return i;
          }
        }
        default -> {}
      }
    }
    return -1;
  }

  /** The one table, if the name does not depend on the record. */
  Optional<TableName> constant() {
    return table.literal() && (schema == null || schema.literal())
        ? Optional.of(
            new TableName(Optional.ofNullable(schema).map(Template::toString), table.toString()))
        : Optional.empty();
  }

  TableName of(SinkRecord record) {
    return new TableName(
        Optional.ofNullable(schema).map(template -> render(template, record)),
        render(table, record));
  }

  private static String render(Template template, SinkRecord record) {
    return template.render(record, field -> field.replace('.', '_'));
  }
}
