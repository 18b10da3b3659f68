package dev.sluice.log.partition;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those who wait for records to become visible; each is told once. Thread-safe. */
final class Waiters {

  private static final Logger LOG = LoggerFactory.getLogger(Waiters.class);

  private record Waiter(long offset, Runnable action) {}

  private final List<Waiter> waiters = new ArrayList<>();
  private volatile boolean isEmpty = true;

  /** Adds a waiter; the caller then looks again whether its record is there already. */
  synchronized Runnable add(long offset, Runnable action) {
    Waiter waiter = new Waiter(offset, action);
    waiters.add(waiter);
    isEmpty = false;
    return () -> remove(waiter);
  }

  /** Tells all whose offset is now below the high watermark. */
  void wake(long highWatermark) {
    if (isEmpty) {
      return;
    }
    for (Waiter waiter : takeBelow(highWatermark)) {
      try {
        waiter.action.run();
      } catch (RuntimeException e) {
        LOG.error("A waiting reader failed when it was woken", e);
      }
    }
  }

  private synchronized List<Waiter> takeBelow(long highWatermark) {
    List<Waiter> taken = new ArrayList<>();
    for (Iterator<Waiter> i = waiters.iterator(); i.hasNext(); ) {
      Waiter waiter = i.next();
      if (waiter.offset < highWatermark) {
        i.remove();
        taken.add(waiter);
      }
    }
    isEmpty = waiters.isEmpty();
    return taken;
  }

  private synchronized void remove(Waiter waiter) {
    boolean unused = waiters.removeIf(other -> other == waiter);
    isEmpty = waiters.isEmpty();
  }
}
