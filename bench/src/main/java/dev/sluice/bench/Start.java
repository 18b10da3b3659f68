package dev.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How long the quickstart takes to its ready line, with and without the JDK's AOT cache, in turn;
 * and the resident memory of the idle process with a heap of 256 MB. Argument: how many starts of
 * each kind, by default 5.
 */
final class Start {

  private static final int SETTLE_SECONDS = 20;
  private static final double KIB_PER_MIB = 1024;

  private final Path quickstart = GatewayOptions.home().resolve("examples/quickstart");
  private final Path cache;

  private Start(Path cache) {
    this.cache = cache;
  }

  public static void main(String[] args) throws Exception {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
    Figures.print("start: the quickstart, %s", Figures.machine());
    try (Scratch scratch = Scratch.create()) {
      Start start = new Start(scratch.resolve("sluice.aot"));
      start.train();
      start.times(rounds);
      Path empty = scratch.resolve("empty.yaml");
      Files.writeString(empty, "topics: {}\n");
      start.memory("quickstart", start.quickstart);
      start.memory("empty configuration", empty);
    }
  }

  /** As {@code ./sluice} does it after a build. */
  private void train() throws IOException, InterruptedException {
    try (Scratch scratch = Scratch.create()) {
      GatewayOptions options =
          new GatewayOptions(quickstart, scratch.resolve("data"))
              .withJvm("-XX:AOTCacheOutput=" + cache, "-Xlog:aot=off", "-Xlog:cds=off")
              .withArguments("--stop-after", "5s");
      try (Gateway gateway = Gateway.start(options)) {
        gateway.awaitEnd();
      }
    }
  }

  private void times(int rounds) throws IOException, InterruptedException {
    List<Double> cached = new ArrayList<>();
    List<Double> plain = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      String load = Figures.load();
      cached.add(time(true));
      plain.add(time(false));
      Figures.print(
          "round %d: %.2f s with the cache, %.2f s without (%s)",
          round, cached.getLast(), plain.getLast(), load);
    }
    Figures.print(
        "median: %.2f s with the cache, %.2f s without",
        Figures.median(cached), Figures.median(plain));
  }

  private double time(boolean withCache) throws IOException, InterruptedException {
    try (Scratch scratch = Scratch.create();
        Gateway gateway = Gateway.start(options(quickstart, scratch, withCache))) {
      return Figures.seconds(gateway.timeToReady());
    }
  }

  private GatewayOptions options(Path config, Scratch scratch, boolean withCache) {
    GatewayOptions options = new GatewayOptions(config, scratch.resolve("data"));
    return withCache
        ? options.withJvm("-XX:AOTCache=" + cache, "-Xlog:aot=off", "-Xlog:cds=off")
        : options;
  }

  private void memory(String name, Path config) throws IOException, InterruptedException {
    Figures.print(
        "resident %d s after ready with -Xmx256m, %s: %.0f MiB with the cache, %.0f MiB without",
        SETTLE_SECONDS, name, resident(config, true), resident(config, false));
  }

  private double resident(Path config, boolean withCache) throws IOException, InterruptedException {
    try (Scratch scratch = Scratch.create();
        Gateway gateway = Gateway.start(options(config, scratch, withCache).withJvm("-Xmx256m"))) {
      TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
      return gateway.residentKib() / KIB_PER_MIB;
    }
  }
}
