package dev.sluice.gateway.connect;

import dev.sluice.connector.ChangeCapture;
import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.ErrorCategory;
import dev.sluice.gateway.connect.ConnectorView.TaskError;
import dev.sluice.gateway.connect.ConnectorView.TaskView;
import dev.sluice.gateway.connect.work.Backoff;
import dev.sluice.gateway.connect.work.ErrorPlace;
import dev.sluice.gateway.connect.work.Errors;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is seen of a task, over all attempts to run it. Once an attempt has failed the task is in
 * trouble, and shows it, until something proves that it works again; merely having started again
 * proves nothing. Reports the first failure and the recovery as events, not what is in between.
 * Thread-safe.
 */
final class TaskStatus {

  private static final Logger LOG = LoggerFactory.getLogger(TaskStatus.class);
  private static final int MAX_TRACE_CHARS = 16_384;

  private final String connector;
  private final int number;
  private final Surroundings surroundings;
  private final AtomicLong records = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong rejected = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private final AtomicLong restarts = new AtomicLong();
  private final ErrorHistory history;
  private final Set<String> topics = new ConcurrentSkipListSet<>();
  private final Set<String> written = new ConcurrentSkipListSet<>();

  // Guarded by this object's monitor, which is never held while calling anything but the
  // clock and the history.
  private TaskState state = TaskState.UNASSIGNED;
  private Instant since;

  /** Since when the error, or those before it, have been there. */
  private Instant inTroubleSince;

  private @Nullable TaskError error;
  private int attempts;
  private boolean paused;

  /**
   * Of the latest attempt that came so far; stays when the task stops, as the last that is known.
   */
  private volatile @Nullable ChangeCapture capture;

  /** Whether all is well; read without the monitor since every batch asks. */
  private volatile boolean well;

  TaskStatus(String connector, int number, Surroundings surroundings) {
    this.connector = connector;
    this.number = number;
    this.surroundings = surroundings;
    this.history = new ErrorHistory(number);
    this.since = surroundings.clock().instant();
    this.inTroubleSince = since;
  }

  /** Forgets trouble: another configuration deserves a fresh look. */
  synchronized void renew() {
    error = null;
    attempts = 0;
    paused = false;
    capture = null;
    enter(TaskState.UNASSIGNED);
  }

  /** Forgets where records came from and went to: another configuration has other topics. */
  void forgetTopics() {
    topics.clear();
    written.clear();
  }

  /** The task is started again because somebody asked for it; the back-off begins anew. */
  synchronized void restartRequested() {
    paused = false;
    attempts = 0;
    enter(TaskState.RESTARTING);
  }

  /** An attempt begins. */
  synchronized void attempting() {
    TaskError known = error;
    if (known != null) {
      error = known.with(known.attempts(), null);
      enter(TaskState.RESTARTING);
    } else if (state != TaskState.RESTARTING) {
      enter(TaskState.UNASSIGNED);
    }
  }

  /** The task has connected. */
  synchronized void started() {
    if (error == null) {
      enter(TaskState.RUNNING);
    }
  }

  /** Something was done, so nothing is wrong (any more). */
  void works() {
    if (!well && recover()) {
      surroundings.publish("connector.recovered", connector, "Task " + number + " works again.");
    }
  }

  private synchronized boolean recover() {
    boolean recovered = error != null;
    error = null;
    attempts = 0;
    // What was on its way when the pause began still arrives.
    enter(paused ? TaskState.PAUSED : TaskState.RUNNING);
    return recovered;
  }

  /**
   * An attempt has failed.
   *
   * @param cover covers secrets in texts
   * @return the pause before the next one, or null if there is to be none
   */
  @Nullable Duration failed(
      ConnectorException failure, Backoff backoff, UnaryOperator<String> cover) {
    surroundings.metrics().failed(connector, number, failure.category());
    double random = surroundings.random().nextDouble();
    TaskError described =
        describe(failure, Errors.trace(failure, MAX_TRACE_CHARS), Errors.place(failure), cover);
    @Nullable Duration pause;
    int inARow;
    synchronized (this) {
      inARow = ++attempts;
      pause = Errors.pause(failure, inARow, backoff, random);
      Instant now = surroundings.clock().instant();
      if (error == null) {
        inTroubleSince = now;
      }
      error = described.with(inARow, pause == null ? null : now.plus(pause));
      history.failed(now, described.with(inARow, null));
      enter(TaskState.FAILED);
    }
    failures.incrementAndGet();
    if (inARow == 1) {
      LOG.warn(
          "Task {} of connector '{}' failed ({}): {}{}",
          number,
          connector,
          described.code(),
          described.message(),
          failure.category() == ErrorCategory.INTERNAL ? "\n" + described.trace() : "");
      surroundings.publish(
          "connector.failed", connector, "Task " + number + " failed: " + described.message());
    }
    return pause;
  }

  void captures(ChangeCapture capturing) {
    capture = capturing;
  }

  Optional<ChangeCapture> capture() {
    return Optional.ofNullable(capture);
  }

  /** A record was refused, and will be set aside. */
  void refused(TaskError why) {
    history.refused(surroundings.clock().instant(), why);
  }

  /** The errors of before. */
  ErrorHistory history() {
    return history;
  }

  synchronized void paused() {
    paused = true;
    enter(TaskState.PAUSED);
  }

  synchronized void resumed() {
    paused = false;
    enter(error == null ? TaskState.RUNNING : TaskState.RESTARTING);
  }

  /** The task has stopped and is not to run. */
  synchronized void stopped() {
    error = null;
    attempts = 0;
    paused = false;
    enter(TaskState.STOPPED);
  }

  private void enter(TaskState next) {
    if (state != next) {
      state = next;
      since = surroundings.clock().instant();
    }
    well = error == null && (next == TaskState.RUNNING || next == TaskState.PAUSED);
  }

  void carried(String topic, long moreRecords, long moreBytes) {
    records.addAndGet(moreRecords);
    bytes.addAndGet(moreBytes);
    topics.add(topic);
    surroundings.metrics().carried(connector, number, topic, moreRecords, moreBytes);
  }

  /** Not carried once more: what a rule carries is counted where it comes from. */
  void wrote(String topic, long moreRecords) {
    topics.add(topic);
    written.add(topic);
    surroundings.metrics().wrote(connector, number, topic, moreRecords);
  }

  void rejected(long more) {
    rejected.addAndGet(more);
  }

  void restarted() {
    restarts.incrementAndGet();
  }

  synchronized TaskState state() {
    return state;
  }

  /** Topics that records went to or came from. */
  Set<String> topics() {
    return topics;
  }

  /** Those that {@link #wrote} told of. */
  Set<String> written() {
    return written;
  }

  synchronized TaskView view(long lag) {
    return new TaskView(
        number,
        state,
        error == null ? since : inTroubleSince,
        error,
        records.get(),
        bytes.get(),
        rejected.get(),
        failures.get(),
        restarts.get(),
        lag);
  }

  /** An error that has not been counted as an attempt. */
  static TaskError describe(
      ConnectorException failure,
      String trace,
      @Nullable ErrorPlace place,
      UnaryOperator<String> cover) {
    return new TaskError(
        failure.code(),
        failure.category().name(),
        cover.apply(failure.message()),
        failure.suggestion().map(cover).orElse(null),
        cover.apply(trace),
        place,
        0,
        null);
  }
}
