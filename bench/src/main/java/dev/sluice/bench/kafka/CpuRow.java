package dev.sluice.bench.kafka;

import dev.sluice.bench.Scratch;
import dev.sluice.bench.kafka.Topics.Durability;
import java.io.IOException;
import java.util.List;

/**
 * Processor time of a server that is warm: records of 1 KB into six partitions and out again, three
 * times as many as before that to warm it up.
 */
record CpuRow(int records) implements Row {

  private static final int BYTES = 1000;
  private static final int WARM_UP_DIVISOR = 3;
  private static final double GIGABYTES_PER_RECORD = BYTES / 1e9;

  static final Figure PRODUCED =
      Figure.of("warm server: CPU s per GB produced, 1 KB", Aim.Kind.RATIO_AT_MOST, 0.5);
  static final Figure CONSUMED =
      Figure.of("warm server: CPU s per GB consumed, 1 KB", Aim.Kind.RATIO_AT_MOST, 0.5);

  @Override
  public List<Measured> measure(Side side) throws IOException, InterruptedException {
    try (Scratch scratch = Scratch.create()) {
      Servers.format(side, scratch);
      try (ServerProcess server = Servers.start(side, scratch)) {
        server.awaitListening();
        Topics.create(side, server, "warm-up", 6, Durability.PAGE_CACHE);
        Used unused = run(server, "warm-up", records / WARM_UP_DIVISOR);
        Topics.create(side, server, "measured", 6, Durability.PAGE_CACHE);
        Used used = run(server, "measured", records);
        double gigabytes = records * GIGABYTES_PER_RECORD;
        return List.of(
            new Measured(PRODUCED, used.producing / gigabytes),
            new Measured(CONSUMED, used.consuming / gigabytes));
      }
    }
  }

  private record Used(double producing, double consuming) {}

  private static Used run(ServerProcess server, String topic, int count)
      throws IOException, InterruptedException {
    String servers = server.bootstrapServers();
    double before = server.cpuSeconds();
    ClientTool.Produced unused = ClientTool.produce(servers, topic, count, BYTES, "all");
    double between = server.cpuSeconds();
    double rate = ClientTool.consume(servers, topic, count);
    return new Used(between - before, server.cpuSeconds() - between);
  }
}
