package dev.sluice.sink.jdbc;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.ErrorCategory;
import dev.sluice.connector.SinkContext;
import dev.sluice.connector.SinkPartition;
import dev.sluice.connector.SinkRecord;
import dev.sluice.connector.TransactionalSinkTask;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes each put in one transaction, on one connection, which is opened anew after any failure.
 *
 * <p>Position-after-put holds because put returns after the commit. Rejected records reach the
 * dead-letter topic before the commit: when the commit fails, all come again. A commit whose answer
 * got lost is carried out again: an upsert or deletion then changes nothing, an insert repeats.
 *
 * <p>For exactly once the same transaction moves the positions in the database, see {@link
 * TargetPositions}; then nothing repeats but dead letters.
 */
final class JdbcSinkTask implements TransactionalSinkTask {

  private static final Logger LOG = LoggerFactory.getLogger(JdbcSinkTask.class);

  private @Nullable SinkContext context;
  private @Nullable Login login;
  private @Nullable ChangeReader reader;
  private @Nullable TableWriter writer;
  private @Nullable TargetPositions positions;
  private @Nullable Connection connection;

  @Override
  public void start(SinkContext context) {
    JdbcSinkConfig config = JdbcSinkConfig.of(context.options());
    config.checkTogether();
    this.context = context;
    this.login = config.login();
    this.reader = new ChangeReader(config);
    this.writer = new TableWriter(config);
    this.positions = new TargetPositions(context.connector(), config);
    try {
      connection().commit();
    } catch (SQLException e) {
      drop();
      throw new JdbcFailures(config.login()).of(e);
    }
  }

  @Override
  public void put(List<SinkRecord> records) {
    put(() -> records, written -> {});
  }

  @Override
  public void put(List<SinkRecord> records, Map<SinkPartition, Long> nextOffsets) {
    TargetPositions known = positions();
    put(() -> known.missing(records), written -> known.move(written, nextOffsets));
    known.moved(nextOffsets);
  }

  @Override
  public Map<SinkPartition, Long> claim(Map<SinkPartition, Long> starts) {
    return orDrop(
        () -> {
          positions().ensureTable(connection());
          return positions().claim(connection(), starts);
        });
  }

  /** The records to write; asked once the connection is there. */
  private interface Missing {
    List<SinkRecord> records();
  }

  /** What else belongs to the transaction. */
  private interface LastStep {
    void take(Connection connection) throws SQLException;
  }

  private interface Work<T> {
    T carryOut() throws SQLException;
  }

  private void put(Missing missing, LastStep last) {
    boolean unused =
        orDrop(
            () -> {
              if (!tryPut(missing, last)) {
                LOG.info("The tables may have changed; looking them up again");
                drop();
                tryPutOrThrow(missing, last);
              }
              return true;
            });
  }

  /** Gives the connection up if the work fails. */
  private <T> T orDrop(Work<T> work) {
    boolean done = false;
    try {
      T result = work.carryOut();
      done = true;
      return result;
    } catch (SQLException e) {
      throw new JdbcFailures(login()).of(e);
    } finally {
      if (!done) {
        drop();
      }
    }
  }

  /** False if a statement was refused that was made for a table looked up in an earlier put. */
  private boolean tryPut(Missing missing, LastStep last) throws SQLException {
    boolean remembered = writer().remembersTables();
    try {
      tryPutOrThrow(missing, last);
      return true;
    } catch (ConnectorException e) {
      if (remembered && e.category() == ErrorCategory.CONFIGURATION) {
        return false;
      }
      throw e;
    }
  }

  private void tryPutOrThrow(Missing missing, LastStep last) throws SQLException {
    Connection open = connection();
    Rejections rejections = new Rejections();
    List<Change> changes = new ArrayList<>();
    for (SinkRecord record : missing.records()) {
      read(record, rejections).ifPresent(changes::add);
    }
    writer().write(open, changes, rejections);
    last.take(open);
    rejections.send(Objects.requireNonNull(context));
    open.commit();
  }

  private Optional<Change> read(SinkRecord record, Rejections rejections) {
    try {
      return Objects.requireNonNull(reader).read(record);
    } catch (ConnectorException e) {
      if (e.category() != ErrorCategory.DATA) {
        throw e;
      }
      rejections.add(record, e);
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    drop();
  }

  private Connection connection() throws SQLException {
    Connection open = connection;
    if (open == null) {
      open = login().connect();
      connection = open;
      positions().refresh(open);
    }
    return open;
  }

  /** Gives the connection up, and with it what was not committed. */
  private void drop() {
    Connection open = connection;
    connection = null;
    if (writer != null) {
      writer.forgetTables();
    }
    if (open == null) {
      return;
    }
    try (open) {
      open.rollback();
    } catch (SQLException e) {
      LOG.debug(
          "A connection that is given up did not close cleanly: {}", login().redact(e.toString()));
    }
  }

  private Login login() {
    return Objects.requireNonNull(login, "start comes first");
  }

  private TargetPositions positions() {
    return Objects.requireNonNull(positions, "start comes first");
  }

  private TableWriter writer() {
    return Objects.requireNonNull(writer, "start comes first");
  }
}
