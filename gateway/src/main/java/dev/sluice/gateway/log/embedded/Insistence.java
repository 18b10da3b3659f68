package dev.sluice.gateway.log.embedded;

import dev.sluice.broker.transaction.Answer;
import dev.sluice.gateway.log.LogException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.protocol.Errors;

/**
 * Asks the transaction coordinator again where a client would: while it loads, or while the markers
 * of the transaction before are being written; but not for ever.
 *
 * @param limit how long it waits in all
 * @param pause between two questions
 */
record Insistence(Duration limit, Duration pause) {

  static final Insistence DEFAULT = new Insistence(Duration.ofSeconds(10), Duration.ofMillis(10));

  /**
   * Asks until it is done.
   *
   * @param question may be asked several times
   * @throws LogException {@code PARTITION_OFFLINE} if the time ran out, {@code TRANSACTION_LOST} if
   *     the coordinator refuses
   */
  Answer ask(String subject, Supplier<CompletableFuture<Answer>> question)
      throws InterruptedException {
    return get(
        () -> {
          Answer answer = await(question.get());
          if (answer.error() != Errors.NONE) {
            throw answer.error().exception(subject + ": " + answer.error().message());
          }
          return answer;
        });
  }

  /** The same for a question that is answered at once, or by an {@link ApiException}. */
  <T> T get(Supplier<T> question) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      try {
        return question.get();
      } catch (ApiException refusal) {
        boolean mayPass = refusal instanceof RetriableException;
        if (!mayPass || deadline - System.nanoTime() < pause.toNanos()) {
          throw new LogException(
              mayPass ? LogException.Code.PARTITION_OFFLINE : LogException.Code.TRANSACTION_LOST,
              "The transaction can't go on now: " + refusal.getMessage(),
              refusal);
        }
      }
      Thread.sleep(pause);
    }
  }

  private Answer await(CompletableFuture<Answer> answer) {
    try {
      return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException silence) {
      throw Errors.REQUEST_TIMED_OUT.exception();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new LogException(
          LogException.Code.TRANSACTION_LOST, "Interrupted within a transaction.", interrupted);
    } catch (ExecutionException never) {
      throw new LogException(
          LogException.Code.INTERNAL, "The coordinator failed: " + never.getCause(), never);
    }
  }
}
