package dev.sluice.source.debezium;

import dev.sluice.connector.SourceRecord;
import io.debezium.embedded.EmbeddedEngineChangeEvent;
import io.debezium.engine.ChangeEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Turns the engine's events, whose keys and values are JSON already, into records. Not thread-safe:
 * belongs to the engine's polling thread.
 */
final class EventMapper {

  private static final String DELETE = "d";

  private final String database;

  /** Attributes by topic and operation, so that records share them. */
  private final Map<String, Map<String, Map<String, String>>> attributes = new HashMap<>();

  EventMapper(String database) {
    this.database = database;
  }

  /** The records of the events that are changes; heartbeats carry a position only. */
  List<SourceRecord> records(List<ChangeEvent<byte[], byte[]>> events) {
    List<SourceRecord> records = new ArrayList<>(events.size());
    for (ChangeEvent<byte[], byte[]> event : events) {
      if (!event.destination().startsWith(EngineProperties.HEARTBEAT_TOPICS)) {
        records.add(record(event));
      }
    }
    return records;
  }

  /** The event as Kafka Connect has it, with its position. */
  static org.apache.kafka.connect.source.SourceRecord connectRecord(
      ChangeEvent<byte[], byte[]> event) {
    return ((EmbeddedEngineChangeEvent<?, ?, ?>) event).sourceRecord();
  }

  private SourceRecord record(ChangeEvent<byte[], byte[]> event) {
    Struct source = null;
    String operation = DELETE;
    if (connectRecord(event).value() instanceof Struct envelope) {
      source = envelope.schema().field("source") == null ? null : envelope.getStruct("source");
      operation = envelope.schema().field("op") == null ? "" : envelope.getString("op");
    }
    Long timestampMillis = source == null ? null : source.getInt64("ts_ms");
    return new SourceRecord(
        timestampMillis,
        event.key(),
        event.value(),
        List.of(),
        attributes(event.destination(), operation, source));
  }

  private Map<String, String> attributes(String topic, String operation, @Nullable Struct source) {
    return attributes
        .computeIfAbsent(topic, unseen -> new HashMap<>())
        .computeIfAbsent(operation, unseen -> attributesOf(topic, operation, source));
  }

  /**
   * A tombstone has no source; its topic ends with schema and table. What belongs to no table, such
   * as a message of {@code pg_logical_emit_message}, goes by the last word of its topic, too.
   */
  private Map<String, String> attributesOf(
      String topic, String operation, @Nullable Struct source) {
    String[] parts = topic.split("\\.", -1);
    String table = source == null ? "" : source.getString("table");
    String schema =
        source == null ? parts[Math.max(0, parts.length - 2)] : source.getString("schema");
    return Map.of(
        "database",
        database,
        "schema",
        schema,
        "table",
        table.isEmpty() ? parts[parts.length - 1] : table,
        "op",
        operation);
  }
}
