package dev.sluice.gateway.connect;

import dev.sluice.connector.ChangeCapture;
import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.connect.ConnectorView.TaskView;
import dev.sluice.gateway.connect.work.Assignment;
import dev.sluice.gateway.events.Actor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connector: takes wishes at once, and makes them come true on a virtual thread of its own, so
 * that one connector that is slow to stop holds up neither its callers nor any other.
 *
 * <p>It ends once it has left and nobody wants it back: then it takes no wish any more.
 *
 * <p>Thread-safe. The wishes belong to the lock, the running tasks to the supervising thread.
 */
final class ManagedConnector {

  private final String name;
  private final Workers workers;
  private final Surroundings surroundings;
  private final Consumer<ManagedConnector> whenEnded;
  private final Thread supervisor;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by the lock.
  private @Nullable ConnectorSpec wantedSpec;
  private TargetState wantedTarget;
  private final Set<Integer> wantedRestarts = new TreeSet<>();
  private Actor wantedBy;
  private boolean pending = true;
  private boolean closing;
  private boolean ended;

  /** Whether no task runs and none is about to; guarded by the lock. */
  private boolean atRest;

  // Owned by the supervising thread; the statuses are read by all.
  private final RunningTasks running;
  private @Nullable ConnectorSpec runningSpec;
  private @Nullable TargetState reachedTarget;
  private volatile List<TaskStatus> statuses = List.of();

  /**
   * One that has not started.
   *
   * @param whenEnded is told, on the supervising thread, when this has ended by itself
   */
  ManagedConnector(
      ConnectorSpec spec,
      TargetState target,
      Workers workers,
      Consumer<ManagedConnector> whenEnded) {
    this.name = spec.name();
    this.whenEnded = whenEnded;
    this.workers = workers;
    this.surroundings = workers.surroundings();
    this.running = new RunningTasks(name, surroundings);
    this.wantedSpec = spec;
    this.wantedTarget = target;
    this.wantedBy = surroundings.events().actor();
    this.statuses = statusesFor(spec);
    this.supervisor = Thread.ofVirtual().name("connector-" + name).unstarted(this::supervise);
  }

  void start() {
    supervisor.start();
  }

  // --- Wishes ---

  /**
   * Wants this spec; null wants the connector gone.
   *
   * @return whether it will be so; false if this has ended
   */
  boolean setSpec(@Nullable ConnectorSpec spec, TargetState target) {
    return wish(
        () -> {
          wantedSpec = spec;
          wantedTarget = target;
        });
  }

  void setTarget(TargetState target) {
    boolean unused = wish(() -> wantedTarget = target);
  }

  void restart(Collection<Integer> tasks) {
    boolean unused = wish(() -> wantedRestarts.addAll(tasks));
  }

  /** Stops the tasks for good and ends the supervising thread, without changing what is wanted. */
  void close() {
    boolean unused = wish(() -> closing = true);
  }

  /** Waits for the supervising thread to end after {@link #close}. */
  boolean awaitClosed(Duration timeout) throws InterruptedException {
    return supervisor.join(timeout);
  }

  private boolean wish(Runnable change) {
    lock.lock();
    try {
      if (ended) {
        return false;
      }
      change.run();
      wantedBy = surroundings.events().actor();
      pending = true;
      atRest = false;
      changed.signalAll();
      return true;
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
      if (wantedTarget != TargetState.STOPPED || !atRest) {
        throw new IllegalStateException(
            "The connector '%s' must be stopped first%s."
                .formatted(
                    name, wantedTarget == TargetState.STOPPED ? "; it is still stopping" : ""));
      }
      action.run();
    } finally {
      lock.unlock();
    }
  }

  /** Something that may wait for the log. */
  @FunctionalInterface
  interface InterruptibleAction {
    void run() throws InterruptedException;
  }

  // --- What is seen ---

  String name() {
    return name;
  }

  /** The wanted spec, or nothing if the connector is to go. */
  Optional<ConnectorSpec> spec() {
    lock.lock();
    try {
      return Optional.ofNullable(wantedSpec);
    } finally {
      lock.unlock();
    }
  }

  /** The numbers of tasks that have failed. */
  List<Integer> failedTasks() {
    List<Integer> failed = new ArrayList<>();
    List<TaskStatus> now = statuses;
    for (int i = 0; i < now.size(); i++) {
      if (now.get(i).state() == TaskState.FAILED) {
        failed.add(i);
      }
    }
    return failed;
  }

  /** The captures of its tasks that have one. */
  List<ChangeCapture> captures() {
    return statuses.stream().flatMap(status -> status.capture().stream()).toList();
  }

  /** The latest errors of all tasks, the latest first. */
  List<PastError> errors() {
    return statuses.stream()
        .flatMap(status -> status.history().latestFirst().stream())
        .sorted(ErrorHistory.LATEST_FIRST)
        .toList();
  }

  Optional<ConnectorView> view() {
    ConnectorSpec spec;
    TargetState target;
    lock.lock();
    try {
      spec = wantedSpec;
      target = wantedTarget;
    } finally {
      lock.unlock();
    }
    if (spec == null) {
      return Optional.empty();
    }
    Set<String> topics = new TreeSet<>();
    Set<String> written = new TreeSet<>();
    List<TaskView> tasks = new ArrayList<>();
    List<TaskStatus> now = statuses;
    List<Long> lags =
        spec.kind() == ConnectorSpec.Kind.SOURCE
            ? Collections.nCopies(now.size(), 0L)
            : Assignment.lags(workers.log(), spec, now.size());
    for (int i = 0; i < now.size(); i++) {
      tasks.add(now.get(i).view(lags.get(i)));
      topics.addAll(now.get(i).topics());
      written.addAll(now.get(i).written());
    }
    // What a source carries, it writes.
    Set<String> outputs = spec.kind() == ConnectorSpec.Kind.SOURCE ? topics : written;
    return Optional.of(
        new ConnectorView(
            spec,
            target,
            worst(tasks),
            List.copyOf(tasks),
            List.copyOf(topics),
            List.copyOf(outputs)));
  }

