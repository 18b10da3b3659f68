package dev.sluice.gateway.process;

import dev.sluice.log.check.Soundness;
import dev.sluice.log.io.DiskStorage;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * Starts a gateway, feeds it, kills it at a seeded random point of its progress, feeds on while it
 * is dead, and starts it again, round after round. {@code -Dlong=true} makes many rounds of it,
 * {@code -Dseed=…} other points.
 */
final class KillRounds {

  private static final boolean LONG = Boolean.getBoolean("long");
  private static final long SEED = Long.getLong("seed", 20_260_301L);
  private static final int ROUNDS = LONG ? 25 : 2;
  private static final int FEED_LIMIT_SECONDS = 120;

  /** What is fed. */
  @FunctionalInterface
  interface Load {
    /** Feeds so many records, give or take a few, telling the pace of each that was taken over. */
    void feed(int records, Pace pace) throws Exception;
  }

  private final Path directory;
  private final String yaml;
  private final String ending;
  private final Consumer<SluiceProcess> end;
  private final Random random = new Random(SEED);
  private final int perRound;
  private final int window;

  /**
   * Rounds in a directory.
   *
   * @param perRound how many records each round feeds
   * @param window how many of them may be under way
   */
  KillRounds(Path directory, String yaml, int perRound, int window) {
    this(directory, yaml, perRound, window, "kill -9", SluiceProcess::kill);
  }

  private KillRounds(
      Path directory,
      String yaml,
      int perRound,
      int window,
      String ending,
      Consumer<SluiceProcess> end) {
    this.directory = directory;
    this.yaml = yaml;
    this.ending = ending;
    this.end = end;
    this.perRound = perRound;
    this.window = window;
  }

  /** The same, but each gateway is asked to stop rather than killed. */
  KillRounds politely() {
    return new KillRounds(
        directory,
        yaml,
        perRound,
        window,
        "clean stop",
        gateway -> {
          int unused = gateway.terminate();
        });
  }

  /** The one source of randomness, for the load too. */
  Random random() {
    return random;
  }

  /** A gateway on the data of all rounds. */
  SluiceProcess start() {
    return SluiceProcess.start(directory, yaml);
  }

  /**
   * Runs all rounds, and holds after each that what it left on disk is sound; the gateway is dead
   * then.
   *
   * @param progress how many records went through the gateway so far, repeats included
   */
  void run(Load load, ToLongFunction<SluiceProcess> progress) throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      try (SluiceProcess gateway = start()) {
        round(gateway, load, progress);
      }
      Soundness.assertAllSound(new DiskStorage(), directory.resolve("data"));
    }
  }

  private void round(SluiceProcess gateway, Load load, ToLongFunction<SluiceProcess> progress)
      throws Exception {
    long before = progress.applyAsLong(gateway);
    long target = before + 1 + random.nextInt(perRound);
    Pace pace = new Pace(window);
    CompletableFuture<Void> feeding = inBackground(() -> load.feed(perRound, pace));
    gateway.await(
        "record " + target,
        () -> {
          if (feeding.isCompletedExceptionally()) {
            throw new AssertionError("Feeding failed: " + feeding.exceptionNow());
          }
          long now = progress.applyAsLong(gateway);
          pace.seen(now - before);
          return now >= target;
        });
    end.accept(gateway);
    pace.open();
    feeding.get(FEED_LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  private interface Action {
    void run() throws Exception;
  }

  private static CompletableFuture<Void> inBackground(Action action) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread unused =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    action.run();
                    done.complete(null);
                  } catch (Throwable failure) {
                    done.completeExceptionally(failure);
                  }
                });
    return done;
  }

  /** Prints what came of it. */
  void report(String what, long records, long missing, long repeats) {
    System.out.printf(
        "%s, %s: seed=%d, rounds=%d, records=%d, missing=%d, repeats=%d%n",
        ending, what, SEED, ROUNDS, records, missing, repeats);
  }
}
