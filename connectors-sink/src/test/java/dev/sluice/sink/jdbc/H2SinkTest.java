package dev.sluice.sink.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.connector.SinkRecord;
import dev.sluice.connector.testing.FakeSinkContext;
import dev.sluice.sink.support.TestContexts;
import dev.sluice.sink.support.TestRecords;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class H2SinkTest {

  private final String url = "jdbc:h2:mem:" + UUID.randomUUID();
  private final TestRecords records = TestRecords.of("shop.orders");
  private Connection database;

  @BeforeEach
  void open() throws SQLException {
    database = DriverManager.getConnection(url);
  }

  @AfterEach
  void close() throws SQLException {
    database.close();
  }

  @Test
  void createsTheTableAndUpserts() throws Exception {
    FakeSinkContext context =
        put(
            Map.of("create-table", true, "key-columns", List.of("id")),
            records.next(
                null, "{\"id\":1,\"name\":\"pen\",\"price\":1.5,\"paid\":true,\"tags\":[1]}"),
            records.next(
                null, "{\"id\":1,\"name\":\"pencil\",\"price\":2,\"paid\":false,\"tags\":null}"));

    assertThat(context.rejected()).isEmpty();
    assertThat(rows("SELECT id, name, price, paid, tags FROM shop_orders"))
        .containsExactly("1|pencil|2|FALSE|null");
  }

  @Test
  void aTombstoneDeletes() throws Exception {
    put(
        Map.of("create-table", true, "table", "{topic.last}"),
        records.next("{\"id\":1}", "{\"name\":\"pen\"}"),
        records.next("{\"id\":2}", "{\"name\":\"ink\"}"),
        records.next("{\"id\":1}", null));

    assertThat(rows("SELECT id, name FROM orders")).containsExactly("2|ink");
  }

  private FakeSinkContext put(Map<String, Object> options, SinkRecord... batch) throws Exception {
    Map<String, Object> all = new HashMap<>(options);
    all.put("url", url);
    FakeSinkContext context = TestContexts.of(new JdbcSinkType(), all);
    try (JdbcSinkTask task = new JdbcSinkTask()) {
      task.start(context);
      task.put(List.of(batch));
    }
    return context;
  }

  private List<String> rows(String query) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = database.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.append(i == 1 ? "" : "|").append(result.getString(i));
        }
        rows.add(row.toString());
      }
    }
    return rows;
  }
}
