package dev.sluice.source.jdbc;

import dev.sluice.connector.SourceBatch;
import dev.sluice.connector.SourceContext;
import dev.sluice.connector.SourcePosition;
import dev.sluice.connector.SourceTask;
import dev.sluice.source.support.Beat;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls one table after the other, each beat all of them, over one connection. Several tasks share
 * the tables. All state belongs to the poll thread.
 */
final class JdbcSourceTask implements SourceTask {

  private static final Logger LOG = LoggerFactory.getLogger(JdbcSourceTask.class);

  private final UnaryOperator<JdbcOptions> adjusted;
  private final List<PolledTable> tables = new ArrayList<>();
  private final Deque<PolledTable> due = new ArrayDeque<>();
  private final Map<Map<String, Object>, Map<String, Object>> offsets = new HashMap<>();
  private @Nullable JdbcOptions options;
  private @Nullable Database database;
  private @Nullable Beat beat;
  private @Nullable RowStream stream;

  /**
   * A task.
   *
   * @param adjusted what to make of the options
   */
  JdbcSourceTask(UnaryOperator<JdbcOptions> adjusted) {
    this.adjusted = adjusted;
  }

  @Override
  public void start(SourceContext context) {
    JdbcOptions settings = adjusted.apply(JdbcOptions.from(context.options()));
    options = settings;
    Database connected = Database.connect(settings);
    database = connected;
    plan(settings, connected, context.taskNumber(), context.taskCount());
    for (SourcePosition position : context.positions()) {
      if (position.offset() != null) {
        offsets.put(position.partition(), position.offset());
      }
    }
    beat = Beat.startingNow(context.clock(), settings.interval());
  }

  private void plan(JdbcOptions settings, Database connected, int taskNumber, int taskCount) {
    TablePlanner planner = new TablePlanner(settings, connected);
    String what = "the query";
    try {
      if (settings.query().isPresent() && taskNumber == 0) {
        tables.add(planner.query(settings.query().get()));
      }
      for (int i = taskNumber; i < settings.tables().size(); i += taskCount) {
        what = "the table " + settings.tables().get(i);
        tables.add(planner.table(settings.tables().get(i)));
      }
      connected.endTransaction();
    } catch (SQLException failed) {
      throw new Failures(settings.login()).preparing(what, failed);
    }
  }

  @Override
  public Optional<SourceBatch> poll(Duration maxWait) throws InterruptedException {
    JdbcOptions settings = Objects.requireNonNull(options);
    if (stream == null && due.isEmpty()) {
      if (!Objects.requireNonNull(beat).await(maxWait)) {
        return Optional.empty();
      }
      due.addAll(tables);
    }
    try {
      return read(settings, Objects.requireNonNull(database));
    } catch (SQLException failed) {
      throw new Failures(settings.login()).polling(failed);
    }
  }

  /** The next batch of the table at hand, or of the first due one that has rows. */
  private Optional<SourceBatch> read(JdbcOptions settings, Database connected) throws SQLException {
    while (stream != null || !due.isEmpty()) {
      RowStream rows = stream;
      if (rows == null) {
        rows = open(settings, connected, due.removeFirst());
        stream = rows;
      }
      SourceBatch batch = rows.next(settings.batchRows());
      for (SourcePosition position : batch.positions()) {
        offsets.put(position.partition(), Objects.requireNonNull(position.offset()));
      }
      if (rows.ended()) {
        rows.close();
        stream = null;
        connected.endTransaction();
      }
      if (!batch.records().isEmpty() || !batch.positions().isEmpty()) {
        return Optional.of(batch);
      }
    }
    return Optional.empty();
  }

  private RowStream open(JdbcOptions settings, Database connected, PolledTable table)
      throws SQLException {
    JdbcOptions.Cursor cursor = settings.cursor();
    Map<String, Object> offset = offsets.get(table.partition());
    Optional<List<Object>> after = Optional.ofNullable(offset).flatMap(table::bounds);
    if (offset != null && after.isEmpty() && !table.cursor().isEmpty()) {
      LOG.warn(
          "The position {} of {} was kept under another 'mode'; reading begins with the first row",
          offset,
          table.partition());
    }
    Instant until =
        cursor.mode().hasTimestamp() ? connected.now().minus(cursor.delay()) : Instant.MAX;
    return new RowStream(
        table, connected, PollStatement.of(connected.sql(), table, after, until, cursor.zone()));
  }

  @Override
  public void close() throws SQLException {
    try {
      if (stream != null) {
        stream.close();
      }
    } finally {
      if (database != null) {
        database.close();
      }
    }
  }
}
