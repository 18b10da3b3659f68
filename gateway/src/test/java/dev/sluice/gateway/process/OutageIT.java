package dev.sluice.gateway.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database behind a proxy goes away for a while; {@code -Dlong=true}: for a minute. */
class OutageIT {

  private static final Duration OUTAGE = Duration.ofSeconds(Boolean.getBoolean("long") ? 60 : 1);

  @TempDir private Path directory;

  private final Random random = new Random(1);
  private ShopDatabase shop;
  private TcpProxy proxy;

  @BeforeEach
  void startDatabase() throws Exception {
    shop = new ShopDatabase();
    proxy = new TcpProxy(shop.port());
  }

  @AfterEach
  void stopDatabase() throws Exception {
    proxy.close();
    shop.close();
  }

  @Test
  void aSinkRecoversWhenItsDatabaseIsBackAndNothingIsLost() throws Exception {
    LogFile writer = new LogFile(directory.resolve("app.log"), random);
    shop.execute("create table lines (n bigint primary key, k text)");
    String yaml =
        """
        topics:
          lines: {partitions: 2}
          beats: {}
        connectors:
          app:
            source: file
            topic: lines
            key: "{value.k}"
            config: {path: "${dir}/app.log", format: json-lines, interval: 5ms, settle: 100ms}
          beat:
            source: simulator
            topic: beats
            config: {interval: 10ms}
          store:
            sink: jdbc
            topics: [lines]
            config: {url: "jdbc:postgresql://localhost:%d/postgres", user: %s, table: lines, key-columns: [n]}
            errors: {backoff: 50ms, max-backoff: 500ms}
        """
            .formatted(proxy.port(), shop.user());
    try (SluiceProcess gateway = SluiceProcess.start(directory, yaml)) {
      writer.feed(500, Pace.unlimited());
      gateway.await("rows before the outage", () -> stored() == 500);
      assertThat(gateway.status("/q/health/ready")).isEqualTo(200);

      proxy.cut();
      writer.feed(500, Pace.unlimited());
      endure(gateway, "store", "lines", 1_000);
      assertThat(stored()).as("rows stored during the outage").isEqualTo(500);

      proxy.restore();
      gateway.await("rows after the outage", () -> stored() == 1_000);
      assertRecovered(gateway, "store");
      System.out.printf(
          "Outage of a target for %s: records=1000, missing=%d, restarts=%d%n",
          OUTAGE, 1_000 - stored(), gateway.connector("store").path("restarts").asLong());
    }
  }

  @Test
  void aSourceRecoversWhenItsDatabaseIsBackAndNothingIsLost() throws Exception {
    String yaml =
        """
        topics:
          shop.items: {partitions: 2}
          beats: {}
        connectors:
          shop:
            source: postgres-cdc
            topic: shop.{table}
            config: {url: "postgresql://localhost:%d/postgres", user: %s, tables: [items], heartbeat: 100ms}
            errors: {backoff: 50ms, max-backoff: 500ms}
          beat:
            source: simulator
            topic: beats
            config: {interval: 10ms}
        """
            .formatted(proxy.port(), shop.user());
    try (ShopProgram program = new ShopProgram(shop, 150, random);
        SluiceProcess gateway = SluiceProcess.start(directory, yaml)) {
      program.prepare(1);
      gateway.await("a stream", () -> gateway.count("shop.items") == 1);
      program.feed(500, Pace.unlimited());
      gateway.await("changes before the outage", () -> missing(program, gateway) == 0);

      proxy.cut();
      program.feed(500, Pace.unlimited());
      endure(gateway, "shop", "beats", 1);

      proxy.restore();
      gateway.await("changes after the outage", () -> missing(program, gateway) == 0);
      assertRecovered(gateway, "shop");
      Deliveries arrived = ShopProgram.changesIn(gateway.records("shop.items"));
      System.out.printf(
          "Outage of a source for %s: records=%d, missing=%d, repeats=%d, restarts=%d%n",
          OUTAGE,
          program.changes().size(),
          missing(program, gateway),
          arrived.size() - arrived.distinct(),
          gateway.connector("shop").path("restarts").asLong());
      program.changes().assertArrivedIn(arrived);
    }
  }

