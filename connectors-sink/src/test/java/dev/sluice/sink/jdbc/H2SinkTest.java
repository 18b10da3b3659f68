package dev.sluice.sink.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sink.support.TestRecords;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2SinkTest extends DatabaseAcceptance {

  private final String url = "jdbc:h2:mem:" + UUID.randomUUID();
  @TempDir private Path folder;

  @Override
  String url() {
    return url;
  }

  @Override
  String unreachableUrl() {
    return "jdbc:h2:tcp://127.0.0.1:1/nowhere";
  }

  @Test
  void aDatabaseFileIsCompleteAfterThePut() throws Exception {
    String file = "jdbc:h2:" + folder.resolve("warehouse");
    try (JdbcSinkTask task = new JdbcSinkTask()) {
      task.start(
          dev.sluice.sink.support.TestContexts.of(
              new JdbcSinkType(), Map.of("url", file, "create-table", true)));
      task.put(List.of(TestRecords.of("orders").next("{\"id\":1}", "{\"name\":\"pen\"}")));
    }
    try (Connection connection = DriverManager.getConnection(file)) {
      assertThat(Rows.of(connection, "SELECT id, name FROM orders")).containsExactly("1|pen");
    }
  }
}
