package dev.sluice.source.jdbc;

import dev.sluice.connector.SourceRecord;
import dev.sluice.connector.SourceType;
import dev.sluice.connector.testing.SourceAcceptance;
import dev.sluice.source.support.SchemaOptions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A table whose rows were written forty at a time, so that batches end within ties. */
class JdbcAcceptanceTest extends SourceAcceptance {

  private static final int ROWS = 1000;

  private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";

  @BeforeEach
  void fill() throws SQLException {
    sql("create table t (id int, part int, changed timestamp(9), primary key (part, id))");
    sql(
        "insert into t select x, mod(x, 3), dateadd('nanosecond', x / 40,"
            + " timestamp '2026-01-01 00:00:00') from system_range(1, "
            + ROWS
            + ")");
  }

  @AfterEach
  void shutDown() throws SQLException {
    sql("shutdown");
  }

  private void sql(String text) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      boolean unused = statement.execute(text);
    }
  }

  @Override
  protected SourceType type() {
    return new JdbcSourceType();
  }

  @Override
  protected Map<String, Object> options() {
    Map<String, Object> given = new HashMap<>();
    given.put("url", url);
    given.put("tables", List.of("t"));
    given.put("mode", "timestamp");
    given.put("timestamp-column", "changed");
    given.put("batch-size", 97);
    given.put("interval", "0ms");
    return SchemaOptions.of(type(), given);
  }

  @Override
  protected List<String> expected() {
    return IntStream.rangeClosed(1, ROWS)
        .boxed()
        .sorted(
            (a, b) ->
                a / 40 != b / 40
                    ? Integer.compare(a / 40, b / 40)
                    : a % 3 != b % 3 ? Integer.compare(a % 3, b % 3) : Integer.compare(a, b))
        .map(String::valueOf)
        .toList();
  }

  @Override
  protected String describe(SourceRecord record) {
    return String.valueOf(JdbcHarness.field(record, "ID"));
  }
}
