package dev.sluice.bench.kafka;

import dev.sluice.bench.Scratch;
import dev.sluice.bench.kafka.Topics.Durability;
import java.io.IOException;
import java.util.List;

/**
 * From a record's send with acks=1 to its arrival at a consumer, one record at a time; once to warm
 * the server up, then measured. Both figures are whole milliseconds, as the tool tells them.
 */
record LatencyRow(int records) implements Row {

  static final Figure MEDIAN = Figure.told("end-to-end latency acks=1, p50, ms");
  static final Figure P99 =
      Figure.of("end-to-end latency acks=1, p99, ms", Aim.Kind.VALUE_AT_MOST, 2);

  @Override
  public List<Measured> measure(Side side) throws IOException, InterruptedException {
    try (Scratch scratch = Scratch.create()) {
      Servers.format(side, scratch);
      try (ServerProcess server = Servers.start(side, scratch)) {
        server.awaitListening();
        Topics.create(side, server, "round-trip", 1, Durability.PAGE_CACHE);
        String servers = server.bootstrapServers();
        ClientTool.Latency warm = ClientTool.latency(servers, "round-trip", records);
        ClientTool.Latency latency = ClientTool.latency(servers, "round-trip", records);
        return List.of(
            new Measured(MEDIAN, latency.medianMillis()), new Measured(P99, latency.p99Millis()));
      }
    }
  }
}
