package dev.sluice.bench.kafka;

import dev.sluice.bench.Scratch;
import dev.sluice.bench.kafka.Topics.Durability;
import java.io.IOException;
import java.util.List;

/**
 * One consumer through all records of 100 bytes in six partitions, which are in the page cache:
 * once to warm the server up, then measured.
 */
record ConsumeRow(int records) implements Row {

  private static final int BYTES = 100;
  private static final double GIGABYTES_PER_RECORD = BYTES / 1e9;

  static final Figure RATE =
      Figure.of("consume 100 B, 6 partitions, records/s", Aim.Kind.RATIO_AT_LEAST, 1.2);
  static final Figure CPU =
      Figure.of("server CPU s per GB: consume 100 B, 6 partitions", Aim.Kind.RATIO_AT_MOST, 0.5);

  @Override
  public List<Measured> measure(Side side) throws IOException, InterruptedException {
    try (Scratch scratch = Scratch.create()) {
      Servers.format(side, scratch);
      try (ServerProcess server = Servers.start(side, scratch)) {
        server.awaitListening();
        String servers = server.bootstrapServers();
        Topics.create(side, server, "consumed", 6, Durability.PAGE_CACHE);
        ClientTool.Produced unused = ClientTool.produce(servers, "consumed", records, BYTES, "1");
        double warm = ClientTool.consume(servers, "consumed", records);
        double before = server.cpuSeconds();
        double rate = ClientTool.consume(servers, "consumed", records);
        double used = server.cpuSeconds() - before;
        return List.of(
            new Measured(RATE, rate), new Measured(CPU, used / (records * GIGABYTES_PER_RECORD)));
      }
    }
  }
}
