package dev.sluice.source.debezium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.ErrorCategory;
import dev.sluice.connector.Options;
import dev.sluice.connector.SourcePosition;
import dev.sluice.connector.SourceRecord;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.postgresql.PGConnection;
import org.postgresql.replication.LogSequenceNumber;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresCdcTest {

  private EmbeddedPostgres postgres;
  private Connection connection;

  @BeforeAll
  void startServer() throws IOException {
    postgres = EmbeddedPostgres.builder().setServerConfig("wal_level", "logical").start();
  }

  @AfterAll
  void stopServer() throws IOException {
    postgres.close();
  }

  @BeforeEach
  void createTable() throws SQLException {
    connection = postgres.getPostgresDatabase().getConnection();
    sql(
        "CREATE TABLE orders (id int PRIMARY KEY, item text, price numeric(10,2), rate numeric,"
            + " placed timestamp, due date)");
  }

  @AfterEach
  void dropTable() throws SQLException {
    // The server lets go of a slot a moment after its connection was closed.
    sql(
        "SELECT pg_terminate_backend(active_pid, 10000) FROM pg_replication_slots"
            + " WHERE active_pid IS NOT NULL");
    sql("DROP TABLE orders");
    sql("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots");
    sql("DROP PUBLICATION IF EXISTS sluice_test");
    connection.close();
  }

  @Test
  void readsTheRowsThatAreThereThenTheChanges() throws Exception {
    sql(
        "INSERT INTO orders VALUES (1, 'apple', 1.50, 0.3333, '2026-05-01 12:30:00', '2026-06-01')");
    try (CaptureRun run = new CaptureRun(options(), List.of())) {
      run.untilCount(1);
      sql("INSERT INTO orders VALUES (2, 'pear')");
      sql("UPDATE orders SET item = 'plum' WHERE id = 1");
      sql("DELETE FROM orders WHERE id = 2");
      run.untilCount(5);

      assertThat(run.records())
          .extracting(record -> record.attributes().get("op"))
          .containsExactly("r", "c", "u", "d", "d");
      SourceRecord first = run.records().getFirst();
      assertThat((byte[]) first.key()).asString().isEqualTo("{\"id\":1}");
      assertThat(first.attributes())
          .containsEntry("table", "orders")
          .containsEntry("schema", "public")
          .containsEntry("database", "postgres");
      JsonNode value = CaptureRun.json(first.value());
      assertThat((byte[]) first.value())
          .asString()
          .contains(
              "\"after\":{\"id\":1,\"item\":\"apple\",\"price\":1.50,\"rate\":0.3333,"
                  + "\"placed\":\"2026-05-01T12:30\",\"due\":\"2026-06-01\"}");
      assertThat(value.get("op").asText()).isEqualTo("r");
      assertThat(first.timestampMillis()).isEqualTo(value.get("source").get("ts_ms").asLong());
      assertThat((byte[]) run.records().get(4).key()).asString().isEqualTo("{\"id\":2}");
      assertThat(run.records().get(4).value()).isNull();
    }
  }

  @Test
  void rowFormatKeepsTheAfterImageAndOneTombstone() throws Exception {
    Map<String, Object> options = options();
    options.put("format", "row");
    options.put("times", "epoch");
    try (CaptureRun run = new CaptureRun(options, List.of())) {
      sql("INSERT INTO orders (id, item, due) VALUES (1, 'apple', '1970-01-11')");
      sql("DELETE FROM orders WHERE id = 1");
      sql("INSERT INTO orders (id) VALUES (2)");
      run.untilCount(3);

      assertThat((byte[]) run.records().get(0).value())
          .asString()
          .isEqualTo(
              "{\"id\":1,\"item\":\"apple\",\"price\":null,\"rate\":null,\"placed\":null,"
                  + "\"due\":10}");
      assertThat(run.records().get(0).attributes()).containsEntry("op", "c");
      assertThat((byte[]) run.records().get(1).key()).asString().isEqualTo("{\"id\":1}");
      assertThat(run.records().get(1).value()).isNull();
      assertThat(run.records().get(1).attributes()).containsEntry("op", "d");
      assertThat((byte[]) run.records().get(2).key()).asString().isEqualTo("{\"id\":2}");
    }
  }

  @Test
  void goesOnWhereItStopped() throws Exception {
    sql("INSERT INTO orders VALUES (1), (2), (3)");
    List<SourcePosition> positions;
    try (CaptureRun run = new CaptureRun(options(), List.of())) {
      run.untilCount(3);
      sql("INSERT INTO orders VALUES (4)");
      run.untilCount(4);
      run.untilPositionIsCommit();
      positions = run.durablePositions();
    }
    sql("INSERT INTO orders VALUES (5), (6)");
    try (CaptureRun run = new CaptureRun(options(), positions)) {
      assertThat(run.untilCount(2).keys()).containsExactly(5, 6);
    }
  }

  @Test
  void whatWasPolledButNotAcknowledgedComesAgain() throws Exception {
    List<SourcePosition> positions;
    try (CaptureRun run = new CaptureRun(options(), List.of())) {
      sql("INSERT INTO orders VALUES (1)");
      run.untilCount(1).untilPositionIsCommit();
      positions = run.durablePositions();
      sql("INSERT INTO orders VALUES (2)");
      sql("INSERT INTO orders VALUES (3)");
      run.pollUntilCount(2);
      assertThat(confirmedByServer()).isLessThanOrEqualTo(run.durableCommit());
    }
    try (CaptureRun run = new CaptureRun(options(), positions)) {
      assertThat(run.untilCount(2).keys()).containsExactly(2, 3);
    }
  }

  @Test
  void aSnapshotThatWasCutShortIsTakenAnew() throws Exception {
    sql("INSERT INTO orders SELECT i FROM generate_series(1, 1000) i");
    List<SourcePosition> positions;
    try (CaptureRun run = new CaptureRun(options(), List.of())) {
      run.untilCount(200);
      positions = run.durablePositions();
    }
    sql("INSERT INTO orders VALUES (1001)");
    sql("DELETE FROM orders WHERE id = 1");
    try (CaptureRun run = new CaptureRun(options(), positions)) {
      run.untilCount(1000);
      sql("INSERT INTO orders VALUES (1002)");
      run.until(all -> CaptureRun.keysOf(all).contains(1002));
      assertThat(run.keys()).containsAll(IntStream.rangeClosed(2, 1002).boxed().toList());
    }
  }

  /** COPY writes many rows under one log sequence number. */
  @Test
  void noRowOfACopyIsLostWhenStoppedInTheMiddle() throws Exception {
    List<SourcePosition> positions;
    Set<Integer> seen = new HashSet<>();
    try (CaptureRun run = new CaptureRun(options(), List.of())) {
      sql("INSERT INTO orders VALUES (0)");
      run.untilCount(1);
      copy(1, 1000);
      run.untilCount(350);
      positions = run.durablePositions();
      seen.addAll(run.keysOfAcknowledged());
    }
    assertThat(seen).hasSizeLessThan(1000);
    try (CaptureRun run = new CaptureRun(options(), positions)) {
      sql("INSERT INTO orders VALUES (1001)");
      run.until(all -> CaptureRun.keysOf(all).contains(1001));
      seen.addAll(run.keys());
    }
    assertThat(seen).containsAll(IntStream.rangeClosed(0, 1001).boxed().toList());
  }

  @Test
  void aChangedPrimaryKeyIsADeleteAndACreate() throws Exception {
    try (CaptureRun run = new CaptureRun(options(), List.of())) {
      sql("INSERT INTO orders VALUES (1)");
      sql("UPDATE orders SET id = 7 WHERE id = 1");
      run.untilCount(4);
      assertThat(run.keys()).containsExactly(1, 1, 1, 7);
      assertThat(run.records().get(2).value()).isNull();
    }
  }

  @Test
  void theServerIsToldOfWhatIsDurable() throws Exception {
    try (CaptureRun run = new CaptureRun(options(), List.of())) {
      sql("INSERT INTO orders VALUES (1)");
      run.untilCount(1).untilPositionIsCommit();
      long before = confirmedByServer();
      sql("INSERT INTO orders VALUES (2)");
      run.untilCount(2).untilPositionIsCommit();
      run.pollWhile(() -> confirmedByServer() == before);
    }
  }

  @Test
  void aWrongPasswordIsAConfigurationErrorWithoutThePassword() {
    Map<String, Object> options = options();
    options.put("user", "nobody-known");
    options.put("password", "s3cret");
    assertThatThrownBy(() -> new CaptureRun(options, List.of()))
        .isInstanceOfSatisfying(
            ConnectorException.class,
            e -> {
              assertThat(e.category()).isEqualTo(ErrorCategory.CONFIGURATION);
              assertThat(e.code()).isEqualTo("login-refused");
              assertThat(e.message()).contains("nobody-known").doesNotContain("s3cret");
              assertThat(e.suggestion()).isPresent();
            });
  }

  @Test
  void anUnreachableServerIsAnExternalError() throws Exception {
    Map<String, Object> options = options();
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      options.put("url", "postgresql://localhost:" + free.getLocalPort() + "/postgres");
    }
    assertThatThrownBy(() -> new CaptureRun(options, List.of()))
        .isInstanceOfSatisfying(
            ConnectorException.class,
            e -> {
              assertThat(e.category()).isEqualTo(ErrorCategory.EXTERNAL);
              assertThat(e.code()).isEqualTo("database-unreachable");
            });
  }

  @Test
  void aMissingPublicationIsNamedAndAnExistingOneUsedAsItIs() throws Exception {
    Map<String, Object> options = options();
    options.put("publication", "mine");
    assertThatThrownBy(() -> new CaptureRun(options, List.of()))
        .isInstanceOfSatisfying(
            ConnectorException.class, e -> assertThat(e.code()).isEqualTo("publication-missing"));
    sql("CREATE PUBLICATION mine FOR TABLE orders");
    try (CaptureRun run = new CaptureRun(options, List.of())) {
      sql("INSERT INTO orders VALUES (1)");
      assertThat(run.untilCount(1).keys()).containsExactly(1);
    }
    sql("DROP PUBLICATION mine");
  }

  /** The engine would do so after the snapshot, and leave out what changes in between. */
  @Test
  void aTableIsPublishedBeforeTheSnapshotBegins() throws Exception {
    sql("CREATE PUBLICATION sluice_test");
    new Preflight(PostgresCdcConfig.of("test", new Options(options()))).check(List.of());
    try (Statement sql = connection.createStatement();
        ResultSet rows = sql.executeQuery("SELECT pubname, tablename FROM pg_publication_tables")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1) + " " + rows.getString(2)).isEqualTo("sluice_test orders");
      assertThat(rows.next()).isFalse();
    }
  }

  @Test
  void aTableThatIsNotThereIsNamed() {
    Map<String, Object> options = options();
    options.put("tables", List.of("ordes"));
    assertThatThrownBy(() -> new CaptureRun(options, List.of()))
        .isInstanceOfSatisfying(
            ConnectorException.class, e -> assertThat(e.message()).contains("public.ordes"));
  }

  @Test
  void aSlotThatIsGoneIsNotMadeAnewInSilence() throws Exception {
    List<SourcePosition> positions;
    try (CaptureRun run = new CaptureRun(options(), List.of())) {
      sql("INSERT INTO orders VALUES (1)");
      run.untilCount(1).untilPositionIsCommit();
      positions = run.durablePositions();
    }
    sql("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots");
    assertThatThrownBy(() -> new CaptureRun(options(), positions))
        .isInstanceOfSatisfying(
            ConnectorException.class, e -> assertThat(e.code()).isEqualTo("slot-lost"));
  }

  @Test
  void aLostConnectionSurfacesAndNothingIsLost() throws Exception {
    List<SourcePosition> positions;
    try (CaptureRun run = new CaptureRun(options(), List.of())) {
      sql("INSERT INTO orders VALUES (1)");
      run.untilCount(1).untilPositionIsCommit();
      positions = run.durablePositions();
      sql(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
              + " AND backend_type IN ('walsender', 'client backend')");
      assertThatThrownBy(() -> run.pollWhile(() -> true))
          .isInstanceOfSatisfying(
              ConnectorException.class,
              e -> assertThat(e.category()).isEqualTo(ErrorCategory.EXTERNAL));
    }
    sql("INSERT INTO orders VALUES (2)");
    try (CaptureRun run = new CaptureRun(options(), positions)) {
      assertThat(run.untilCount(1).keys()).containsExactly(2);
    }
  }

  private void copy(int from, int to) throws Exception {
    String rows =
        IntStream.rangeClosed(from, to)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining("\n", "", "\n"));
    connection
        .unwrap(PGConnection.class)
        .getCopyAPI()
        .copyIn("COPY orders (id) FROM STDIN", new StringReader(rows));
  }

  private long confirmedByServer() {
    try (Statement sql = connection.createStatement();
        ResultSet rows = sql.executeQuery("SELECT confirmed_flush_lsn FROM pg_replication_slots")) {
      assertThat(rows.next()).isTrue();
      return LogSequenceNumber.valueOf(rows.getString(1)).asLong();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private Map<String, Object> options() {
    Map<String, Object> options = new HashMap<>();
    options.put("url", "postgresql://localhost:" + postgres.getPort() + "/postgres");
    options.put("user", "postgres");
    options.put("password", "postgres");
    options.put("tables", List.of("orders"));
    options.put("snapshot", "initial");
    options.put("format", "envelope");
    options.put("times", "iso");
    options.put("heartbeat", "100ms");
    options.put("batch-size", 100);
    options.put("buffer", "32MiB");
    return options;
  }

  private void sql(String statement) throws SQLException {
    try (Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }
}
