package dev.sluice.log.partition;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Answers the callers of one partition, round by round in order, on a virtual thread of its own
 * while there is something to answer: what callers have chained to their appends must not hold up
 * the flusher, which serves other partitions too. Thread-safe.
 *
 * <p>Rounds that wait are bounded by the partition's unflushed bytes, which count until answered.
 */
final class Acknowledger {

  private final String threadName;
  private final Queue<Runnable> rounds = new ArrayDeque<>();
  private boolean isRunning;

  Acknowledger(String partition) {
    this.threadName = "sluice-ack-" + partition;
  }

  void execute(Runnable round) {
    synchronized (rounds) {
      rounds.add(round);
      if (isRunning) {
        return;
      }
      isRunning = true;
    }
    Thread unused = Thread.ofVirtual().name(threadName).start(this::run);
  }

  private void run() {
    for (Runnable round = next(); round != null; round = next()) {
      round.run();
    }
  }

  private @Nullable Runnable next() {
    synchronized (rounds) {
      Runnable round = rounds.poll();
      isRunning = round != null;
      return round;
    }
  }
}
