package dev.sluice.gateway.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a file through two topics and a rule into a table, everything exactly once. */
class KillExactlyOnceIT {

  @TempDir private Path directory;

  @Test
  void noRowIsMissingOrRepeatedHoweverOftenTheGatewayIsKilled() throws Exception {
    try (ShopDatabase shop = new ShopDatabase()) {
      shop.execute("create table inserted (k text, n bigint)");
      KillRounds rounds =
          new KillRounds(
              directory,
              """
              topics:
                lines: {partitions: 3}
                chosen: {partitions: 2}
              connectors:
                app:
                  source: file
                  topic: lines
                  key: "{value.k}"
                  delivery: exactly-once
                  config:
                    path: "${dir}/app.log"
                    format: json-lines
                    interval: 5ms
                    settle: 100ms
                    batch-records: 50
                table:
                  sink: jdbc
                  topics: [chosen]
                  tasks: 2
                  delivery: exactly-once
                  config: {url: "jdbc:postgresql://localhost:%d/postgres", user: %s, table: inserted, mode: insert, create-table: true}
              rules:
                choose:
                  from: lines
                  to: chosen
                  delivery: exactly-once
              """
                  .formatted(shop.port(), shop.user()),
              3_000,
              400);
      LogFile writer = new LogFile(directory.resolve("app.log"), rounds.random());

      rounds.run(writer::feed, gateway -> shop.number("select count(*) from inserted"));

      try (SluiceProcess gateway = rounds.start()) {
        gateway.await(
            "every row",
            () ->
                shop.number("select count(distinct (k, n)) from inserted") == writer.fed().size()
                    && gateway.connector("table").path("lag").asLong() == 0);
        Deliveries rows = rows(shop);
        long repeats = rows.size() - rows.distinct();
        rounds.report(
            "file, rule, jdbc sink, exactly once",
            writer.fed().size(),
            writer.fed().missingFrom(rows),
            repeats);
        assertThat(writer.fed().missingFrom(rows)).as("missing").isZero();
        assertThat(repeats).as("repeats").isZero();
        assertThat(rows.missingFrom(writer.fed())).as("never fed").isZero();
      }
    }
  }

  private static Deliveries rows(ShopDatabase shop) throws SQLException {
    Deliveries rows = new Deliveries();
    try (Connection connection = shop.connect();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("select k, n from inserted")) {
      while (found.next()) {
        rows.add(found.getString(1), found.getString(2));
      }
    }
    return rows;
  }
}
