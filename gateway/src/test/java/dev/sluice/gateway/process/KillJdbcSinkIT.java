package dev.sluice.gateway.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillJdbcSinkIT {

  @TempDir private Path directory;

  @Test
  void theTargetEqualsTheSourceHoweverOftenTheGatewayIsKilled() throws Exception {
    try (ShopDatabase shop = new ShopDatabase()) {
      KillRounds rounds =
          new KillRounds(
              directory,
              """
              topics:
                shop.items: {partitions: 3}
              connectors:
                shop:
                  source: postgres-cdc
                  topic: shop.{table}
                  config: {url: "postgresql://localhost:%1$d/postgres", user: %2$s, tables: [items], heartbeat: 100ms, batch-size: 50}
                mirror:
                  sink: jdbc
                  topics: [shop.items]
                  config: {url: "jdbc:postgresql://localhost:%1$d/postgres", user: %2$s, table: mirror.items, batch-size: 50}
              """
                  .formatted(shop.port(), shop.user()),
              2_000,
              400);
      try (ShopProgram program = new ShopProgram(shop, 5_000, rounds.random())) {
        program.prepare(200);

        rounds.run(program::feed, gateway -> shop.number("select count(*) from mirror.writes"));

        try (SluiceProcess gateway = rounds.start()) {
          List<String> expected = program.rows();
          gateway.await("a mirror in step", () -> shop.rows("mirror.items").equals(expected));
          assertThat(shop.rows("public.items")).isEqualTo(expected);
          gateway.await(
              "everything handled", () -> gateway.connector("mirror").path("lag").asLong() == 0);
          assertThat(shop.rows("mirror.items")).isEqualTo(expected);
          rounds.report(
              "jdbc sink",
              program.changes().size(),
              missing(expected, shop.rows("mirror.items")),
              shop.number("select count(*) - count(distinct (id, rev, op)) from mirror.writes"));
        }
      }
    }
  }

  private static long missing(List<String> expected, List<String> found) {
    Set<String> missing = new HashSet<>(expected);
    missing.removeAll(found);
    return missing.size();
  }
}
