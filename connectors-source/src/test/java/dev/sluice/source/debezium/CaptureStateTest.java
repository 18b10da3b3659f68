package dev.sluice.source.debezium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.connector.CaptureState;
import dev.sluice.connector.CaptureState.Phase;
import dev.sluice.connector.CaptureState.Reason;
import dev.sluice.connector.CaptureState.Status;
import dev.sluice.connector.CaptureState.TableSnapshot;
import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.Options;
import dev.sluice.connector.SourceBatch;
import dev.sluice.connector.SourcePosition;
import dev.sluice.connector.SourceRecord;
import dev.sluice.connector.SourceTask;
import dev.sluice.connector.testing.FakeSourceContext;
import dev.sluice.source.support.SchemaOptions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** State, requested snapshots, preview and connection test, against a real server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CaptureStateTest {

  private static final Duration LIMIT = Duration.ofSeconds(10);

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
  void createTables() throws SQLException {
    connection = postgres.getPostgresDatabase().getConnection();
    sql("CREATE TABLE orders (id int PRIMARY KEY, item text)");
    sql("CREATE TABLE parts (id int PRIMARY KEY, name text)");
    sql("CREATE TABLE keyless (id int)");
  }

  @AfterEach
  void dropAll() throws SQLException {
    // The server lets go of a slot a moment after its connection was closed.
    sql(
        "SELECT pg_terminate_backend(active_pid, 10000) FROM pg_replication_slots"
            + " WHERE active_pid IS NOT NULL");
    sql("DROP TABLE orders, parts, keyless");
    sql("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots");
    sql("DROP PUBLICATION IF EXISTS sluice_test");
    connection.close();
  }

  @Test
  void tellsHowFarTheFirstSnapshotAndTheStreamAre() throws Exception {
    insert("orders", 1, 5);
    sql("ANALYZE orders");
    try (CaptureRun run = new CaptureRun(options(), List.of())) {
      run.untilCount(5);
      run.pollWhile(() -> run.capture().state().phase() != Phase.STREAMING);
      assertThat(run.capture().state().tables())
          .containsExactly("public.keyless", "public.orders", "public.parts");
      assertThat(run.capture().state().snapshots())
          .contains(
              new TableSnapshot("public.orders", Reason.INITIAL, Status.DONE, 5, 5L, null),
              new TableSnapshot("public.parts", Reason.INITIAL, Status.DONE, 0, null, null));

      insert("orders", 6, 6);
      run.untilCount(6);
      run.pollWhile(() -> !slotActive(run.capture().state()));
      CaptureState state = run.capture().state();
      assertThat(state.position()).matches("[0-9A-F]+/[0-9A-F]+");
      assertThat(state.lastChangeAt()).isNotNull();
      CaptureState.Slot slot = Objects.requireNonNull(state.slot());
      assertThat(slot.name()).isEqualTo("sluice_test");
      assertThat(slot.active()).isTrue();
      assertThat(slot.lagBytes()).isNotNegative();
      assertThat(slot.status()).isEqualTo("reserved");
    }
  }

  @Test
  void aCaptureThatOnlyReadsRowsWatchesNoSlot() throws Exception {
    insert("orders", 1, 5);
    sql("SELECT pg_create_logical_replication_slot('sluice_test', 'pgoutput')");
    Map<String, Object> only = new HashMap<>(options());
    only.put("snapshot", "only");
    try (CaptureRun run = new CaptureRun(only, List.of())) {
      run.untilCount(5);
      assertThat(run.capture().state().slot()).isNull();
    }
  }

  @Test
  void requestedRowsComeAmongTheChangesAndNoneIsLost() throws Exception {
    insert("orders", 1, 3000);
    try (CaptureRun run = new CaptureRun(options(), List.of())) {
      run.untilCount(3000);
      run.pollWhile(() -> run.capture().state().phase() != Phase.STREAMING);
      run.requestSnapshot("orders");
      insert("orders", 3001, 3500);
      sql("UPDATE orders SET item = 'changed' WHERE id <= 10");
      sql("DELETE FROM orders WHERE id = 2999");
      run.pollWhile(() -> requested(run).status() != Status.DONE || keysOf(run, "d").isEmpty());

      List<Integer> read =
          CaptureRun.keysOf(reads(run.records()).subList(3000, reads(run.records()).size()));
      assertThat(read).containsAll(IntStream.rangeClosed(1, 2998).boxed().toList());
      assertThat(keysOf(run, "c"))
          .containsExactlyElementsOf(IntStream.rangeClosed(3001, 3500).boxed().toList());
      assertThat(keysOf(run, "u")).hasSize(10);
      assertThat(finalItems(run)).hasSize(3499).doesNotContainKey(2999).containsEntry(7, "changed");
      assertThat(requested(run).rows()).isGreaterThanOrEqualTo(2999);
    }
    assertThat(
            sqlText("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"))
        .as("no table to signal in")
        .isEqualTo("3");
  }

  @Test
  void anInterruptedRequestGoesOnAfterTheStart() throws Exception {
    insert("orders", 1, 5000);
    List<SourcePosition> positions;
    try (CaptureRun run = new CaptureRun(options(), List.of())) {
      run.untilCount(5000);
      run.pollWhile(() -> run.capture().state().phase() != Phase.STREAMING);
      run.requestSnapshot("public.orders");
      positions = run.durablePositions();
    }
    try (CaptureRun run = new CaptureRun(options(), positions)) {
      assertThat(requested(run).note()).isEqualTo("Goes on where it was before the start.");
      run.untilCount(1500);
      positions = run.durablePositions();
    }
    try (CaptureRun run = new CaptureRun(options(), positions)) {
      run.pollWhile(() -> requested(run).status() != Status.DONE);
      assertThat(run.keys()).contains(5000);
      assertThat(run.records()).hasSizeLessThan(5000);
    }
  }

  @Test
  void asksOnlyForWhatCanBeReadPieceByPiece() throws Exception {
    try (CaptureRun run = new CaptureRun(options(), List.of())) {
      sql("INSERT INTO orders VALUES (1, 'apple')");
      run.untilCount(1);
      run.untilPositionIsCommit();
      assertThatThrownBy(() -> run.requestSnapshot("keyless"))
          .satisfies(e -> assertThat(code(e)).isEqualTo("table-without-key"));
      assertThatThrownBy(() -> run.requestSnapshot("public.nothing"))
          .satisfies(e -> assertThat(code(e)).isEqualTo("table-not-captured"));
      sql("INSERT INTO orders VALUES (2, 'pear')");
      run.untilCount(2);
    }
  }

  @Test
  void previewLooksLikeTheSnapshotAndLeavesNothingBehind() throws Exception {
    insert("orders", 1, 300);
    List<SourceRecord> seen = new ArrayList<>();
    try (SourceTask preview = new PostgresCdcSourceType().newPreviewTask()) {
      preview.start(FakeSourceContext.at(options(), List.of()));
      while (seen.isEmpty()) {
        Optional<SourceBatch> batch = preview.poll(Duration.ofMillis(200));
        batch.ifPresent(some -> seen.addAll(some.records()));
      }
      assertThat(sqlText("SELECT count(*) FROM pg_replication_slots")).isEqualTo("0");
    }
    assertThat(sqlText("SELECT count(*) FROM pg_replication_slots")).isEqualTo("0");
    assertThat(sqlText("SELECT count(*) FROM pg_publication")).isEqualTo("0");
    try (CaptureRun run = new CaptureRun(options(), List.of())) {
      run.untilCount(1);
      SourceRecord real = run.records().getFirst();
      SourceRecord shown = seen.getFirst();
      assertThat((byte[]) shown.key()).isEqualTo((byte[]) real.key());
      assertThat(shown.attributes()).isEqualTo(real.attributes());
      assertThat(CaptureRun.json(shown.value()).get("after"))
          .isEqualTo(CaptureRun.json(real.value()).get("after"));
      assertThat(CaptureRun.json(shown.value()).fieldNames())
          .toIterable()
          .containsExactlyElementsOf(() -> CaptureRun.json(real.value()).fieldNames());
    }
  }

  @Test
  void previewWorksBesideTheRunningConnector() throws Exception {
    insert("orders", 1, 3);
    try (CaptureRun run = new CaptureRun(options(), List.of())) {
      run.untilCount(3);
      try (SourceTask preview = new PostgresCdcSourceType().newPreviewTask()) {
        preview.start(FakeSourceContext.at(options(), List.of()));
        List<SourceRecord> seen = new ArrayList<>();
        run.pollWhile(
            () -> {
              preview(preview).ifPresent(batch -> seen.addAll(batch.records()));
              return seen.size() < 3;
            });
        assertThat(CaptureRun.keysOf(seen)).containsExactly(1, 2, 3);
      }
      insert("orders", 4, 4);
      run.untilCount(4);
    }
  }

  private static Optional<SourceBatch> preview(SourceTask preview) {
    try {
      return preview.poll(Duration.ofMillis(50));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void connectionTestTellsWhatItFoundAndMakesNothing() throws Exception {
    assertThat(new PostgresCdcSourceType().test("test", new Options(options()), LIMIT).facts())
        .satisfiesExactly(
            fact -> assertThat(fact).startsWith("PostgreSQL "),
            fact -> assertThat(fact).isEqualTo("wal_level is logical"),
            fact ->
                assertThat(fact)
                    .isEqualTo("3 tables match: public.keyless, public.orders, public.parts"),
            fact -> assertThat(fact).isEqualTo("The publication sluice_test will be made"),
            fact -> assertThat(fact).isEqualTo("The replication slot sluice_test will be made"));
    assertThat(sqlText("SELECT count(*) FROM pg_publication")).isEqualTo("0");
  }

  @Test
  void connectionTestTellsWhichRightIsMissing() throws Exception {
    sql("CREATE USER clerk");
    try {
      Map<String, Object> options = options();
      options.put("user", "clerk");
      assertThatThrownBy(() -> test(options)).hasMessageContaining("may not read public.keyless");
      sql("GRANT SELECT ON ALL TABLES IN SCHEMA public TO clerk");
      assertThatThrownBy(() -> test(options)).hasMessageContaining("may not replicate");
      sql("ALTER USER clerk WITH REPLICATION");
      assertThatThrownBy(() -> test(options)).hasMessageContaining("does not own");
      sql("CREATE PUBLICATION shared FOR TABLE orders");
      options.put("publication", "shared");
      test(options);
    } finally {
      sql("DROP PUBLICATION IF EXISTS shared");
      sql("DROP OWNED BY clerk");
      sql("DROP USER clerk");
    }
  }

  private static void test(Map<String, Object> options) {
    assertThat(new PostgresCdcSourceType().test("test", new Options(options), LIMIT).facts())
        .isNotEmpty();
  }

  private static String code(Throwable e) {
    Throwable cause = e instanceof CompletionException ? e.getCause() : e;
    return ((ConnectorException) Objects.requireNonNull(cause)).code();
  }

  private static boolean slotActive(CaptureState state) {
    CaptureState.Slot slot = state.slot();
    return slot != null && slot.active();
  }

  private static TableSnapshot requested(CaptureRun run) {
    return run.capture().state().snapshots().stream()
        .filter(table -> table.reason() == Reason.REQUESTED)
        .findFirst()
        .orElseThrow();
  }

  private static List<SourceRecord> reads(List<SourceRecord> records) {
    return records.stream().filter(record -> "r".equals(record.attributes().get("op"))).toList();
  }

  private static List<Integer> keysOf(CaptureRun run, String operation) {
    return CaptureRun.keysOf(
        run.records().stream()
            .filter(record -> operation.equals(record.attributes().get("op")))
            .toList());
  }

  /** What a reader who keeps the last word on each key has in the end. */
  private static Map<Integer, String> finalItems(CaptureRun run) {
    Map<Integer, String> items = new HashMap<>();
    for (SourceRecord record : run.records()) {
      int id = CaptureRun.json(record.key()).get("id").asInt();
      if ("d".equals(record.attributes().get("op"))) {
        items.remove(id);
      } else {
        items.put(id, CaptureRun.json(record.value()).get("after").get("item").asText());
      }
    }
    return items;
  }

  private void insert(String table, int from, int to) throws SQLException {
    sql(
        "INSERT INTO "
            + table
            + " SELECT n, 'item ' || n FROM generate_series("
            + from
            + ", "
            + to
            + ") n");
  }

  private void sql(String statement) throws SQLException {
    try (Statement execution = connection.createStatement()) {
      execution.execute(statement);
    }
  }

  private String sqlText(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private Map<String, Object> options() {
    Map<String, Object> given = new HashMap<>();
    given.put("url", "postgresql://localhost:" + postgres.getPort() + "/postgres");
    given.put("user", "postgres");
    given.put("password", "postgres");
    given.put("heartbeat", "100ms");
    return SchemaOptions.of(new PostgresCdcSourceType(), given);
  }
}
