package dev.sluice.sink.jdbc;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.ErrorCategory;
import dev.sluice.connector.SinkPartition;
import dev.sluice.connector.SinkRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Positions in the target database, in the table {@value #TABLE}: of each connector and partition
 * the offset to go on from, and an epoch that grows with each task that takes the partition over.
 * The statements are plain enough for every database that is allowed here. Belongs to one task.
 *
 * <p>A position is moved from the value that this task knows, under its own epoch, as the last
 * statement of the transaction that holds the records. Where the row has another value or epoch by
 * then, another task has taken over, and the transaction is rolled back.
 */
final class TargetPositions {

  static final String TABLE = "sluice_positions";

  private static final String OF_PARTITION =
      " where connector = ? and topic = ? and topic_partition = ?";
  private static final String TAKE_OVER =
      "update " + TABLE + " set epoch = epoch + 1" + OF_PARTITION;
  private static final String BEGIN =
      "insert into "
          + TABLE
          + " (connector, topic, topic_partition, next_offset, epoch) values (?, ?, ?, ?, 1)";
  private static final String READ = "select epoch, next_offset from " + TABLE + OF_PARTITION;
  private static final String MOVE =
      "update "
          + TABLE
          + " set next_offset = ?"
          + OF_PARTITION
          + " and epoch = ? and next_offset = ?";

  private record Place(long epoch, long nextOffset) {}

  private final String connector;
  private final JdbcSinkConfig config;
  private final Map<SinkPartition, Place> known = new HashMap<>();

  TargetPositions(String connector, JdbcSinkConfig config) {
    this.connector = connector;
    this.config = config;
  }

  /**
   * Creates the table if it is missing.
   *
   * @throws ConnectorException of category CONFIGURATION if it is, and isn't to be created
   */
  void ensureTable(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (config.createTable()) {
        statement.execute(definition());
      } else {
        statement.executeQuery("select 1 from " + TABLE + " where 1 = 0").close();
      }
      connection.commit();
    } catch (SQLException e) {
      ConnectorException failure = new JdbcFailures(config.login()).of(e);
      throw failure.category() != ErrorCategory.CONFIGURATION
          ? failure
          : ConnectorException.configuration(
              "jdbc-positions-missing",
              failure.message(),
              "For exactly once the database needs a table that the user may read and write: "
                  + definition());
    }
  }

  private String definition() {
    // Names are ASCII, and A is not a: these databases would compare them otherwise.
    String exact =
        Dialect.ignoresCase(config.login().url()) ? " character set ascii collate ascii_bin" : "";
    return ("create table if not exists %s (connector varchar(200)%s not null,"
            + " topic varchar(249)%s not null, topic_partition integer not null,"
            + " next_offset bigint not null, epoch bigint not null,"
            + " primary key (connector, topic, topic_partition))")
        .formatted(TABLE, exact, exact);
  }

  /**
   * Takes partitions over and commits that.
   *
   * @param starts positions for partitions that have none
   * @return the positions
   */
  Map<SinkPartition, Long> claim(Connection connection, Map<SinkPartition, Long> starts)
      throws SQLException {
    Map<SinkPartition, Place> claimed = new HashMap<>();
    for (Map.Entry<SinkPartition, Long> start : starts.entrySet()) {
      SinkPartition partition = start.getKey();
      if (execute(connection, TAKE_OVER, key(partition)) == 0) {
        int unused = execute(connection, BEGIN, key(partition, start.getValue()));
      }
      claimed.put(partition, read(connection, partition));
    }
    connection.commit();
    known.putAll(claimed);
    Map<SinkPartition, Long> positions = new HashMap<>();
    claimed.forEach((partition, place) -> positions.put(partition, place.nextOffset()));
    return positions;
  }

  /**
   * Learns the positions anew, on a new connection: the last commit may have been carried out
   * though its answer was lost.
   *
   * @throws ConnectorException if another task has taken a partition over
   */
  void refresh(Connection connection) throws SQLException {
    for (Map.Entry<SinkPartition, Place> entry : known.entrySet()) {
      Place now = read(connection, entry.getKey());
      if (now.epoch() != entry.getValue().epoch()) {
        throw fenced(entry.getKey());
      }
      entry.setValue(now);
    }
  }

  /** The records that the target does not hold yet. */
  List<SinkRecord> missing(List<SinkRecord> records) {
    return records.stream()
        .filter(
            record ->
                record.offset()
                    >= place(new SinkPartition(record.topic(), record.partition())).nextOffset())
        .toList();
  }

  /**
   * Moves positions within the open transaction; those that are there already stay.
   *
   * @throws ConnectorException if another task has taken a partition over
   */
  void move(Connection connection, Map<SinkPartition, Long> nextOffsets) throws SQLException {
    for (Map.Entry<SinkPartition, Long> entry : nextOffsets.entrySet()) {
      SinkPartition partition = entry.getKey();
      Place from = place(partition);
      Long to = entry.getValue();
      if (to > from.nextOffset() && execute(connection, MOVE, moving(partition, from, to)) != 1) {
        throw fenced(partition);
      }
    }
  }

  /** The transaction that moved these positions is committed. */
  void moved(Map<SinkPartition, Long> nextOffsets) {
    nextOffsets.forEach(
        (partition, offset) -> {
          Place from = place(partition);
          known.put(partition, new Place(from.epoch(), Math.max(from.nextOffset(), offset)));
        });
  }

  private Place place(SinkPartition partition) {
    Place place = known.get(partition);
    if (place == null) {
      throw new IllegalStateException(partition + " has not been claimed");
    }
    return place;
  }

  private Object[] key(SinkPartition partition, Object... others) {
    List<Object> parameters =
        new ArrayList<>(List.of(connector, partition.topic(), partition.partition()));
    parameters.addAll(List.of(others));
    return parameters.toArray();
  }

  private Object[] moving(SinkPartition partition, Place from, Long to) {
    return new Object[] {
      to, connector, partition.topic(), partition.partition(), from.epoch(), from.nextOffset()
    };
  }

  private static int execute(Connection connection, String sql, Object[] parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, parameters);
      return statement.executeUpdate();
    }
  }

  private Place read(Connection connection, SinkPartition partition) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(READ)) {
      bind(select, key(partition));
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          throw fenced(partition);
        }
        return new Place(row.getLong(1), row.getLong(2));
      }
    }
  }

  private static void bind(PreparedStatement statement, Object[] parameters) throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
  }

  private static ConnectorException fenced(SinkPartition partition) {
    return new ConnectorException(
        ErrorCategory.INTERNAL,
        "jdbc-position-taken",
        "The position of "
            + partition.topic()
            + "-"
            + partition.partition()
            + " in "
            + TABLE
            + " was changed by someone else; what was to be written is not.",
        "A task that starts anew takes the position up as it is. If this comes again and again, look"
            + " for another gateway with a connector of the same name and the same database.",
        null);
  }
}
