package dev.sluice.sink.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.ErrorCategory;
import dev.sluice.connector.SinkPartition;
import dev.sluice.connector.SinkRecord;
import dev.sluice.connector.SinkTask;
import dev.sluice.connector.TransactionalSinkTask;
import dev.sluice.connector.testing.FakeSinkContext;
import dev.sluice.connector.testing.SinkAcceptance;
import dev.sluice.sink.support.RefusingContext;
import dev.sluice.sink.support.TestContexts;
import dev.sluice.sink.support.TestRecords;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the sink does on any database. */
abstract class DatabaseAcceptance extends SinkAcceptance {

  private final TestRecords records = TestRecords.of("shop.orders");
  private Connection database;

  /** An empty database. */
  abstract String url();

  /** A URL of the same kind where nothing answers. */
  abstract String unreachableUrl();

  @BeforeEach
  void openDatabase() throws SQLException {
    database = DriverManager.getConnection(url());
  }

  @AfterEach
  void closeDatabase() throws SQLException {
    database.close();
  }

  @Override
  protected SinkTask newTask() {
    return new JdbcSinkTask();
  }

  @Override
  protected FakeSinkContext working() {
    return context(Map.of("create-table", true, "alter-table", true, "key-columns", List.of("id")));
  }

  @Override
  protected FakeSinkContext unreachable() {
    return TestContexts.of(new JdbcSinkType(), Map.of("url", unreachableUrl()));
  }

  @Override
  protected SinkRecord record(long offset, byte @Nullable [] key, byte @Nullable [] value) {
    return TestRecords.at("orders", offset, key, value);
  }

  // --- Exactly once ---

  private static final SinkPartition ORDERS = new SinkPartition("shop.orders", 0);

  @Test
  void aRowIsInsertedOnceHoweverOftenItsRecordComes() throws Exception {
    List<SinkRecord> batch = List.of(order(1), order(2));
    try (TransactionalSinkTask task = exact()) {
      assertThat(task.claim(Map.of(ORDERS, 0L))).containsExactly(Map.entry(ORDERS, 0L));
      task.put(batch, Map.of(ORDERS, 2L));
      task.put(batch, Map.of(ORDERS, 2L));
    }
    try (TransactionalSinkTask afterRestart = exact()) {
      assertThat(afterRestart.claim(Map.of(ORDERS, 0L))).containsExactly(Map.entry(ORDERS, 2L));
      afterRestart.put(List.of(batch.get(1), order(3)), Map.of(ORDERS, 3L));
    }
    assertThat(rows("SELECT id FROM orders ORDER BY id")).containsExactly("1", "2", "3");
    assertThat(rows("SELECT connector, topic, topic_partition, next_offset FROM sluice_positions"))
        .containsExactly("test|shop.orders|0|3");
  }

  @Test
  void aTaskWhosePartitionWasClaimedByAnotherWritesNothingMore() throws Exception {
    try (TransactionalSinkTask former = exact();
        TransactionalSinkTask later = exact()) {
      var unused = former.claim(Map.of(ORDERS, 0L));
      former.put(List.of(order(1)), Map.of(ORDERS, 1L));
      var alsoUnused = later.claim(Map.of(ORDERS, 0L));

      for (int attempt = 0; attempt < 2; attempt++) {
        SinkRecord late = TestRecords.at("shop.orders", 1, null, "{\"id\":2}".getBytes(UTF_8));
        assertThatThrownBy(() -> former.put(List.of(late), Map.of(ORDERS, 2L)))
            .isInstanceOfSatisfying(
                ConnectorException.class,
                e -> assertThat(e.code()).isEqualTo("jdbc-position-taken"));
      }
      assertThat(rows("SELECT id FROM orders")).containsExactly("1");
      later.put(
          List.of(TestRecords.at("shop.orders", 1, null, "{\"id\":3}".getBytes(UTF_8))),
          Map.of(ORDERS, 2L));
      assertThat(rows("SELECT id FROM orders ORDER BY id")).containsExactly("1", "3");
    }
  }

