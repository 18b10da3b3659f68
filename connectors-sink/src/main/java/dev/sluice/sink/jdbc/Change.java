package dev.sluice.sink.jdbc;

import dev.sluice.connector.SinkRecord;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a record asks of a table. */
sealed interface Change {

  SinkRecord record();

  TableName table();

  /**
   * Inserts a row.
   *
   * @param row fields by name
   */
  record Insert(SinkRecord record, TableName table, Map<String, @Nullable Object> row)
      implements Change {}

  /**
   * Inserts a row, or updates the given fields of the row with that key.
   *
   * @param row fields by name, without those of the key
   */
  record Upsert(SinkRecord record, TableName table, RowKey key, Map<String, @Nullable Object> row)
      implements Change {}

  /** Deletes the row with that key, if there is one. */
  record Delete(SinkRecord record, TableName table, RowKey key) implements Change {}
}
