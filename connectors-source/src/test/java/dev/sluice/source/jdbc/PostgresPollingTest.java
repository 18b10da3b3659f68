package dev.sluice.source.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.connector.SourceBatch;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresPollingTest extends PollingContract {

  @SuppressWarnings("NullAway.Init")
  private static EmbeddedPostgres postgres;

  @BeforeAll
  static void startPostgres() throws IOException {
    postgres = EmbeddedPostgres.start();
  }

  @AfterAll
  static void stopPostgres() throws IOException {
    postgres.close();
  }

  @BeforeEach
  void empty() throws SQLException {
    sql("drop schema public cascade", "create schema public");
  }

  @Override
  Map<String, Object> login() {
    return Map.of("url", postgres.getJdbcUrl("postgres", "postgres"), "password", "unused");
  }

  @Override
  Connection connect() throws SQLException {
    return postgres.getPostgresDatabase().getConnection();
  }

  @Override
  String name(String lower) {
    return lower;
  }

  @Test
  void postgresOwnTypesAreReadAsWritten() throws Exception {
    sql(
        "create table kinds (id serial primary key, j jsonb, u uuid, b bool, n numeric,"
            + " arr text[], i inet, t timestamptz, m timestamp, bits bit(3), raw bytea)",
        "insert into kinds (j, u, b, n, arr, i, t, m, bits, raw) values ('{\"a\": 1}',"
            + " '00000000-0000-0000-0000-000000000001', true, 1.50, array['x', null],"
            + " '10.0.0.1', '2026-01-01 00:00:00.000001+00', '2026-01-01 00:00:00.1', B'101',"
            + " '\\x0102')");
    JdbcHarness source = source(Map.of("tables", List.of("public.kinds")));
    source.cycle();
    assertThat(source.column("j")).containsExactly("{\"a\": 1}");
    assertThat(source.column("u")).containsExactly("00000000-0000-0000-0000-000000000001");
    assertThat(source.column("b")).containsExactly(true);
    assertThat(source.column("n")).containsExactly(new java.math.BigDecimal("1.50"));
    assertThat(source.column("arr").getFirst()).hasToString("[x, null]");
    assertThat(source.column("i")).containsExactly("10.0.0.1");
    assertThat(source.column("t").getFirst()).asString().startsWith("2026-01-01T00:00:00.000001");
    assertThat(source.column("m")).containsExactly("2026-01-01T00:00:00.100");
    assertThat(source.column("bits")).containsExactly("101");
    assertThat(source.column("raw").getFirst()).isEqualTo(new byte[] {1, 2});
    assertThat(source.records.getFirst().attributes())
        .isEqualTo(Map.of("table", "kinds", "schema", "public"));
  }

  /** Several gigabytes, which would not fit the heap of the tests. */
  @Test
  void rowsAreStreamedPieceByPiece() throws Exception {
    JdbcHarness source =
        source(
            Map.of(
                "query",
                "select i as id, repeat('x', 1000000) as pad from generate_series(1, 5000) i",
                "mode",
                "bulk",
                "batch-size",
                10));
    SourceBatch first = source.poll().orElseThrow();
    assertThat(first.records()).hasSize(10);
  }

  @Test
  void noTransactionStaysOpenBetweenPolls() throws Exception {
    sql("create table t (id int primary key)", "insert into t values (1)");
    JdbcHarness source = source(Map.of("tables", List.of("t")));
    source.cycle();
    try (Connection connection = connect();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select count(*) from pg_stat_activity where state = 'idle in transaction'")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isZero();
    }
  }

  @Test
  void theSameNameInAnotherSchemaNeedsItsSchema() throws Exception {
    sql(
        "drop schema if exists other cascade",
        "create schema other",
        "create table other.t (id int primary key)",
        "create table t (id int primary key)",
        "insert into other.t values (7)",
        "insert into t values (8)");
    JdbcHarness own = source(Map.of("tables", List.of("t")));
    own.cycle();
    assertThat(own.column("id")).containsExactly(8L);
    JdbcHarness other = source(Map.of("tables", List.of("other.t")));
    other.cycle();
    assertThat(other.column("id")).containsExactly(7L);
  }
}
