package dev.sluice.gateway.history;

/** Lets tests elsewhere decide when is looked. */
public final class TestHistory {

  private TestHistory() {}

  /** Takes samples at these times, in milliseconds since the epoch. */
  public static void tick(History history, long... times) throws InterruptedException {
    for (long time : times) {
      history.open(time);
      int unused = history.tick(time);
    }
  }
}
