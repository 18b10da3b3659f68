package dev.sluice.sink.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.ErrorCategory;
import dev.sluice.connector.testing.FakeSinkContext;
import dev.sluice.sink.support.TestContexts;
import dev.sluice.sink.support.TestRecords;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresSinkTest extends DatabaseAcceptance {

  @TempDir private static Path data;
  private static int port;
  private static EmbeddedPostgres postgres;

  @BeforeAll
  static void startPostgres() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    postgres = launch();
  }

  private static EmbeddedPostgres launch() throws IOException {
    return EmbeddedPostgres.builder()
        .setPort(port)
        .setDataDirectory(data.resolve("data"))
        .setCleanDataDirectory(false)
        .setServerConfig("fsync", "off")
        .start();
  }

  @AfterAll
  static void stopPostgres() throws IOException {
    postgres.close();
  }

  @AfterEach
  void dropTables() throws Exception {
    execute("DROP SCHEMA public CASCADE");
    execute("CREATE SCHEMA public");
  }

  @Override
  String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
  }

  @Override
  String unreachableUrl() {
    return "jdbc:postgresql://127.0.0.1:1/postgres?user=postgres";
  }

  @Test
  void goesOnAfterTheDatabaseWasAway() throws Exception {
    TestRecords records = TestRecords.of("t");
    try (JdbcSinkTask task = new JdbcSinkTask()) {
      task.start(context(Map.of("create-table", true)));
      task.put(List.of(records.next("{\"id\":1}", "{\"v\":1}")));
      var second = List.of(records.next("{\"id\":2}", "{\"v\":2}"));
      closeDatabase();
      postgres.close();
      for (int attempt = 0; attempt < 3; attempt++) {
        assertThatThrownBy(() -> task.put(second))
            .isInstanceOfSatisfying(
                ConnectorException.class,
                e -> assertThat(e.category()).isEqualTo(ErrorCategory.EXTERNAL));
      }
      postgres = launch();
      openDatabase();
      task.put(second);
    }
    assertThat(rows("SELECT id, v FROM t ORDER BY id")).containsExactly("1|1", "2|2");
  }

  @Test
  void writesTypesThatOnlyPostgresHas() throws Exception {
    execute("CREATE TYPE mood AS ENUM ('glad', 'sad')");
    execute(
        "CREATE TABLE t (id INT PRIMARY KEY, m mood, j jsonb, a int[], b bytea, i interval, n inet)");
    FakeSinkContext context =
        put(
            Map.of("table", "public.t"),
            TestRecords.of("t")
                .next(
                    "{\"id\":1}",
                    "{\"m\":\"glad\",\"j\":{\"x\":[1,2]},\"a\":[1,2,3],\"b\":\"AQI=\",\"i\":"
                        + "\"1 day\",\"n\":\"10.0.0.1\"}"),
            TestRecords.of("t").next("{\"id\":2}", "{\"m\":null,\"j\":null,\"a\":null,\"b\":null}"),
            TestRecords.of("t").next("{\"id\":3}", "{\"m\":\"angry\"}"));

    assertThat(context.rejected()).hasSize(1);
    assertThat(rows("SELECT id, m, j, a, b, i, n FROM t ORDER BY id"))
        .containsExactly(
            "1|glad|{\"x\": [1, 2]}|{1,2,3}|\\x0102|1 day|10.0.0.1",
            "2|null|null|null|null|null|null");
  }

  @Test
  void aTableWithoutAFittingKeyIsAMistakeInTheOptions() throws Exception {
    execute("CREATE TABLE t (id INT, v INT)");
    assertThatThrownBy(
            () -> put(Map.of("table", "t"), TestRecords.of("t").next("{\"id\":1}", "{\"v\":1}")))
        .isInstanceOfSatisfying(
            ConnectorException.class,
            e -> {
              assertThat(e.category()).isEqualTo(ErrorCategory.CONFIGURATION);
              assertThat(e.suggestion()).hasValueSatisfying(s -> assertThat(s).contains("unique"));
            });
  }

  @Test
  void aMissingDatabaseIsAMistakeInTheOptionsAndNoSecretIsShown() {
    FakeSinkContext context =
        TestContexts.of(
            new JdbcSinkType(),
            Map.of("url", url().replace("/postgres", "/nowhere") + "&password=hunter2"));
    try (JdbcSinkTask task = new JdbcSinkTask()) {
      assertThatThrownBy(() -> task.start(context))
          .isInstanceOfSatisfying(
              ConnectorException.class,
              e -> {
                assertThat(e.category()).isEqualTo(ErrorCategory.CONFIGURATION);
                assertThat(e.message()).contains("nowhere").doesNotContain("hunter2");
              });
    }
  }
}