  @Test
  void afterALostConnectionItCountsWhatTheDatabaseHolds() throws Exception {
    List<SinkRecord> batch = List.of(order(1), order(2));
    try (TransactionalSinkTask task = exact()) {
      var unused = task.claim(Map.of(ORDERS, 0L));
      task.put(List.of(batch.get(0)), Map.of(ORDERS, 1L));
      assertThatThrownBy(
              () ->
                  task.put(
                      List.of(
                          TestRecords.at(
                              "shop.orders", 1, null, "{\"id\":2,\"odd\":1}".getBytes(UTF_8))),
                      Map.of(ORDERS, 2L)))
          .as("gives the connection up")
          .isInstanceOf(ConnectorException.class);
      // As if a commit had been carried out whose answer was lost.
      execute("INSERT INTO orders (id) VALUES (2)");
      execute("UPDATE sluice_positions SET next_offset = 2");

      task.put(List.of(batch.get(1), order(3)), Map.of(ORDERS, 3L));
    }
    assertThat(rows("SELECT id FROM orders ORDER BY id")).containsExactly("1", "2", "3");
  }

  @Test
  void aPutThatFailsMovesNoPosition() throws Exception {
    try (TransactionalSinkTask task = exact()) {
      var unused = task.claim(Map.of(ORDERS, 0L));
      task.put(List.of(order(1)), Map.of(ORDERS, 1L));
      SinkRecord odd = records.next(null, "{\"id\":2,\"odd\":1}");
      assertThatThrownBy(() -> task.put(List.of(odd), Map.of(ORDERS, 2L)))
          .isInstanceOf(ConnectorException.class);
    }
    assertThat(rows("SELECT next_offset FROM sluice_positions")).containsExactly("1");
  }

  @Test
  void whatIsSetAsideIsPassed() throws Exception {
    FakeSinkContext context = exactContext(true);
    try (TransactionalSinkTask task = new JdbcSinkTask()) {
      task.start(context);
      var unused = task.claim(Map.of(ORDERS, 0L));
      task.put(List.of(records.next(null, "no object"), order(2)), Map.of(ORDERS, 2L));
    }
    assertThat(context.rejected()).hasSize(1);
    assertThat(rows("SELECT id FROM orders")).containsExactly("2");
    assertThat(rows("SELECT next_offset FROM sluice_positions")).containsExactly("2");
  }

  @Test
  void aMissingTableOfPositionsIsToldWithItsDefinition() throws Exception {
    try (TransactionalSinkTask task = new JdbcSinkTask()) {
      task.start(exactContext(false));
      assertThatThrownBy(() -> task.claim(Map.of(ORDERS, 0L)))
          .isInstanceOfSatisfying(
              ConnectorException.class,
              e -> {
                assertThat(e.category()).isEqualTo(ErrorCategory.CONFIGURATION);
                assertThat(e.suggestion().orElse(""))
                    .contains("create table if not exists sluice_positions");
              });
    }
  }

  private SinkRecord order(int id) {
    return records.next(null, "{\"id\":" + id + "}");
  }

  private FakeSinkContext exactContext(boolean createTable) {
    return context(Map.of("create-table", createTable, "mode", "insert", "table", "orders"));
  }

  private TransactionalSinkTask exact() throws Exception {
    TransactionalSinkTask task = new JdbcSinkTask();
    task.start(exactContext(true));
    return task;
  }

  @Test
  void createsATableThatPeopleCanQueryWithoutQuotes() throws Exception {
    FakeSinkContext context =
        put(
            Map.of("create-table", true, "key-columns", List.of("id")),
            records.next(
                null, "{\"id\":1,\"name\":\"pen\",\"price\":1,\"paid\":true,\"tags\":[1]}"),
            records.next(
                null, "{\"id\":1,\"name\":\"pencil\",\"price\":2.25,\"paid\":false,\"tags\":null}"),
            records.next(null, "{\"id\":9007199254740993,\"price\":1}"));

    assertThat(context.rejected()).isEmpty();
    assertThat(rows("SELECT id, name, price, CAST(paid AS INT), tags FROM shop_orders ORDER BY id"))
        .containsExactly("1|pencil|2.25|0|null", "9007199254740993|null|1|null|null");
  }

