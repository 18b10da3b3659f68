package dev.sluice.log.flush;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A bound on bytes that wait for the disk. Thread-safe; takers may wait, givers never do. */
public final class FlushBudget {

  private final long maxBytes;
  private final AtomicLong used = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition freed = lock.newCondition();
  private volatile int waiting;

  FlushBudget(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Bytes taken. */
  public long usedBytes() {
    return used.get();
  }

  /**
   * Takes bytes if there is room; a request for more than the whole is granted when none is used.
   */
  public boolean tryTake(long bytes) {
    while (true) {
      long now = used.get();
      if (now > 0 && now + bytes > maxBytes) {
        return false;
      }
      if (used.compareAndSet(now, now + bytes)) {
        return true;
      }
    }
  }

  /** Takes bytes, waiting for room. */
  public void take(long bytes) throws InterruptedException {
    if (tryTake(bytes)) {
      return;
    }
    lock.lockInterruptibly();
    try {
      waiting++;
      while (!tryTake(bytes)) {
        freed.await();
      }
    } finally {
      waiting--;
      lock.unlock();
    }
  }

  /** Gives bytes back. */
  public void give(long bytes) {
    long unused = used.addAndGet(-bytes);
    if (waiting > 0) {
      lock.lock();
      try {
        freed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }
}
