package dev.sluice.bench.kafka;

import dev.sluice.bench.Scratch;
import dev.sluice.bench.kafka.Topics.Durability;
import java.io.IOException;
import java.util.List;

/**
 * One producer as fast as it can, into a new topic of a new server. The rate is that after the
 * warm-up; the server's processor time is that of all the run, warm-up and translation of its code
 * included.
 */
record ProduceRow(Load load, Figure rate, Figure cpu) implements Row {

  private static final double GIGA = 1e9;

  /**
   * What is produced.
   *
   * @param bytes of a record's value
   * @param isPerRecord whether the rate is told in records/s, else in MB/s
   */
  record Load(
      int records,
      int bytes,
      int partitions,
      String acks,
      Durability durability,
      boolean isPerRecord) {

    double gigabytes() {
      return (double) records * bytes / GIGA;
    }
  }

  @Override
  public List<Measured> measure(Side side) throws IOException, InterruptedException {
    try (Scratch scratch = Scratch.create()) {
      Servers.format(side, scratch);
      try (ServerProcess server = Servers.start(side, scratch)) {
        server.awaitListening();
        Topics.create(side, server, "produced", load.partitions(), load.durability());
        double before = server.cpuSeconds();
        ClientTool.Produced produced =
            ClientTool.produce(
                server.bootstrapServers(), "produced", load.records(), load.bytes(), load.acks());
        double used = server.cpuSeconds() - before;
        double rate =
            load.isPerRecord()
                ? produced.recordsPerSecond()
                : produced.recordsPerSecond() * load.bytes() / 1e6;
        return List.of(new Measured(this.rate, rate), new Measured(cpu, used / load.gigabytes()));
      }
    }
  }
}
