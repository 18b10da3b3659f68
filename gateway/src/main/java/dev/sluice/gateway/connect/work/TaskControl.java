package dev.sluice.gateway.connect.work;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What is wanted of a running task. The owner of the task writes it, the task's threads read it and
 * wait on it. Thread-safe.
 */
public final class TaskControl {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by the lock for changes; volatile so that looking costs nothing.
  private volatile boolean paused;
  private volatile boolean stopping;
  private volatile boolean abandoned;

  public TaskControl(boolean paused) {
    this.paused = paused;
  }

  /** Asks the task to stop soon. */
  public void stop() {
    change(() -> stopping = true);
  }

  /**
   * Gives the task up: it did not stop in time, another may be started in its place, and whatever
   * it still does must not move positions or be seen.
   */
  public void abandon() {
    change(
        () -> {
          stopping = true;
          abandoned = true;
        });
  }

  public void setPaused(boolean wanted) {
    change(() -> paused = wanted);
  }

  public boolean stopping() {
    return stopping;
  }

  public boolean paused() {
    return paused;
  }

  public boolean abandoned() {
    return abandoned;
  }

  /** Waits while the task is to pause; tells the monitor if it does. */
  public void awaitResumed(TaskMonitor monitor) throws InterruptedException {
    if (!paused || stopping) {
      return;
    }
    monitor.paused();
    lock.lockInterruptibly();
    try {
      while (paused && !stopping) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
    if (!stopping) {
      monitor.resumed();
    }
  }

  /**
   * Waits for a while.
   *
   * @return false if the task is to stop
   */
  public boolean sleep(Duration duration) throws InterruptedException {
    long nanos = duration.toNanos();
    lock.lockInterruptibly();
    try {
      while (!stopping && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
    return !stopping;
  }

  /** Waits until the task is to stop. */
  public void awaitStop() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!stopping) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
