package dev.sluice.sink.jdbc;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.ErrorCategory;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Types;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes changes in JDBC batches within the open transaction. A batch that fails because of its
 * data is rolled back and split in halves, until the records that are to blame stand alone.
 */
final class BatchWriter {

  private final int batchSize;
  private final JdbcFailures failures;

  BatchWriter(int batchSize, JdbcFailures failures) {
    this.batchSize = batchSize;
    this.failures = failures;
  }

  /**
   * Writes the changes, all but those that are added to {@code rejections}.
   *
   * @throws ConnectorException if something else than data is wrong; the transaction must then be
   *     rolled back
   */
  void write(Connection connection, List<BoundChange> changes, Rejections rejections)
      throws SQLException {
    if (changes.isEmpty()) {
      return;
    }
    Savepoint start = connection.setSavepoint();
    try {
      for (List<BoundChange> run : Runs.of(changes)) {
        execute(connection, run);
      }
      connection.releaseSavepoint(start);
    } catch (SQLException e) {
      ConnectorException failure = failures.of(e);
      if (failure.category() != ErrorCategory.DATA) {
        throw failure;
      }
      connection.rollback(start);
      if (changes.size() == 1) {
        rejections.add(changes.getFirst().record(), failure);
      } else {
        int half = changes.size() / 2;
        write(connection, changes.subList(0, half), rejections);
        write(connection, changes.subList(half, changes.size()), rejections);
      }
    }
  }

  private void execute(Connection connection, List<BoundChange> run) throws SQLException {
    RowStatement statement = run.getFirst().statement();
    try (PreparedStatement prepared = connection.prepareStatement(statement.sql())) {
      int waiting = 0;
      for (BoundChange change : run) {
        bind(connection, prepared, change);
        prepared.addBatch();
        if (++waiting == batchSize) {
          prepared.executeBatch();
          waiting = 0;
        }
      }
      if (waiting > 0) {
        prepared.executeBatch();
      }
    }
  }

  private static void bind(Connection connection, PreparedStatement prepared, BoundChange change)
      throws SQLException {
    List<TargetColumn> columns = change.statement().columns();
    for (int i = 0; i < columns.size(); i++) {
      bind(connection, prepared, i + 1, columns.get(i), change.parameters()[i]);
    }
  }

  private static void bind(
      Connection connection,
      PreparedStatement prepared,
      int index,
      TargetColumn column,
      @Nullable Object value)
      throws SQLException {
    if (value == null) {
      prepared.setNull(index, nullType(column));
    } else if (value instanceof Object[] elements) {
      Array array = connection.createArrayOf(elementType(column), elements);
      prepared.setArray(index, array);
    } else {
      prepared.setObject(index, value);
    }
  }

  /** Types that only the database knows are left for it to find. */
  private static int nullType(TargetColumn column) {
    return switch (column.type()) {
      case Types.OTHER, Types.ARRAY, Types.DISTINCT, Types.STRUCT -> Types.NULL;
      default -> column.type();
    };
  }

  /** PostgreSQL calls an array of int4 {@code _int4}, H2 one of integers {@code INTEGER ARRAY}. */
  private static String elementType(TargetColumn column) {
    String name = column.typeName();
    if (name.startsWith("_")) {
      return name.substring(1);
    }
    int suffix = name.indexOf(" ARRAY");
    return suffix < 0 ? name : name.substring(0, suffix);
  }
}
