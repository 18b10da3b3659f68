package dev.sluice.broker.transaction;

import dev.sluice.broker.transaction.CoordinatedId.Turn;
import dev.sluice.broker.transaction.TransactionEvent.Initialize;
import dev.sluice.broker.transaction.TransactionEvent.NotStored;
import dev.sluice.broker.transaction.TransactionEvent.Request;
import dev.sluice.broker.transaction.TransactionEvent.Stored;
import dev.sluice.broker.transaction.TransactionStep.Effect;
import dev.sluice.log.StorageException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thin shell around {@link TransactionStep}: brings requests to their transactional ids and
 * carries out what they decide. Thread-safe.
 */
final class RequestRunner {

  private static final Logger LOG = LoggerFactory.getLogger(RequestRunner.class);

  private final StateTopic topic;
  private final ProducerIds producerIds;
  private final Clock clock;
  private final int maxIds;
  private final Executor threads;
  private final BiConsumer<CoordinatedId, Transaction> whenDecided;

  /**
   * A shell.
   *
   * @param maxIds how many transactional ids there may be
   * @param threads for requests that are tried again
   * @param whenDecided writes the markers of a transaction that is to end; must not block
   */
  RequestRunner(
      StateTopic topic,
      ProducerIds producerIds,
      Clock clock,
      int maxIds,
      Executor threads,
      BiConsumer<CoordinatedId, Transaction> whenDecided) {
    this.topic = topic;
    this.producerIds = producerIds;
    this.clock = clock;
    this.maxIds = maxIds;
    this.threads = threads;
    this.whenDecided = whenDecided;
  }

  /** A request that was made: its answer to come, and the next change of what it asked. */
  private record Asked(CompletableFuture<Answer> answer, CompletableFuture<Void> nextChange) {}

  /**
   * Asks a transactional id; what has to wait for another change waits a little.
   *
   * @param patience how long
   * @return never fails
   */
  CompletableFuture<Answer> ask(String name, Request request, Duration patience) {
    return ask(name, request, System.nanoTime(), patience.toNanos());
  }

  private CompletableFuture<Answer> ask(
      String name, Request request, long sinceNanos, long patienceNanos) {
    Asked asked = askOnce(name, request);
    if (patienceNanos == 0) {
      return asked.answer();
    }
    return asked
        .answer()
        .thenCompose(
            answer -> {
              long left = patienceNanos - (System.nanoTime() - sinceNanos);
              if (answer.error() != Errors.CONCURRENT_TRANSACTIONS || left <= 0) {
                return CompletableFuture.completedFuture(answer);
              }
              return asked
                  .nextChange()
                  .copy()
                  .completeOnTimeout(null, left, TimeUnit.NANOSECONDS)
                  .thenComposeAsync(
                      unused -> ask(name, request, sinceNanos, patienceNanos), threads)
                  .exceptionally(RequestRunner::closing);
            });
  }

  /** There is no thread left for another attempt; anything else is a defect. */
  private static Answer closing(Throwable failure) {
    if (!(failure instanceof RejectedExecutionException
        || failure.getCause() instanceof RejectedExecutionException)) {
      LOG.error("A request that had waited failed in an unforeseen way", failure);
    }
    return Answer.refused(Errors.COORDINATOR_NOT_AVAILABLE);
  }

  private Asked askOnce(String name, Request request) {
    StatePartition home = topic.of(name);
    if (home.unavailable() != Errors.NONE) {
      return refused(home.unavailable());
    }
    while (true) {
      boolean isNewcomer = request instanceof Initialize;
      CoordinatedId id = isNewcomer ? topic.findOrAdd(name, maxIds) : home.find(name);
      if (id == null) {
        return refused(isNewcomer ? Errors.POLICY_VIOLATION : Errors.INVALID_PRODUCER_ID_MAPPING);
      }
      Asked asked = ask(home, id, request);
      if (asked != null) {
        return asked;
      }
      home.remove(id);
    }
  }

  private static Asked refused(Errors error) {
    return new Asked(
        CompletableFuture.completedFuture(Answer.refused(error)),
        CompletableFuture.completedFuture(null));
  }

  /**
   * Asks a transactional id at once, if it is still the one in its place.
   *
   * @return never fails
   */
  CompletableFuture<Answer> ask(CoordinatedId id, Request request) {
    Asked asked = ask(topic.of(id.name()), id, request);
    return asked == null ? CompletableFuture.completedFuture(Answer.DONE) : asked.answer();
  }

  private @Nullable Asked ask(StatePartition home, CoordinatedId id, Request request) {
    Turn turn = id.take(request, clock.millis());
    if (turn == null) {
      return null;
    }
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    new Carrier(home, id, request, answer).carryOut(turn);
    return new Asked(answer, turn.nextChange());
  }

  /** Carries out what one request has led to. */
  private final class Carrier {

    private final StatePartition home;
    private final CoordinatedId id;
    private final Request request;
    private final CompletableFuture<Answer> answer;

    Carrier(
        StatePartition home, CoordinatedId id, Request request, CompletableFuture<Answer> answer) {
      this.home = home;
      this.id = id;
      this.request = request;
      this.answer = answer;
    }

    void carryOut(Turn turn) {
      for (Effect effect : turn.effects()) {
        switch (effect) {
          case Effect.Reply reply -> answer.complete(reply.answer());
          case Effect.Store store -> store(store.next());
          case Effect.WriteMarkers write -> whenDecided.accept(id, write.prepared());
          case Effect.BringProducerId unused -> bringProducerId();
        }
      }
    }

    private void store(@Nullable Transaction next) {
      CompletableFuture<?> unused =
          home.store(id.name(), next).handle((stored, failure) -> goOn(failure));
    }

    /** On the thread that says so. */
    private boolean goOn(@Nullable Throwable failure) {
      if (failure != null) {
        LOG.warn(
            "A state of transactional id {} could not be stored: {}",
            id.name(),
            failure.getMessage());
      }
      Turn turn =
          id.take(
              failure == null ? new Stored() : new NotStored(Errors.COORDINATOR_NOT_AVAILABLE),
              clock.millis());
      if (turn == null) {
        throw new IllegalStateException(id.name() + " was forgotten while it was being stored");
      }
      if (id.durable() == null) {
        home.remove(id);
      }
      carryOut(turn);
      return failure == null;
    }

    private void bringProducerId() {
      Request repeated;
      try {
        repeated = request.withNewProducerId(producerIds.next());
      } catch (StorageException failure) {
        LOG.warn("No producer id could be reserved: {}", failure.getMessage());
        if (id.forgetIfUnknown()) {
          home.remove(id);
        }
        answer.complete(Answer.refused(Errors.COORDINATOR_LOAD_IN_PROGRESS));
        return;
      }
      Turn turn = id.take(repeated, clock.millis());
      if (turn == null) {
        answer.complete(Answer.refused(Errors.CONCURRENT_TRANSACTIONS));
      } else {
        new Carrier(home, id, repeated, answer).carryOut(turn);
      }
    }
  }
}
