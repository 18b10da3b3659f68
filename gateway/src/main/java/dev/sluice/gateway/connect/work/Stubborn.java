package dev.sluice.gateway.connect.work;

import dev.sluice.gateway.log.LogException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Repeats what the log cannot do now but may do later (the disk is full, a partition is offline)
 * with back-off until it succeeds or the task is to stop. The monitor shows the trouble meanwhile.
 */
final class Stubborn {

  /** Something to ask of the log. */
  @FunctionalInterface
  interface Attempt<T> {
    T run() throws InterruptedException;
  }

  private final TaskControl control;
  private final TaskMonitor monitor;

  Stubborn(TaskControl control, TaskMonitor monitor) {
    this.control = control;
    this.monitor = monitor;
  }

  /**
   * Runs it until it succeeds.
   *
   * @throws LogException if it fails in a way that no repeating mends
   * @throws StoppedException if the task is to stop before it succeeded
   */
  <T> T run(Attempt<T> attempt) throws InterruptedException {
    while (true) {
      try {
        return attempt.run();
      } catch (LogException e) {
        if (!e.code().retriable()) {
          throw e;
        }
        if (!control.sleep(monitor.failed(Errors.classify(e)))) {
          throw new StoppedException();
        }
      }
    }
  }

  /**
   * Waits for an answer of the log.
   *
   * @throws LogException the failure that the future holds
   */
  static <T> T await(CompletableFuture<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof LogException logException) {
        throw logException;
      }
      throw new LogException(
          LogException.Code.INTERNAL, "The log failed: " + e.getCause(), e.getCause());
    }
  }
}
