package dev.sluice.gateway.process;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillPostgresCdcIT {

  private static final int SNAPSHOT_ROWS = 500;

  @TempDir private Path directory;

  @Test
  void noRowChangeIsLostWhenTheGatewayIsKilled() throws Exception {
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
                  config: {url: "postgresql://localhost:%d/postgres", user: %s, tables: [items], heartbeat: 100ms, batch-size: 50}
              """
                  .formatted(shop.port(), shop.user()),
              2_000,
              400);
      try (ShopProgram program = new ShopProgram(shop, 150, rounds.random())) {
        program.prepare(SNAPSHOT_ROWS);
        awaitSnapshot(rounds);

        rounds.run(program::feed, gateway -> gateway.count("shop.items"));

        try (SluiceProcess gateway = rounds.start()) {
          Deliveries made = program.changes();
          gateway.await(
              "every change",
              () ->
                  gateway.count("shop.items") >= made.size()
                      && made.missingFrom(changes(gateway)) == 0);
          Deliveries arrived = changes(gateway);
          rounds.report(
              "postgres-cdc",
              made.size(),
              made.missingFrom(arrived),
              arrived.size() - arrived.distinct());
          made.assertArrivedIn(arrived);
        }
      }
    }
  }

  /**
   * Before the snapshot is complete a row's history is not promised, only its state; so the load
   * begins when the position is one of the stream.
   */
  private static void awaitSnapshot(KillRounds rounds) {
    try (SluiceProcess gateway = rounds.start()) {
      gateway.await(
          "a complete snapshot",
          () -> {
            String offsets = gateway.get("/connectors/shop/offsets").toString();
            return gateway.count("shop.items") >= SNAPSHOT_ROWS
                && offsets.contains("lsn")
                && !offsets.contains("\"snapshot_completed\":false");
          });
      gateway.kill();
    }
  }

  private static Deliveries changes(SluiceProcess gateway) {
    return ShopProgram.changesIn(gateway.records("shop.items"));
  }
}
