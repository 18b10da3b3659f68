package dev.sluice.bench.kafka;

import dev.sluice.bench.Scratch;
import dev.sluice.bench.kafka.Topics.Durability;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Resident memory of a new server that has one topic, and after records of 100 bytes and of 1 KB
 * went in and out; each a while after the last request.
 */
record MemoryRow(int records) implements Row {

  private static final int SETTLE_SECONDS = 10;
  private static final int LARGE_DIVISOR = 5;

  static final Figure IDLE = Figure.of("resident idle, MiB", Aim.Kind.VALUE_AT_MOST, 120);
  static final Figure USED = Figure.of("resident after the runs, MiB", Aim.Kind.VALUE_AT_MOST, 350);

  @Override
  public List<Measured> measure(Side side) throws IOException, InterruptedException {
    try (Scratch scratch = Scratch.create()) {
      Servers.format(side, scratch);
      try (ServerProcess server = Servers.start(side, scratch)) {
        server.awaitListening();
        Topics.create(side, server, "small", 1, Durability.PAGE_CACHE);
        double idle = settled(server);
        Topics.create(side, server, "large", 6, Durability.PAGE_CACHE);
        run(server, "small", records, 100);
        run(server, "large", records / LARGE_DIVISOR, 1000);
        return List.of(new Measured(IDLE, idle), new Measured(USED, settled(server)));
      }
    }
  }

  private static void run(ServerProcess server, String topic, int count, int bytes)
      throws IOException, InterruptedException {
    ClientTool.Produced unused =
        ClientTool.produce(server.bootstrapServers(), topic, count, bytes, "all");
    double rate = ClientTool.consume(server.bootstrapServers(), topic, count);
  }

  private static double settled(ServerProcess server) throws IOException, InterruptedException {
    TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
    return server.residentMebibytes();
  }
}
