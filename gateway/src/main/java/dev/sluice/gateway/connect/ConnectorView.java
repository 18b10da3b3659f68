package dev.sluice.gateway.connect;

import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.connect.work.ErrorPlace;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connector as people see it. Contains no secrets when rendered through its display
 * configuration; the options of the spec must not leave the process.
 *
 * @param spec what was declared
 * @param target what is wanted of it
 * @param state the worst that is seen of its tasks, FAILED before all others
 * @param tasks its tasks by number
 * @param topics topics that it has written to or reads from, under this spec
 * @param written those that it has written to
 */
public record ConnectorView(
    ConnectorSpec spec,
    TargetState target,
    TaskState state,
    List<TaskView> tasks,
    List<String> topics,
    List<String> written) {

  /**
   * A task as people see it.
   *
   * @param number from 0
   * @param state what is seen of it
   * @param since when it came into this state; while it has an error, when the first attempt failed
   *     after it had last worked
   * @param error the error that it failed with or is waiting out, or null when all is well
   * @param records records carried since the process started
   * @param bytes bytes of keys and values carried since the process started
   * @param rejected records set aside since the process started
   * @param failures attempts that have failed since the process started
   * @param restarts how often it was restarted after a failure since the process started
   * @param lag for sinks and rules, how many records are waiting; 0 for sources
   */
  public record TaskView(
      int number,
      TaskState state,
      Instant since,
      @Nullable TaskError error,
      long records,
      long bytes,
      long rejected,
      long failures,
      long restarts,
      long lag) {}

  /**
   * Why a task stands still or stumbles.
   *
   * @param code stable name of the error
   * @param category who can mend it
   * @param message what is wrong
   * @param suggestion what to do, or null
   * @param trace the stack trace, without secrets
   * @param place what it concerns, or null if that is not known
   * @param attempts how many attempts have failed in a row; 0 where nothing is tried again
   * @param nextAttempt when it is tried again, or null while it is being tried, or when it is not
   */
  public record TaskError(
      String code,
      String category,
      String message,
      @Nullable String suggestion,
      String trace,
      @Nullable ErrorPlace place,
      int attempts,
      @Nullable Instant nextAttempt) {

    /** The same error after so many attempts. */
    TaskError with(int failures, @Nullable Instant next) {
      return new TaskError(code, category, message, suggestion, trace, place, failures, next);
    }
  }

  /** The configuration to show. */
  public Map<String, Object> displayConfig() {
    return spec.displayConfig();
  }
}
