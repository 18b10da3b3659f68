package dev.sluice.gateway.connect;

import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.events.Actor;
import dev.sluice.gateway.events.Events;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted of a connector, from when it is wished until its supervisor takes it up; and
 * whether it has come true so far that none of its tasks runs. Thread-safe; the lock guards all
 * state.
 */
final class Wishes {

  /**
   * What is wanted at one moment.
   *
   * @param spec null if the connector is to go
   * @param restarts numbers of tasks to start anew
   * @param closing whether the tasks are to stop for good, whatever else is wanted
   * @param by who wished last
   */
  record Wish(
      @Nullable ConnectorSpec spec,
      TargetState target,
      Set<Integer> restarts,
      boolean closing,
      Actor by) {}

  /** Something that may wait for the log. */
  @FunctionalInterface
  interface InterruptibleAction {
    void run() throws InterruptedException;
  }

  private final String name;
  private final Events events;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Set<Integer> restarts = new TreeSet<>();
  private @Nullable ConnectorSpec spec;
  private TargetState target;
  private Actor by;
  private boolean pending = true;
  private boolean closing;
  private boolean ended;

  /** Whether no task runs and none is about to. */
  private boolean atRest;

  /** The first wish, on behalf of whom the calling thread acts. */
  Wishes(ConnectorSpec spec, TargetState target, Events events) {
    this.name = spec.name();
    this.spec = spec;
    this.target = target;
    this.events = events;
    this.by = events.actor();
  }

  /**
   * Wants this spec; null wants the connector gone.
   *
   * @return whether it will be so; false if it has ended
   */
  boolean setSpec(@Nullable ConnectorSpec wanted, TargetState as) {
    return add(
        () -> {
          spec = wanted;
          target = as;
        });
  }

  void setTarget(TargetState wanted) {
    boolean unused = add(() -> target = wanted);
  }

  void restart(Collection<Integer> tasks) {
    boolean unused = add(() -> restarts.addAll(tasks));
  }

  void close() {
    boolean unused = add(() -> closing = true);
  }

  private boolean add(Runnable change) {
    lock.lock();
    try {
      if (ended) {
        return false;
      }
      change.run();
      by = events.actor();
      pending = true;
      atRest = false;
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** What is wanted now, be it taken up or not. */
  Wish now() {
    lock.lock();
    try {
      return new Wish(spec, target, Set.copyOf(restarts), closing, by);
    } finally {
      lock.unlock();
    }
  }

  /** Takes up what is wanted; waits until that is something new. */
  Wish take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!pending) {
        changed.await();
      }
      Wish wish = now();
      pending = false;
      restarts.clear();
      return wish;
    } finally {
      lock.unlock();
    }
  }

  /** What was taken up has been done; tells whether a task runs. */
  void done(boolean anyRuns) {
    lock.lock();
    try {
      atRest = !pending && !anyRuns;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes no wish any more, unless there is one.
   *
   * @return whether it has ended
   */
  boolean end() {
    lock.lock();
    try {
      ended = !pending;
      return ended;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Does something while no task runs, and keeps tasks from being started meanwhile.
   *
   * @throws IllegalStateException if tasks run or are about to
   */
  void whileStopped(InterruptibleAction action) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (target != TargetState.STOPPED || !atRest) {
        throw new IllegalStateException(
            "The connector '%s' must be stopped first%s."
                .formatted(name, target == TargetState.STOPPED ? "; it is still stopping" : ""));
      }
      action.run();
    } finally {
      lock.unlock();
    }
  }
}
