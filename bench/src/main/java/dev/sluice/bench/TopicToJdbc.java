package dev.sluice.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A topic of JSON orders goes to a table that the sink creates: H2 and PostgreSQL, insert and
 * upsert (into an empty table). The time runs from the first committed row that is seen to the
 * last. Arguments: how many records, how many rounds; by default 300,000 and 3.
 */
final class TopicToJdbc {

  private static final int LOOK_EVERY_MILLIS = 20;

  private final Path data;
  private final Path config;
  private final int records;
  private final Map<String, List<Double>> rates = new TreeMap<>();

  private TopicToJdbc(Path data, Path config, int records) {
    this.data = data;
    this.config = config;
    this.records = records;
  }

  /**
   * Where the rows go.
   *
   * @param url a JDBC URL
   * @param user the user, perhaps empty
   */
  private record Target(String name, String url, String user) {}

  public static void main(String[] args) throws Exception {
    int records = args.length > 0 ? Integer.parseInt(args[0]) : 300_000;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    Figures.print("topic-to-jdbc: %,d records, %s", records, Figures.machine());
    try (Scratch scratch = Scratch.create();
        Postgres postgres = Postgres.start()) {
      TopicToJdbc bench =
          new TopicToJdbc(scratch.resolve("data"), scratch.resolve("gateway.yaml"), records);
      bench.fill(Files.createDirectory(scratch.resolve("input")));
      for (int round = 1; round <= rounds; round++) {
        for (String mode : List.of("insert", "upsert")) {
          String h2 = "jdbc:h2:" + scratch.resolve("h2") + ";AUTO_SERVER=TRUE";
          bench.round(round, mode, new Target("h2", h2, ""));
          bench.round(round, mode, new Target("postgresql", postgres.jdbcUrl(), Postgres.USER));
        }
      }
      bench.rates.forEach(
          (name, all) -> Figures.print("median %s: %,.0f rows/s", name, Figures.median(all)));
    }
  }

  /** Puts the records into the topic by way of a file. */
  private void fill(Path input) throws IOException, InterruptedException {
    try (BufferedWriter out = Files.newBufferedWriter(input.resolve("orders.jsonl"))) {
      for (int i = 0; i < records; i++) {
        out.write(
            String.format(
                Locale.ROOT,
                "{\"id\":%d,\"customer\":\"customer-%05d\",\"product\":\"product-%03d\","
                    + "\"quantity\":%d,\"amount\":%d.%02d,\"status\":\"open\","
                    + "\"placed_at\":\"2026-03-02T10:15:30Z\"}%n",
                i,
                i % 10_000,
                i % 500,
                1 + i % 9,
                10 + i % 490,
                i % 100));
      }
    }
    String source =
        """
        topics: {orders: {}}
        connectors:
          filler: {source: file, topic: orders, config: {path: "%s", format: json-lines}}
        """;
    Files.writeString(config, source.formatted(input));
    try (Gateway gateway = Gateway.start(new GatewayOptions(config, data))) {
      Gateway.Seen unused = gateway.awaitEnd("orders", records);
    }
  }

  private void round(int round, String mode, Target target) throws Exception {
    String table = mode + round;
    String sink =
        """
        topics: {orders: {}}
        connectors:
          %s-%s:
            sink: jdbc
            topics: [orders]
            config: {url: "%s", user: "%s", table: %s, mode: %s, create-table: true%s}
        """;
    String key = mode.equals("upsert") ? ", key-columns: [id]" : "";
    Files.writeString(
        config,
        sink.formatted(target.name(), table, target.url(), target.user(), table, mode, key));
    String load = Figures.load();
    try (Gateway gateway = Gateway.start(new GatewayOptions(config, data));
        Connection connection = DriverManager.getConnection(target.url(), target.user(), "")) {
      double rate = measure(connection, table);
      String name = target.name() + " " + mode;
      rates.computeIfAbsent(name, unseen -> new ArrayList<>()).add(rate);
      Figures.print("round %d: %s: %,.0f rows/s (%s)", round, name, rate, load);
    }
  }

  private double measure(Connection connection, String table)
      throws SQLException, InterruptedException {
    long first = awaitRows(connection, table, 1);
    long firstNanos = System.nanoTime();
    long last = awaitRows(connection, table, records);
    return Figures.perSecond(last - first, Duration.ofNanos(System.nanoTime() - firstNanos));
  }

  private static long awaitRows(Connection connection, String table, int wanted)
      throws SQLException, InterruptedException {
    while (true) {
      long rows = rows(connection, table);
      if (rows >= wanted) {
        return rows;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
    }
  }

  /** Committed rows; none while there is no table yet. */
  private static long rows(Connection connection, String table) throws SQLException {
    DatabaseMetaData database = connection.getMetaData();
    String stored = database.storesUpperCaseIdentifiers() ? table.toUpperCase(Locale.ROOT) : table;
    try (ResultSet tables = database.getTables(null, null, stored, null)) {
      if (!tables.next()) {
        return 0;
      }
    }
    try (Statement statement = connection.createStatement();
        ResultSet count = statement.executeQuery("select count(*) from " + table)) {
      return count.next() ? count.getLong(1) : 0;
    }
  }
}
