package dev.sluice.gateway.process;

/**
 * Keeps whoever feeds a gateway a little ahead of what the gateway has taken, so that a kill falls
 * into the middle of the work and not before or after it. Thread-safe.
 */
final class Pace {

  private final int window;
  private long fed;
  private long seen;
  private boolean open;

  /**
   * A pace that begins at nothing.
   *
   * @param window how many records may be fed that were not seen yet
   */
  Pace(int window) {
    this.window = window;
  }

  /** A pace that never makes anyone wait. */
  static Pace unlimited() {
    return new Pace(Integer.MAX_VALUE);
  }

  /** So many more records were fed; waits while that is too far ahead. */
  synchronized void fed(int records) throws InterruptedException {
    fed += records;
    while (!open && fed - seen >= window) {
      wait();
    }
  }

  /** So many records were taken since the beginning. */
  synchronized void seen(long records) {
    seen = records;
    notifyAll();
  }

  /** Nobody will take anything more: what is left is fed at once. */
  synchronized void open() {
    open = true;
    notifyAll();
  }
}