  @Test
  void endsWithTheLastStateOfEachKeyHoweverOftenItChanged() throws Exception {
    long seed = 20261120;
    Random random = new Random(seed);
    Map<Integer, String> expected = new TreeMap<>();
    List<SinkRecord> changes = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      int id = random.nextInt(500);
      String key = "{\"id\":" + id + "}";
      int dice = random.nextInt(10);
      if (dice == 0) {
        changes.add(records.next(key, null));
        expected.remove(id);
      } else if (dice == 1) {
        changes.add(records.next(key, "{\"b\":" + i + "}"));
        String before = expected.getOrDefault(id, "null|null");
        expected.put(id, before.substring(0, before.indexOf('|') + 1) + i);
      } else {
        changes.add(records.next(key, "{\"a\":\"" + i + "\",\"b\":" + -i + "}"));
        expected.put(id, i + "|" + -i);
      }
    }
    FakeSinkContext context = context(Map.of("create-table", true, "table", "t"));
    try (JdbcSinkTask task = new JdbcSinkTask()) {
      task.start(context);
      for (int from = 0; from < changes.size(); ) {
        int to = Math.min(changes.size(), from + 1 + random.nextInt(1500));
        task.put(changes.subList(from, to));
        from = to;
      }
    }
    assertThat(context.rejected()).isEmpty();
    assertThat(rows("SELECT id, a, b FROM t ORDER BY id"))
        .as("seed %d", seed)
        .isEqualTo(expected.entrySet().stream().map(e -> e.getKey() + "|" + e.getValue()).toList());
  }

  @Test
  void appliesChangeEvents() throws Exception {
    execute("CREATE TABLE orders (id INT PRIMARY KEY, name VARCHAR(20), bulk VARCHAR(50))");
    String source = "\"source\":{\"table\":\"orders\"}";
    FakeSinkContext context =
        put(
            Map.of("table", "{topic.last}"),
            records.next(
                "{\"id\":1}",
                "{\"op\":\"r\",\"before\":null,\"after\":{\"id\":1,\"name\":\"a\",\"bulk\":\"big\"},"
                    + source
                    + "}"),
            records.next(
                "{\"id\":1}",
                "{\"op\":\"u\",\"before\":null,\"after\":{\"id\":1,\"name\":\"b\",\"bulk\":"
                    + "\"__debezium_unavailable_value\"},"
                    + source
                    + "}"),
            records.next(
                "{\"id\":2}",
                "{\"op\":\"c\",\"before\":null,\"after\":{\"id\":2,\"name\":\"x\",\"bulk\":\"y\"},"
                    + source
                    + "}"),
            records.next(
                "{\"id\":2}", "{\"op\":\"d\",\"before\":{\"id\":2},\"after\":null," + source + "}"),
            records.next("{\"id\":2}", null),
            records.next(null, "{\"op\":\"t\",\"before\":null,\"after\":null," + source + "}"),
            records.next(
                "{\"schema\":{},\"payload\":{\"id\":3}}",
                "{\"schema\":{},\"payload\":{\"op\":\"c\",\"before\":null,"
                    + "\"after\":{\"id\":3,\"name\":\"z\",\"bulk\":null},"
                    + source
                    + "}}"));

    assertThat(rows("SELECT id, name, bulk FROM orders ORDER BY id"))
        .containsExactly("1|b|big", "3|z|null");
    assertThat(context.rejected())
        .singleElement()
        .satisfies(r -> assertThat(r.error().code()).isEqualTo("jdbc-event-unsupported"));
  }

  @Test
  void rejectsOnlyTheRecordsThatAreToBlame() throws Exception {
    execute(
        "CREATE TABLE t (id INT PRIMARY KEY, name VARCHAR(10) NOT NULL, n INT CHECK (n < 100))");
    List<SinkRecord> batch = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      String name = i == 100 ? "\"far too long for it\"" : i == 200 ? "null" : "\"x\"";
      String n = i == 299 ? "100" : i == 50 ? "\"many\"" : "1";
      batch.add(records.next("{\"id\":" + i + "}", "{\"name\":" + name + ",\"n\":" + n + "}"));
    }
    FakeSinkContext context = put(Map.of("table", "t"), batch.toArray(SinkRecord[]::new));

    assertThat(rows("SELECT COUNT(*) FROM t")).containsExactly("296");
    assertThat(context.rejected())
        .allSatisfy(r -> assertThat(r.error().category()).isEqualTo(ErrorCategory.DATA))
        .extracting(r -> r.record().offset())
        .containsExactlyInAnyOrder(50L, 100L, 200L, 299L);
  }

  @Test
  void keepsTheLogsOrderWhereAConstraintAsksForIt() throws Exception {
    execute("CREATE TABLE t (id INT PRIMARY KEY, email VARCHAR(10) UNIQUE)");
    FakeSinkContext context =
        put(
            Map.of("table", "t"),
            records.next("{\"id\":1}", "{\"email\":\"a\"}"),
            records.next("{\"id\":1}", "{\"email\":\"b\"}"),
            records.next("{\"id\":2}", "{\"email\":\"a\"}"),
            records.next("{\"id\":2}", "{\"email\":\"c\"}"),
            records.next("{\"id\":1}", "{\"email\":\"a\"}"));

    assertThat(context.rejected()).isEmpty();
    assertThat(rows("SELECT id, email FROM t ORDER BY id")).containsExactly("1|a", "2|c");
  }

  @Test
  void nothingIsWrittenWhenTheDeadLetterTopicIsClosed() throws Exception {
    execute("CREATE TABLE t (id INT PRIMARY KEY, n INT)");
    FakeSinkContext context = context(Map.of("table", "t"));
    try (JdbcSinkTask task = new JdbcSinkTask()) {
      task.start(new RefusingContext(context));
      List<SinkRecord> batch =
          List.of(
              records.next("{\"id\":1}", "{\"n\":1}"), records.next("{\"id\":2}", "{\"n\":\"x\"}"));
      assertThatThrownBy(() -> task.put(batch)).isInstanceOf(ConnectorException.class);
    }
    assertThat(rows("SELECT COUNT(*) FROM t")).containsExactly("0");
  }

  @Test
  void convertsByTheColumnsTypes() throws Exception {
    execute(
        "CREATE TABLE t (id VARCHAR(10) PRIMARY KEY, ts TIMESTAMP, tz TIMESTAMP WITH TIME ZONE,"
            + " d DATE, tm TIME, b BOOLEAN, num NUMERIC(10,2), f DOUBLE PRECISION, u UUID, s"
            + " VARCHAR(50))");
    FakeSinkContext context =
        put(
            Map.of("table", "t", "epoch-unit", "micros"),
            records.next(
                "{\"id\":\"iso\"}",
                "{\"ts\":\"2026-01-02T03:04:05.678Z\",\"tz\":\"2026-01-02T05:04:05+02:00\",\"d\":"
                    + "\"2026-01-02Z\",\"tm\":\"03:04:05Z\",\"b\":\"true\",\"num\":\"12.50\",\"f\":1,"
                    + "\"u\":\"00000000-0000-0000-0000-000000000001\",\"s\":{\"x\":[1.50]}}"),
            records.next(
                "{\"id\":\"blank\"}",
                "{\"ts\":\"2026-01-02 03:04:05\",\"d\":\"2026-01-02T01:00:00\"}"),
            records.next(
                "{\"id\":\"epoch\"}",
                "{\"ts\":1767323045000000,\"d\":20455,\"tm\":3600000000,\"b\":0,\"s\":12}"),
            records.next("{\"id\":\"bad\"}", "{\"d\":\"yesterday\"}"));

    assertThat(context.rejected())
        .singleElement()
        .satisfies(
            r -> {
              assertThat(r.error().code()).isEqualTo("jdbc-value-unfit");
              assertThat(r.error().message()).containsIgnoringCase("'d'");
            });
    assertThat(rows("SELECT CAST(ts AS VARCHAR(30)) FROM t WHERE id = 'iso'"))
        .singleElement()
        .asString()
        .startsWith("2026-01-02 03:04:05.678");
    assertThat(
            rows(
                "SELECT id, CAST(ts AS TIMESTAMP(0)), d, tm, CAST(b AS INT), num, u, s FROM t"
                    + " ORDER BY id"))
        .map(row -> row.replace(".0|", "|"))
        .containsExactly(
            "blank|2026-01-02 03:04:05|2026-01-02|null|null|null|null|null",
            "epoch|2026-01-02 03:04:05|2026-01-02|01:00:00|0|null|null|12",
            "iso|2026-01-02 03:04:06|2026-01-02|03:04:05|1|12.50"
                + "|00000000-0000-0000-0000-000000000001|{\"x\":[1.50]}");
    assertThat(rows("SELECT COUNT(*) FROM t WHERE tz = '2026-01-02 03:04:05+00:00'"))
        .containsExactly("1");
  }

  @Test
  void addsColumnsWhenAskedTo() throws Exception {
    execute("CREATE TABLE t (id INT PRIMARY KEY)");
    put(
        Map.of("table", "t", "alter-table", true),
        records.next("{\"id\":1}", "{\"odd \\\"name\":1.5,\"nothing\":null}"));

    assertThat(rows("SELECT * FROM t")).containsExactly("1|1.5");
  }

  @Test
  void aMissingTableOrColumnIsAMistakeInTheOptions() throws Exception {
    assertMistake(Map.of(), "create-table", records.next("{\"id\":1}", "{\"name\":\"a\"}"));
    execute("CREATE TABLE t (id INT PRIMARY KEY)");
    assertMistake(
        Map.of("table", "t"), "alter-table", records.next("{\"id\":1}", "{\"name\":\"a\"}"));
    assertMistake(
        Map.of("table", "nowhere.t", "create-table", true),
        "table",
        records.next("{\"id\":1}", "{\"name\":\"a\"}"));
  }

  @Test
  void noticesAColumnThatWasAddedByHand() throws Exception {
    execute("CREATE TABLE t (id INT PRIMARY KEY)");
    try (JdbcSinkTask task = new JdbcSinkTask()) {
      task.start(context(Map.of("table", "t")));
      task.put(List.of(records.next("{\"id\":1}", "{}")));
      execute("ALTER TABLE t ADD COLUMN name VARCHAR(10)");
      task.put(List.of(records.next("{\"id\":2}", "{\"name\":\"a\"}")));
    }
    assertThat(rows("SELECT id, name FROM t ORDER BY id")).containsExactly("1|null", "2|a");
  }

  @Test
  void insertsEveryRecordInInsertMode() throws Exception {
    put(
        Map.of("create-table", true, "table", "t", "mode", "insert"),
        records.next("{\"id\":1}", "{\"v\":1}"),
        records.next("{\"id\":1}", "{\"v\":1}"),
        records.next("{\"id\":1}", null));

    assertThat(rows("SELECT v FROM t")).containsExactly("1", "1");
  }

  @Test
  void aPlainKeyGoesIntoTheTablesOwnPrimaryKey() throws Exception {
    execute("CREATE TABLE t (sensor VARCHAR(10) PRIMARY KEY, celsius NUMERIC(5,1))");
    put(
        Map.of("table", "t"),
        records.next("boiler", "{\"celsius\":30}"),
        records.next("boiler", "{\"celsius\":31.5}"),
        records.next("roof", "{\"celsius\":1}"),
        records.next("roof", null));

    assertThat(rows("SELECT sensor, celsius FROM t")).containsExactly("boiler|31.5");
  }

  private void assertMistake(Map<String, Object> options, String option, SinkRecord record) {
    assertThatThrownBy(() -> put(options, record))
        .isInstanceOfSatisfying(
            ConnectorException.class,
            e -> {
              assertThat(e.category()).isEqualTo(ErrorCategory.CONFIGURATION);
              assertThat(e.suggestion()).hasValueSatisfying(s -> assertThat(s).contains(option));
            });
  }

  FakeSinkContext put(Map<String, Object> options, SinkRecord... batch) throws Exception {
    FakeSinkContext context = context(options);
    try (JdbcSinkTask task = new JdbcSinkTask()) {
      task.start(context);
      task.put(List.of(batch));
    }
    return context;
  }

  FakeSinkContext context(Map<String, Object> options) {
    Map<String, Object> all = new HashMap<>(options);
    all.put("url", url());
    return TestContexts.of(new JdbcSinkType(), all);
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = database.createStatement()) {
      statement.execute(sql);
    }
  }

  List<String> rows(String query) throws SQLException {
    return Rows.of(database, query);
  }
}
