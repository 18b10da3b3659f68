package dev.sluice.source.debezium;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.connector.SourceRecord;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

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
      assertThat(value.get("after").toString())
          .isEqualTo(
              "{\"id\":1,\"item\":\"apple\",\"price\":1.50,\"rate\":0.3333,"
                  + "\"placed\":\"2026-05-01T12:30\",\"due\":\"2026-06-01\"}");
      assertThat(value.get("op").asText()).isEqualTo("r");
      assertThat(first.timestampMillis()).isEqualTo(value.get("source").get("ts_ms").asLong());
      assertThat((byte[]) run.records().get(4).key()).asString().isEqualTo("{\"id\":2}");
      assertThat(run.records().get(4).value()).isNull();
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
