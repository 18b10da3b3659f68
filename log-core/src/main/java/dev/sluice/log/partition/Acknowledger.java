package dev.sluice.log.partition;

import dev.sluice.log.LogMetrics;
import dev.sluice.log.StorageException;
import java.util.ArrayDeque;
import java.util.List;
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

  private final String partition;
  private final LogMetrics metrics;
  private final Queue<Runnable> rounds = new ArrayDeque<>();
  private boolean isRunning;

  Acknowledger(String partition, LogMetrics metrics) {
    this.partition = partition;
    this.metrics = metrics;
  }

  /**
   * Tells callers what became of their appends, on this thread.
   *
   * @param committedOffset all before this is committed
   * @param failure why the rest is not
   */
  void answer(List<PendingChunk> chunks, long committedOffset, @Nullable StorageException failure) {
    long bytes = 0;
    long records = 0;
    for (PendingChunk chunk : chunks) {
      for (PendingAppend append : chunk.appends()) {
        AppendResult result = append.result();
        if (append.answer(committedOffset, failure) && result != null) {
          bytes += append.sizeBytes();
          records += result.lastOffset() - result.baseOffset() + 1;
        }
      }
    }
    if (records > 0) {
      metrics.appended(partition, records, bytes);
    }
  }

  /** Has a round done, behind those before it. */
  void execute(Runnable round) {
    synchronized (rounds) {
      rounds.add(round);
      if (isRunning) {
        return;
      }
      isRunning = true;
    }
    Thread unused = Thread.ofVirtual().name("sluice-ack-" + partition).start(this::run);
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