  private static TaskState worst(List<TaskView> tasks) {
    List<TaskState> fromWorst =
        List.of(
            TaskState.FAILED,
            TaskState.RESTARTING,
            TaskState.UNASSIGNED,
            TaskState.STOPPED,
            TaskState.PAUSED);
    for (TaskState state : fromWorst) {
      for (TaskView task : tasks) {
        if (task.state() == state) {
          return state;
        }
      }
    }
    return TaskState.RUNNING;
  }

  // --- Making it so; all below runs on the supervising thread ---

  /** What was wanted at one moment. */
  private record Wish(
      @Nullable ConnectorSpec spec,
      TargetState target,
      Set<Integer> restarts,
      boolean closing,
      Actor by) {}

  private void supervise() {
    try {
      boolean goOn = true;
      while (goOn) {
        Wish wish = awaitWish();
        goOn = fulfil(wish);
        rest();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("Nobody interrupts a supervisor.", e);
    }
  }

  private Wish awaitWish() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!pending) {
        changed.await();
      }
      pending = false;
      Wish wish = new Wish(wantedSpec, wantedTarget, Set.copyOf(wantedRestarts), closing, wantedBy);
      wantedRestarts.clear();
      return wish;
    } finally {
      lock.unlock();
    }
  }

  private void rest() {
    lock.lock();
    try {
      atRest = !pending && running.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Makes tasks match the wish; tells whether to wait for further wishes. */
  private boolean fulfil(Wish wish) throws InterruptedException {
    ConnectorSpec spec = wish.spec();
    if (wish.closing()) {
      running.stopAll();
      return false;
    }
    if (spec == null) {
      leave(wish.by());
      return !end();
    }
    boolean other = !spec.equals(runningSpec);
    boolean first = runningSpec == null;
    if (other) {
      running.stopAll();
      statuses = statusesFor(spec);
      statuses.forEach(TaskStatus::forgetTopics);
    }
    runningSpec = spec;
    boolean again = (other && !first) || !wish.restarts().isEmpty();
    if (wish.target() == TargetState.STOPPED) {
      running.stopAll();
      rest(); // Whoever sees STOPPED may alter positions.
      statuses.forEach(TaskStatus::stopped);
      tell(wish, first, again);
    } else {
      // Told first, so that no failure is reported before the start.
      boolean fresh = other || reachedTarget == TargetState.STOPPED;
      tell(wish, first, again);
      run(spec, wish, fresh);
    }
    return true;
  }

  /** Ends, unless something is wanted again. */
  private boolean end() {
    lock.lock();
    try {
      ended = !pending;
    } finally {
      lock.unlock();
    }
    if (ended) {
      whenEnded.accept(this);
    }
    return ended;
  }

  private void leave(Actor by) throws InterruptedException {
    if (runningSpec == null) {
      return;
    }
    running.stopAll();
    statuses.forEach(TaskStatus::stopped);
    runningSpec = null;
    reachedTarget = null;
    surroundings.publish("connector.stopped", name, "The connector was removed.", by);
  }

  private void run(ConnectorSpec spec, Wish wish, boolean anew) throws InterruptedException {
    List<Integer> toRestart = wish.restarts().stream().filter(running::contains).toList();
    toRestart.forEach(number -> statuses.get(number).restartRequested());
    running.stop(toRestart);
    boolean paused = wish.target() == TargetState.PAUSED;
    running.setPaused(paused);
    for (int number = 0; number < spec.tasks(); number++) {
      if (!running.contains(number)) {
        TaskStatus status = statuses.get(number);
        if (anew) {
          status.renew();
        }
        running.start(new ManagedTask(spec, number, status, workers, paused));
      }
    }
  }

  private void tell(Wish wish, boolean first, boolean restarted) {
    TargetState target = wish.target();
    TargetState before = reachedTarget;
    reachedTarget = target;
    if (before != target) {
      switch (target) {
        case STARTED -> {
          boolean resumed = before == TargetState.PAUSED;
          surroundings.publish(
              resumed ? "connector.resumed" : "connector.started",
              name,
              resumed ? "The connector goes on." : "The connector was started.",
              wish.by());
        }
        case PAUSED ->
            surroundings.publish("connector.paused", name, "The connector pauses.", wish.by());
        case STOPPED -> {
          if (!first) {
            surroundings.publish(
                "connector.stopped", name, "The connector was stopped.", wish.by());
          }
        }
      }
    } else if (restarted && target != TargetState.STOPPED) {
      surroundings.publish("connector.restarted", name, "The connector was restarted.", wish.by());
    }
  }

  private List<TaskStatus> statusesFor(ConnectorSpec spec) {
    List<TaskStatus> made = new ArrayList<>();
    for (int number = 0; number < spec.tasks(); number++) {
      made.add(
          number < statuses.size()
              ? statuses.get(number)
              : new TaskStatus(name, number, surroundings));
    }
    return List.copyOf(made);
  }
}
