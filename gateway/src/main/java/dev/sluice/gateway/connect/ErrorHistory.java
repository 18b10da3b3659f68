package dev.sluice.gateway.connect;

import dev.sluice.gateway.connect.ConnectorView.TaskError;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * The latest errors of a task. Failures and records that were set aside are kept apart, so that
 * many of the one don't push out the other; a failure that is repeated counts once. Lives as long
 * as the process. Thread-safe, guarded by its monitor.
 */
final class ErrorHistory {

  /** How many failures, and how many records that were set aside, are kept. */
  static final int MAX_EACH = 20;

  static final Comparator<PastError> LATEST_FIRST = Comparator.comparing(PastError::at).reversed();

  private final int task;
  private final Deque<PastError> failures = new ArrayDeque<>();
  private final Deque<PastError> setAside = new ArrayDeque<>();

  ErrorHistory(int task) {
    this.task = task;
  }

  /** An attempt has failed. */
  synchronized void failed(Instant at, TaskError error) {
    PastError last = failures.peekLast();
    Instant since = at;
    if (last != null && isRepeated(last.error(), error)) {
      since = last.since();
      failures.removeLast();
    }
    add(failures, new PastError(task, since, at, false, error));
  }

  private static boolean isRepeated(TaskError last, TaskError error) {
    return error.attempts() > last.attempts()
        && last.code().equals(error.code())
        && last.message().equals(error.message());
  }

  /** A record was refused. */
  synchronized void refused(Instant at, TaskError error) {
    add(setAside, new PastError(task, at, at, true, error));
  }

  private static void add(Deque<PastError> errors, PastError error) {
    if (errors.size() == MAX_EACH) {
      errors.removeFirst();
    }
    errors.addLast(error);
  }

  /** What is kept, the latest first. */
  synchronized List<PastError> latestFirst() {
    List<PastError> all = new ArrayList<>(failures);
    all.addAll(setAside);
    all.sort(LATEST_FIRST);
    return all;
  }
}
