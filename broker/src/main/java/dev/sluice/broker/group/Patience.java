package dev.sluice.broker.group;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.protocol.Errors;

/**
 * Asks the coordinator again where a client would, as while it loads, but not for ever.
 *
 * @param limit how long it waits in all
 * @param pause between two questions
 */
record Patience(Duration limit, Duration pause) {

  /**
   * Asks until there is an answer.
   *
   * @param question may be asked several times
   * @param check the error in an answer
   * @throws GroupException as the error means
   */
  <T> T ask(Supplier<CompletableFuture<T>> question, Function<T, Errors> check) {
    long deadline = System.nanoTime() + limit.toNanos();
    Errors error;
    do {
      try {
        T answer = question.get().get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        error = check.apply(answer);
        if (error == Errors.NONE) {
          return answer;
        }
      } catch (ExecutionException failure) {
        error = Errors.forException(failure.getCause());
      } catch (TimeoutException silence) {
        error = Errors.REQUEST_TIMED_OUT;
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new GroupException(
            GroupException.Code.UNAVAILABLE,
            "Interrupted while the groups were asked.",
            interrupted);
      }
    } while (isPassing(error) && pauseBefore(deadline));
    throw translate(error);
  }

  private static boolean isPassing(Errors error) {
    return error.exception() instanceof RetriableException;
  }

  /** Waits a little; false if there is no time for that. */
  private boolean pauseBefore(long deadline) {
    if (deadline - System.nanoTime() <= pause.toNanos()) {
      return false;
    }
    try {
      Thread.sleep(pause);
      return true;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static GroupException translate(Errors error) {
    return switch (error) {
      case GROUP_ID_NOT_FOUND ->
          new GroupException(GroupException.Code.UNKNOWN_GROUP, "There is no such group.");
      case UNKNOWN_MEMBER_ID,
          NON_EMPTY_GROUP,
          ILLEGAL_GENERATION,
          STALE_MEMBER_EPOCH,
          REBALANCE_IN_PROGRESS ->
          new GroupException(
              GroupException.Code.HAS_MEMBERS,
              "The group has members, and its offsets are theirs. Stop them first.");
      case INVALID_GROUP_ID, OFFSET_METADATA_TOO_LARGE, INVALID_REQUEST ->
          new GroupException(GroupException.Code.INVALID, error.message());
      default ->
          new GroupException(
              isPassing(error) ? GroupException.Code.UNAVAILABLE : GroupException.Code.INTERNAL,
              "The groups can't be read or written now: " + error.message());
    };
  }
}
