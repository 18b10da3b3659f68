package dev.sluice.bench.kafka;

import dev.sluice.bench.Figures;
import dev.sluice.bench.Scratch;
import dev.sluice.bench.kafka.Topics.Durability;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * From the start of the process to the acknowledgement of the first record, which a producer that
 * has been trying since then sends. There is one topic with one partition from an earlier start
 * that was stopped cleanly; that start serves to make the JDK's AOT cache, too, with which our side
 * is started a second time.
 */
final class StartRow implements Row {

  static final Figure PLAIN = Figure.told("start to first accepted produce, without AOT cache, s");
  static final Figure CACHED =
      Figure.of("start to first accepted produce, s", Aim.Kind.VALUE_AT_MOST, 0.7);

  private static final String TOPIC = "first";

  @Override
  public List<Measured> measure(Side side) throws IOException, InterruptedException {
    try (Scratch scratch = Scratch.create()) {
      Servers.format(side, scratch);
      String cache = scratch.resolve("broker.aot").toString();
      train(side, scratch, "-XX:AOTCacheOutput=" + cache, "-Xlog:aot=off", "-Xlog:cds=off");
      double plain = time(side, scratch);
      double cached =
          side == Side.SLUICE
              ? time(side, scratch, "-XX:AOTCache=" + cache, "-Xlog:aot=off", "-Xlog:cds=off")
              : plain;
      return List.of(new Measured(CACHED, cached), new Measured(PLAIN, plain));
    }
  }

  /** Creates the topic and uses it a little. */
  private static void train(Side side, Scratch scratch, String... options)
      throws IOException, InterruptedException {
    try (ServerProcess server = Servers.start(side, scratch, options)) {
      server.awaitListening();
      Topics.create(side, server, TOPIC, 1, Durability.PAGE_CACHE);
      FirstProduce.await(server.bootstrapServers(), TOPIC);
    }
  }

  private static double time(Side side, Scratch scratch, String... options)
      throws IOException, InterruptedException {
    try (ServerProcess server = Servers.start(side, scratch, options)) {
      FirstProduce.await(server.bootstrapServers(), TOPIC);
      return Figures.seconds(Duration.ofNanos(System.nanoTime() - server.startedNanos()));
    }
  }
}
