package dev.sluice.gateway.journey;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.gateway.process.KafkaClients;
import dev.sluice.gateway.process.SluiceProcess;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * A gateway with something to show in every view: a shop's database that is captured, sensors, a
 * rule, sinks of which one can't reach its server and one has refused records, and consumer groups
 * that lag behind. A database server of its own stands beside it.
 */
final class DemoGateway implements AutoCloseable {

  static final String CAPTURED_TOPIC = "shop.orders";
  static final String SOURCE = "shop";
  static final String FAILED_SINK = "billing";
  static final String GROUP = "analytics";

  /** Where nothing answers. */
  private static final int DISCARD_PORT = 9;

  private static final int INVOICES = 400;
  private static final int REFUSED_EVERY = 50;

  private static final String TABLES =
      """
      create table customers (id int primary key, name text, city text);
      insert into customers select n, 'Customer ' || n, (array['Lisbon', 'Oslo', 'Graz'])[1 + n % 3]
        from generate_series(1, 60) n;
      create table orders (id int primary key, customer int, amount numeric(10, 2), status text);
      insert into orders select n, 1 + n % 60, n * 7 % 400 + 0.5, (array['open', 'paid'])[1 + n % 2]
        from generate_series(1, 500) n
      """;

  private static final String YAML =
      """
      topics:
        shop.orders: {partitions: 3, retention: {time: 7d, size: 256MiB}}
        shop.customers: {partitions: 3}
        readings: {partitions: 2, retention: {time: 30d}}
        alerts: {}
        host: {retention: {time: 1d, size: 64MiB}}
        invoices: {partitions: 2}
      connectors:
        shop:
          source: postgres-cdc
          topic: shop.{table}
          config:
            url: "postgresql://localhost:%1$d/postgres"
            user: postgres
            tables: [public.orders, public.customers]
        plant:
          source: simulator
          topic: readings
          key: "{value.sensor}"
          config: {sensors: [boiler, hall, oven, roof], interval: 500ms, period: 1m}
        machine:
          source: host
          topic: host
          config: {interval: 2s}
        warehouse:
          sink: jdbc
          topics: [shop.orders]
          config: {url: "jdbc:h2:${data}/demo/warehouse", table: orders, mode: upsert, create-table: true}
        ledger:
          sink: jdbc
          topics: [invoices]
          config:
            url: "jdbc:h2:${data}/demo/ledger;INIT=create table if not exists \\"invoices\\" (\\"number\\" int primary key, \\"amount\\" decimal(10, 2))"
            table: invoices
            mode: upsert
            key-columns: [number]
          errors: {retries: 0, then: dead-letter}
        billing:
          sink: http
          topics: [alerts]
          config: {url: "http://localhost:%2$d/alerts", timeout: 5s}
        archive:
          sink: file
          topics: [readings, alerts]
          config: {path: "${data}/demo/archive"}
      rules:
        too-hot:
          from: readings
          when: {jq: ".celsius >= 28"}
          to: alerts
          value: {jq: '{alert: "too hot", sensor, celsius}'}
      """;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final EmbeddedPostgres postgres;
  private final SluiceProcess gateway;
  private final KafkaConsumer<String, String> member;

  private DemoGateway(
      EmbeddedPostgres postgres, SluiceProcess gateway, KafkaConsumer<String, String> member) {
    this.postgres = postgres;
    this.gateway = gateway;
    this.member = member;
  }

  /** Starts it in a directory and waits until all that it is to show is there. */
  static DemoGateway start(Path directory) throws IOException, SQLException {
    EmbeddedPostgres postgres =
        EmbeddedPostgres.builder().setServerConfig("wal_level", "logical").start();
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      boolean unused = statement.execute(TABLES);
    }
    SluiceProcess gateway =
        SluiceProcess.start(directory, YAML.formatted(postgres.getPort(), DISCARD_PORT));
    gateway.await("a snapshot", () -> gateway.count(CAPTURED_TOPIC) >= 500);
    bill(gateway);
    gateway.await(
        "dead letters",
        () -> gateway.connector("ledger").path("rejected").asLong() >= INVOICES / REFUSED_EVERY);
    gateway.await("an alert", () -> gateway.connector(FAILED_SINK).has("error"));
    return new DemoGateway(postgres, gateway, joined(gateway));
  }

  private static void bill(SluiceProcess gateway) throws IOException {
    List<Map<String, Object>> records = new ArrayList<>();
    for (int n = 1; n <= INVOICES; n++) {
      Object amount = n % REFUSED_EVERY == 0 ? "to be agreed" : n * 1.25;
      records.add(
          Map.of(
              "key",
              "invoice-" + n,
              "value",
              Map.of("number", n, "amount", amount),
              "headers",
              List.of(Map.of("key", "origin", "value", "web-shop"))));
    }
    var unused =
        gateway.send(
            "POST",
            "/api/v1/topics/invoices/records",
            JSON.writeValueAsString(Map.of("records", records)));
  }

  /** A group with a member, which has read some of what there is. */
  private static KafkaConsumer<String, String> joined(SluiceProcess gateway) {
    KafkaConsumer<String, String> member = KafkaClients.consumer(gateway, GROUP);
    member.subscribe(List.of(CAPTURED_TOPIC));
    gateway.await("a group's records", () -> !member.poll(Duration.ofMillis(100)).isEmpty());
    for (TopicPartition partition : member.assignment()) {
      member.commitSync(Map.of(partition, new OffsetAndMetadata(40)));
    }
    return member;
  }

  SluiceProcess gateway() {
    return gateway;
  }

  URI uri(String path) {
    return gateway.uri(path);
  }

  @Override
  public void close() throws IOException {
    member.close();
    gateway.close();
    postgres.close();
  }
}