  @Test
  void aPolledTableMayBeMadeLaterAndGoAwayForAWhile() throws Exception {
    String before =
        """
        topics:
          late: {}
          beats: {}
        connectors:
          beat:
            source: simulator
            topic: beats
            config: {interval: 10ms}
        """;
    String with =
        before
            + """
              late:
                source: jdbc
                topic: late
                config: {url: "jdbc:postgresql://localhost:%d/postgres", user: %s, tables: [late], mode: incrementing, interval: 20ms}
                errors: {backoff: 50ms, max-backoff: 500ms}
            """
                .formatted(proxy.port(), shop.user());
    try (SluiceProcess gateway = SluiceProcess.start(directory, before)) {
      Path unused = Files.writeString(directory.resolve("gateway.yaml"), with);
      gateway.await("a missing table", () -> hasNextAttempt(gateway, "late"));
      assertThat(gateway.connector("late").path("error").path("category").asText())
          .isEqualTo("configuration");
      shop.execute("create table late (id bigint primary key)");
      insertIntoLate(1, 100);
      gateway.await("rows before the outage", () -> gateway.count("late") == 100);

      proxy.cut();
      insertIntoLate(101, 200);
      endure(gateway, "late", "beats", 1);
      assertThat(gateway.count("late")).isEqualTo(100);

      proxy.restore();
      gateway.await("rows after the outage", () -> gateway.count("late") == 200);
      assertRecovered(gateway, "late");
      assertThat(gateway.records("late"))
          .extracting(row -> row.path("value").path("id").asInt())
          .containsExactlyElementsOf(IntStream.rangeClosed(1, 200).boxed().toList());
      System.out.printf("Outage of a polled source for %s: records=200, missing=0%n", OUTAGE);
    }
  }

  private void insertIntoLate(int first, int last) throws SQLException {
    shop.execute("insert into late select generate_series(" + first + ", " + last + ")");
  }

  private long stored() {
    return shop.number("select count(*) from lines");
  }

  private static long missing(ShopProgram program, SluiceProcess gateway) {
    return program.changes().missingFrom(ShopProgram.changesIn(gateway.records("shop.items")));
  }

  /**
   * Sees an outage through: what is said of the connector, that another one goes on, and that a
   * topic gets what it is to get.
   */
  private void endure(SluiceProcess gateway, String connector, String topic, long records) {
    gateway.await("a failure", () -> isInTrouble(gateway, connector));
    long over = System.nanoTime() + OUTAGE.toNanos();
    long beats = gateway.count("beats");
    gateway.await(
        "an outage during which others go on",
        OUTAGE.plusSeconds(30),
        () ->
            System.nanoTime() >= over
                && gateway.count("beats") >= beats + 30
                && gateway.count(topic) >= records
                && hasNextAttempt(gateway, connector));

    assertThat(gateway.connector("beat").path("state").asText()).isEqualTo("RUNNING");
    JsonNode status = gateway.get("/connectors/" + connector + "/status");
    JsonNode task = status.path("tasks").path(0);
    assertThat(task.path("state").asText()).isIn("FAILED", "RESTARTING");
    assertThat(task.path("trace").asText()).contains("Exception");
    JsonNode error = gateway.connector(connector).path("error");
    assertThat(error.path("code").asText()).isNotEmpty();
    assertThat(error.path("category").asText()).isEqualTo("external");
    assertThat(error.path("message").asText()).contains(Integer.toString(proxy.port()));
    assertThat(error.path("attempts").asInt()).isPositive();
    JsonNode health = gateway.get("/q/health/ready");
    assertThat(gateway.status("/q/health/ready")).isEqualTo(503);
    assertThat(health.toString()).contains("\"" + connector + "/0\"").doesNotContain("beat/0");
    System.out.println("While it is away: " + error + "; ready: " + health.path("status").asText());
  }

  private static boolean isInTrouble(SluiceProcess gateway, String connector) {
    return gateway.connector(connector).has("error");
  }

  private static boolean hasNextAttempt(SluiceProcess gateway, String connector) {
    return gateway.connector(connector).path("error").has("nextAttempt");
  }

  private static void assertRecovered(SluiceProcess gateway, String connector) {
    gateway.await("readiness", () -> gateway.status("/q/health/ready") == 200);
    JsonNode view = gateway.connector(connector);
    assertThat(view.path("state").asText()).isEqualTo("RUNNING");
    assertThat(view.has("error")).isFalse();
  }
}
