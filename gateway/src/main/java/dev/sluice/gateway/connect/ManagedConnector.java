package dev.sluice.gateway.connect;

import dev.sluice.connector.ChangeCapture;
import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.connect.ConnectorView.TaskView;
import dev.sluice.gateway.connect.Wishes.Wish;
import dev.sluice.gateway.connect.work.Assignment;
import dev.sluice.gateway.events.Actor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connector: takes wishes at once, and makes them come true on a virtual thread of its own, so
 * that one connector that is slow to stop holds up neither its callers nor any other.
 *
 * <p>It ends once it has left and nobody wants it back: then it takes no wish any more.
 *
 * <p>Thread-safe. The running tasks belong to the supervising thread.
 */
final class ManagedConnector {

  private final String name;
  private final Workers workers;
  private final Surroundings surroundings;
  private final Consumer<ManagedConnector> whenEnded;
  private final Thread supervisor;
  private final Wishes wishes;

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
    this.wishes = new Wishes(spec, target, surroundings.events());
    this.statuses = statusesFor(spec);
    this.supervisor = Thread.ofVirtual().name("connector-" + name).unstarted(this::supervise);
  }

  void start() {
    supervisor.start();
  }

  /** What is wanted of it. */
  Wishes wishes() {
    return wishes;
  }

  /** Waits for the supervising thread to end after {@link Wishes#close}. */
  boolean awaitClosed(Duration timeout) throws InterruptedException {
    return supervisor.join(timeout);
  }

  // --- What is seen ---

  String name() {
    return name;
  }

  /** The wanted spec, or nothing if the connector is to go. */
  Optional<ConnectorSpec> spec() {
    return Optional.ofNullable(wishes.now().spec());
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
    Wish wish = wishes.now();
    ConnectorSpec spec = wish.spec();
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
            wish.target(),
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

  private void supervise() {
    try {
      boolean goOn = true;
      while (goOn) {
        goOn = fulfil(wishes.take());
        rest();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("Nobody interrupts a supervisor.", e);
    }
  }

  private void rest() {
    wishes.done(!running.isEmpty());
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
    boolean ended = wishes.end();
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
