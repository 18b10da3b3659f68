package dev.sluice.gateway.deadletter;

import dev.sluice.gateway.deadletter.JobView.Refusal;
import dev.sluice.gateway.deadletter.JobView.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** How far a job is, for those who watch it. Changed by the job's thread alone; thread-safe. */
final class JobProgress {

  private static final int SHOWN_REFUSALS = 20;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private JobView view; // Guarded by the lock.

  JobProgress(JobView first) {
    this.view = first;
  }

  JobView view() {
    lock.lock();
    try {
      return view;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a later version, or until the time is over; gives back what is there then. */
  JobView await(long version, Duration timeout) throws InterruptedException {
    long nanos = timeout.toNanos();
    lock.lockInterruptibly();
    try {
      while (view.version() <= version && !view.isOver() && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      return view;
    } finally {
      lock.unlock();
    }
  }

  void add(long examined, long done, List<Refusal> refused) {
    change(
        old -> {
          List<Refusal> shown = new ArrayList<>(old.refusals());
          int room = Math.max(0, SHOWN_REFUSALS - shown.size());
          shown.addAll(refused.subList(0, Math.min(room, refused.size())));
          return with(
              old,
              Math.min(old.total(), old.examined() + examined),
              old.done() + done,
              old.refused() + refused.size(),
              List.copyOf(shown));
        });
  }

  void end(State state, @Nullable String error, Instant when) {
    change(
        old ->
            new JobView(
                old.id(),
                old.topic(),
                old.act(),
                state,
                old.started(),
                when,
                old.total(),
                old.examined(),
                old.done(),
                old.refused(),
                old.refusals(),
                error,
                old.version() + 1));
  }

  private void change(UnaryOperator<JobView> change) {
    lock.lock();
    try {
      view = change.apply(view);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static JobView with(
      JobView old, long examined, long done, long refused, List<Refusal> refusals) {
    return new JobView(
        old.id(),
        old.topic(),
        old.act(),
        old.state(),
        old.started(),
        old.ended(),
        old.total(),
        examined,
        done,
        refused,
        refusals,
        old.error(),
        old.version() + 1);
  }
}
