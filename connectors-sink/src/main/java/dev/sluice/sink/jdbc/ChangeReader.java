package dev.sluice.sink.jdbc;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.ErrorCategory;
import dev.sluice.connector.SinkRecord;
import dev.sluice.sink.jdbc.JdbcSinkConfig.Mode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a record asks of its table: plain JSON objects, Debezium change events (a map with
 * {@code op}, {@code before}, {@code after}), and both inside the {@code schema}/{@code payload}
 * pair of Kafka Connect's JSON converter.
 */
final class ChangeReader {

  /** Debezium's stand-in for a large PostgreSQL value that an update did not touch. */
  private static final String UNCHANGED = "__debezium_unavailable_value";

  private final TableNames tables;
  private final Mode mode;
  private final List<String> keyColumns;
  private final boolean delete;

  ChangeReader(JdbcSinkConfig config) {
    this.tables = config.table();
    this.mode = config.mode();
    this.keyColumns = config.keyColumns();
    this.delete = config.delete();
  }

  /**
   * The change, or empty if the record asks for none.
   *
   * @throws ConnectorException of category DATA if the record makes no sense here
   */
  Optional<Change> read(SinkRecord record) {
    Object value = payload(record.value());
    if (value == null) {
      return deleteOf(record, Map.of());
    }
    if (!(value instanceof Map<?, ?>)) {
      throw ConnectorException.data(
          "jdbc-value-not-object", "The value is no JSON object, so it has no columns.", null);
    }
    Map<String, @Nullable Object> fields = asMap(value);
    return isChangeEvent(fields) ? ofEvent(record, fields) : Optional.of(write(record, fields));
  }

  private static boolean isChangeEvent(Map<String, @Nullable Object> fields) {
    return fields.get("op") instanceof String
        && (fields.containsKey("after") || fields.containsKey("before"))
        && fields.containsKey("source");
  }

  private Optional<Change> ofEvent(SinkRecord record, Map<String, @Nullable Object> event) {
    String operation = String.valueOf(event.get("op"));
    return switch (operation) {
      case "c", "r", "u" -> Optional.of(write(record, image(event, "after")));
      case "d" -> deleteOf(record, event.get("before") == null ? Map.of() : image(event, "before"));
      case "m" -> Optional.empty();
      default ->
          throw ConnectorException.data(
              "jdbc-event-unsupported",
              "The change event has op '" + operation + "', which can't be applied to a table.",
              null);
    };
  }

  private static Map<String, @Nullable Object> image(
      Map<String, @Nullable Object> event, String name) {
    if (!(event.get(name) instanceof Map<?, ?> image)) {
      throw ConnectorException.data(
          "jdbc-event-malformed", "The change event has no '" + name + "' object.", null);
    }
    return asMap(image);
  }

  private Change write(SinkRecord record, Map<String, @Nullable Object> fields) {
    Map<String, @Nullable Object> row = fields;
    if (fields.containsValue(UNCHANGED)) {
      row = new LinkedHashMap<>(fields);
      row.values().removeIf(UNCHANGED::equals);
    }
    if (mode == Mode.INSERT) {
      if (row.isEmpty()) {
        throw ConnectorException.data("jdbc-value-empty", "The value has no fields.", null);
      }
      return new Change.Insert(record, tables.of(record), row);
    }
    return new Change.Upsert(record, tables.of(record), key(record, row), row);
  }

  private Optional<Change> deleteOf(SinkRecord record, Map<String, @Nullable Object> before) {
    return mode == Mode.INSERT || !delete
        ? Optional.empty()
        : Optional.of(new Change.Delete(record, tables.of(record), key(record, before)));
  }

  private RowKey key(SinkRecord record, Map<String, @Nullable Object> row) {
    Object key = payload(record.key());
    if (!keyColumns.isEmpty()) {
      Map<String, Object> named = new LinkedHashMap<>();
      for (String column : keyColumns) {
        named.put(column, keyColumn(column, row, key));
      }
      return new RowKey.Named(named);
    }
    if (key instanceof Map<?, ?> map && !map.isEmpty() && !map.containsValue(null)) {
      return new RowKey.Named(nonNull(map));
    }
    if (key == null || key instanceof Map || key instanceof List) {
      throw withoutKey("The record's key names no row.");
    }
    return new RowKey.OfPrimaryKey(key);
  }

  private Object keyColumn(String column, Map<String, @Nullable Object> row, @Nullable Object key) {
    Object found = row.get(column);
    if (found == null && key instanceof Map<?, ?> map) {
      found = map.get(column);
    } else if (found == null && keyColumns.size() == 1 && !(key instanceof List)) {
      found = key;
    }
    if (found == null) {
      throw withoutKey("The record has no '" + column + "', which is a key column.");
    }
    return found;
  }

  private static ConnectorException withoutKey(String message) {
    return new ConnectorException(
        ErrorCategory.DATA,
        "jdbc-key-missing",
        message,
        "Give records a key that is a JSON object, or name fields of the value in 'key-columns', or"
            + " choose 'mode: insert'.",
        null);
  }

  private static @Nullable Object payload(@Nullable Object value) {
    return value instanceof Map<?, ?> map
            && map.size() == 2
            && map.containsKey("schema")
            && map.containsKey("payload")
        ? map.get("payload")
        : value;
  }

  @SuppressWarnings("unchecked") // decoded JSON objects have string keys
  private static Map<String, @Nullable Object> asMap(Object map) {
    return (Map<String, @Nullable Object>) map;
  }

  @SuppressWarnings("unchecked") // as above, and the caller looked for nulls
  private static Map<String, Object> nonNull(Object map) {
    return (Map<String, Object>) map;
  }
}
