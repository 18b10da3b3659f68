package dev.sluice.gateway.boot;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Holds the end of the process back until what is open is closed: after a signal the JVM ends when
 * its shutdown hooks have, whatever the main thread is about to do.
 */
final class CleanEnd implements AutoCloseable {

  private final CountDownLatch closed = new CountDownLatch(1);

  private CleanEnd() {}

  /**
   * From now on the process ends only when this has been closed.
   *
   * @param patience after so long it ends all the same
   */
  static CleanEnd within(Duration patience) {
    CleanEnd end = new CleanEnd();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end.await(patience), "await-clean-end"));
    return end;
  }

  private void await(Duration patience) {
    try {
      boolean unused = closed.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
