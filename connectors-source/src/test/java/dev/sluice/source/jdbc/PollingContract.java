package dev.sluice.source.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.ErrorCategory;
import dev.sluice.connector.SourceBatch;
import dev.sluice.connector.SourcePosition;
import dev.sluice.connector.SourceRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What polling does on every database; names are given unquoted and so take its own case. */
abstract class PollingContract {

  private final List<JdbcHarness> open = new ArrayList<>();

  /** Where the database is, with user and password if it needs them. */
  abstract Map<String, Object> login();

  abstract Connection connect() throws SQLException;

  /** A name as the database keeps it. */
  abstract String name(String lower);

  @AfterEach
  void closeAll() throws Exception {
    for (JdbcHarness source : open) {
      source.close();
    }
  }

  final JdbcHarness source(Map<String, Object> given) {
    Map<String, Object> options = new HashMap<>(login());
    options.putAll(given);
    options.putIfAbsent("timestamp-delay", "0s");
    JdbcHarness source = new JdbcHarness(options);
    open.add(source);
    return source;
  }

  final void sql(String... statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String text : statements) {
        boolean unused = statement.execute(text);
      }
    }
  }

  @Test
  void newRowsAreReadByTheirNumber() throws Exception {
    sql("create table orders (id bigint primary key, item varchar(20))");
    sql("insert into orders values (1, 'a'), (3, 'b')");
    JdbcHarness source = source(Map.of("tables", List.of("orders")));
    source.cycle();
    sql("insert into orders values (4, 'c')");
    source.cycle();
    source.start();
    source.cycle();
    assertThat(source.column(name("item"))).containsExactly("a", "b", "c");
    SourceRecord first = source.records.getFirst();
    assertThat(first.key()).isEqualTo(Map.of(name("id"), 1L));
    assertThat(first.attributes()).containsEntry("table", "orders").containsKey("schema");
    assertThat(source.positions().list())
        .containsExactly(new SourcePosition(Map.of("table", "orders"), Map.of("incrementing", 4)));
  }

  @Test
  void changedRowsAreReadByTheirTime() throws Exception {
    sql(
        "create table items (id int primary key, item varchar(20), changed timestamp(6))",
        "insert into items values (1, 'a', '2026-01-01 10:00:00.000001')",
        "insert into items values (2, 'b', '2026-01-01 10:00:00.000002')",
        "insert into items values (3, 'never', null)");
    JdbcHarness source =
        source(
            Map.of("tables", List.of("items"), "mode", "timestamp", "timestamp-column", "changed"));
    source.cycle();
    sql("update items set item = 'A', changed = '2026-01-01 10:00:00.000003' where id = 1");
    source.start();
    source.cycle();
    assertThat(source.column(name("item"))).containsExactly("a", "b", "A");
    assertThat(source.positions().list().getFirst().offset())
        .containsEntry("timestamp", "2026-01-01T10:00:00.000003");
  }

  @Test
  void rowsOfTheSameTimeAreToldApartAtEveryBatchBoundary() throws Exception {
    sql("create table ties (id int primary key, changed timestamp with time zone)");
    for (int i = 1; i <= 9; i++) {
      sql("insert into ties values (" + i + ", '2026-01-01 10:00:0" + (i + 3) / 5 + "+00')");
    }
    for (String mode : List.of("timestamp", "timestamp+incrementing")) {
      for (int batches = 1; batches <= 5; batches++) {
        JdbcHarness source =
            source(
                Map.of(
                    "tables",
                    List.of("ties"),
                    "mode",
                    mode,
                    "timestamp-column",
                    "changed",
                    "batch-size",
                    2));
        for (int i = 0; i < batches; i++) {
          assertThat(source.poll()).isPresent();
        }
        source.start();
        source.cycle();
        assertThat(source.column(name("id")))
            .as("%s, restarted behind batch %d", mode, batches)
            .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
      }
    }
  }

  @Test
  void withoutAKeyATieIsReadAgainRatherThanCut() throws Exception {
    sql("create table keyless (n int, changed timestamp)");
    for (int i = 1; i <= 6; i++) {
      sql("insert into keyless values (" + i + ", '2026-01-01 10:00:0" + (i + 2) / 3 + "')");
    }
    JdbcHarness source =
        source(
            Map.of(
                "tables",
                List.of("keyless"),
                "mode",
                "timestamp",
                "timestamp-column",
                "changed",
                "batch-size",
                2));
    Optional<SourceBatch> first = source.poll();
    assertThat(first.orElseThrow().positions()).isEmpty();
    assertThat(source.poll().orElseThrow().positions()).hasSize(1);
    source.records.clear();
    source.start();
    source.cycle();
    assertThat(source.column(name("n"))).containsExactlyInAnyOrder(4L, 5L, 6L);
    assertThat(source.records.getFirst().key()).isNull();
  }

  @Test
  void rowsYoungerThanTheDelayAreLeftForLater() throws Exception {
    sql(
        "create table young (id int primary key, changed timestamp with time zone)",
        "insert into young values (1, current_timestamp - interval '2' hour)",
        "insert into young values (2, current_timestamp)");
    JdbcHarness source =
        source(
            Map.of(
                "tables", List.of("young"),
                "mode", "timestamp+incrementing",
                "timestamp-column", "changed",
                "timestamp-delay", "1h"));
    source.cycle();
    assertThat(source.column(name("id"))).containsExactly(1L);
    sql("update young set changed = current_timestamp - interval '61' minute where id = 2");
    source.cycle();
    assertThat(source.column(name("id"))).containsExactly(1L, 2L);
  }

  @Test
  void rowsWithoutAPlaceInTheOrderAreLeftOut() throws Exception {
    sql(
        "create table gaps (id int, changed timestamp)",
        "insert into gaps values (1, null), (null, '2026-01-01 10:00:00')",
        "insert into gaps values (2, '2026-01-01 10:00:00')");
    JdbcHarness source =
        source(
            Map.of(
                "tables", List.of("gaps"),
                "mode", "timestamp+incrementing",
                "incrementing-column", "id",
                "timestamp-column", "changed"));
    source.cycle();
    sql("insert into gaps values (null, '2026-01-01 10:00:01'), (3, '2026-01-01 10:00:01')");
    source.cycle();
    assertThat(source.column(name("id"))).containsExactly(2L, 3L);
  }

  @Test
  void theZoneOfTimesWithoutOneCounts() throws Exception {
    sql(
        "create table zoned (id int primary key, changed timestamp)",
        "insert into zoned values (1, '"
            + java.time.LocalDateTime.now(java.time.ZoneId.of("+05:00")).minusMinutes(1)
            + "')");
    Map<String, Object> options =
        new HashMap<>(
            Map.of("tables", List.of("zoned"), "mode", "timestamp", "timestamp-column", "changed"));
    options.put("time-zone", "+03:00");
    JdbcHarness behind = source(options);
    behind.cycle();
    assertThat(behind.records).isEmpty();
    options.put("time-zone", "+05:00");
    JdbcHarness right = source(options);
    right.cycle();
    assertThat(right.records).hasSize(1);
  }

  @Test
  void bulkReadsEverythingEveryTime() throws Exception {
    sql(
        "create table colours (colour varchar(10))",
        "insert into colours values ('red'), ('blue')");
    JdbcHarness source = source(Map.of("tables", List.of("colours"), "mode", "bulk"));
    source.cycle();
    source.cycle();
    assertThat(source.column(name("colour"))).containsExactly("red", "blue", "red", "blue");
    assertThat(source.positions().list()).isEmpty();
  }

  @Test
  void aQueryIsPolledLikeATable() throws Exception {
    sql(
        "create table q (id int primary key, n int)",
        "insert into q values (1, 5), (2, 6), (3, 7)");
    JdbcHarness source =
        source(
            Map.of(
                "query", "select id, n * 2 as twice from q where n <> 6; ",
                "incrementing-column", "id",
                "key-columns", List.of("id")));
    source.cycle();
    sql("insert into q values (4, 8)");
    source.start();
    source.cycle();
    assertThat(source.column(name("twice"))).containsExactly(10L, 14L, 16L);
    assertThat(source.records.getLast().key()).isEqualTo(Map.of(name("id"), 4L));
    assertThat(source.records.getLast().attributes()).containsEntry("table", "query");
  }

  @Test
  void everyBatchOfALargeTableHasThePositionOfItsLastRow() throws Exception {
    sql("create table large (id int primary key)");
    StringBuilder rows = new StringBuilder("insert into large values (1)");
    for (int i = 2; i <= 5000; i++) {
      rows.append(", (").append(i).append(')');
    }
    sql(rows.toString());
    JdbcHarness source = source(Map.of("tables", List.of("large"), "batch-size", 700));
    for (int last = 700; last <= 4900; last += 700) {
      SourceBatch batch = source.poll().orElseThrow();
      assertThat(batch.records()).hasSize(700);
      assertThat(batch.positions().getFirst().offset())
          .isEqualTo(Map.of("incrementing", (long) last));
      if (last == 2100) {
        source.start();
      }
    }
    source.cycle();
    assertThat(source.records).hasSize(5000);
  }

  @Test
  void severalTablesAreReadInTurn() throws Exception {
    sql(
        "create table one (id int primary key)",
        "create table two (id int primary key)",
        "insert into one values (1)",
        "insert into two values (2), (3)");
    JdbcHarness source = source(Map.of("tables", List.of("one", "two")));
    source.cycle();
    assertThat(source.records.stream().map(r -> r.attributes().get("table")))
        .containsExactly("one", "two", "two");
    assertThat(source.positions().list()).hasSize(2);
  }

  @Test
  void anUnknownTableIsAConfigurationErrorWithASuggestion() throws Exception {
    sql("create table customers (id int primary key)");
    assertThatThrownBy(() -> source(Map.of("tables", List.of("custmers"))).start())
        .isInstanceOfSatisfying(
            ConnectorException.class,
            error -> {
              assertThat(error.category()).isEqualTo(ErrorCategory.CONFIGURATION);
              assertThat(error.message()).contains("custmers");
              assertThat(error.suggestion()).contains("Did you mean " + name("customers") + "?");
            });
  }

  @Test
  void anUnknownColumnIsAConfigurationErrorWithASuggestion() throws Exception {
    sql("create table people (id int primary key, updated_at timestamp)");
    assertThatThrownBy(
            () ->
                source(
                        Map.of(
                            "tables", List.of("people"),
                            "mode", "timestamp",
                            "timestamp-column", "update_at"))
                    .start())
        .isInstanceOfSatisfying(
            ConnectorException.class,
            error -> {
              assertThat(error.code()).isEqualTo("column-unknown");
              assertThat(error.suggestion()).contains("Did you mean " + name("updated_at") + "?");
            });
  }

  @Test
  void aQueryThatIsNoSqlIsAConfigurationError() {
    assertThatThrownBy(
            () -> source(Map.of("query", "selekt 1", "incrementing-column", "id")).start())
        .isInstanceOfSatisfying(
            ConnectorException.class,
            error -> assertThat(error.category()).isEqualTo(ErrorCategory.CONFIGURATION));
  }

  @Test
  void aTableWithoutANumberForAKeyNeedsAColumnToGoBy() throws Exception {
    sql("create table named (n varchar(10) primary key)");
    assertThatThrownBy(() -> source(Map.of("tables", List.of("named"))).start())
        .isInstanceOfSatisfying(
            ConnectorException.class,
            error -> assertThat(error.code()).isEqualTo("incrementing-column-missing"));
  }

  @Test
  void namesThatNeedQuotesAreQuoted() throws Exception {
    sql("create table \"Odd \"\"Name\" (\"The Id\" int primary key)");
    sql("insert into \"Odd \"\"Name\" values (1)");
    JdbcHarness source = source(Map.of("tables", List.of("Odd \"Name")));
    source.cycle();
    assertThat(source.column("The Id")).containsExactly(1L);
  }

  static String upper(String name) {
    return name.toUpperCase(Locale.ROOT);
  }
}
