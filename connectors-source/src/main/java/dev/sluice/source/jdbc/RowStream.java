package dev.sluice.source.jdbc;

import dev.sluice.connector.SourceBatch;
import dev.sluice.connector.SourcePosition;
import dev.sluice.connector.SourceRecord;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one poll of one table, streamed. Belongs to the poll thread.
 *
 * <p><b>Invariant position-between-ties:</b> where rows may be equal in all cursor columns, a
 * position never points behind only some of them: until the rows have moved on to another value, or
 * have ended, the position stays before the tie. After a restart in the middle the tie's rows are
 * read again, none is left out.
 */
final class RowStream implements AutoCloseable {

  private final PolledTable table;
  private final PreparedStatement statement;
  private final ResultSet rows;
  private final List<Column> columns;
  private final List<ColumnValue> readers;
  private @Nullable Map<String, Object> lastOffset;
  private @Nullable Map<String, Object> offsetBeforeTie;
  private boolean ended;

  RowStream(PolledTable table, Database database, PollStatement poll) throws SQLException {
    this.table = table;
    this.statement = database.prepare(poll.text());
    try {
      poll.bindTo(statement);
      this.rows = statement.executeQuery();
      this.columns = Catalog.columns(rows.getMetaData());
    } catch (SQLException failed) {
      statement.close();
      throw failed;
    }
    this.readers = columns.stream().map(ColumnValue::of).toList();
  }

  PolledTable table() {
    return table;
  }

  /** Whether all rows were taken. */
  boolean ended() {
    return ended;
  }

  /** The position behind the rows taken so far; empty if there is none to keep. */
  Optional<Map<String, Object>> offset() {
    return Optional.ofNullable(table.unique() || ended ? lastOffset : offsetBeforeTie);
  }

  /** The next rows, with the position behind them; fewer than asked for only at the end. */
  SourceBatch next(int maxRows) throws SQLException {
    List<SourceRecord> records = new ArrayList<>(maxRows);
    while (records.size() < maxRows && !ended) {
      if (rows.next()) {
        records.add(record());
      } else {
        ended = true;
      }
    }
    List<SourcePosition> positions =
        offset()
            .map(offset -> List.of(new SourcePosition(table.partition(), offset)))
            .orElse(List.of());
    return new SourceBatch(records, positions);
  }

  private SourceRecord record() throws SQLException {
    Map<String, Object> row = LinkedHashMap.newLinkedHashMap(columns.size());
    for (int i = 0; i < readers.size(); i++) {
      put(row, columns.get(i).name(), readers.get(i).read(rows, i + 1));
    }
    if (!table.cursor().isEmpty()) {
      Map<String, Object> offset = table.offsetOf(row);
      if (lastOffset != null && !lastOffset.equals(offset)) {
        offsetBeforeTie = lastOffset;
      }
      lastOffset = offset;
    }
    return new SourceRecord(null, key(row), row, List.of(), table.attributes());
  }

  private @Nullable Map<String, Object> key(Map<String, Object> row) {
    if (table.keyColumns().isEmpty()) {
      return null;
    }
    Map<String, Object> key = LinkedHashMap.newLinkedHashMap(table.keyColumns().size());
    for (String column : table.keyColumns()) {
      put(key, column, row.get(column));
    }
    return key;
  }

  /** A record's maps may hold nulls, which the signature of a map of objects can't say. */
  @SuppressWarnings("NullAway")
  private static void put(Map<String, Object> map, String name, @Nullable Object value) {
    map.put(name, value);
  }

  @Override
  public void close() throws SQLException {
    try (statement) {
      rows.close();
    }
  }
}
