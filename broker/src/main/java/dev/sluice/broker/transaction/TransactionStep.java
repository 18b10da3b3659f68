package dev.sluice.broker.transaction;

import dev.sluice.broker.transaction.TransactionEvent.NotStored;
import dev.sluice.broker.transaction.TransactionEvent.Request;
import dev.sluice.broker.transaction.TransactionEvent.Stored;
import java.util.List;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;

/**
 * One step of a transactional id: a state and an event make the next state and what is to be done.
 * Pure: no clock, disk or thread in here.
 *
 * <p>Invariants. STORED-THEN-TOLD: whoever asked hears of a change when it is durable, and what
 * follows from it is done then, not before. ONE-AT-A-TIME: while a change is being stored, no other
 * is begun; so the log has the changes in their order.
 *
 * @param next the state afterwards
 * @param effects what to do, in this order
 */
record TransactionStep(State next, List<Effect> effects) {

  /**
   * Of a transactional id.
   *
   * @param durable null if it is not known
   * @param pending the change that is being stored, if any
   */
  record State(@Nullable Transaction durable, @Nullable Pending pending) {

    /** Nothing is known. */
    static final State UNKNOWN = new State(null, null);

    /** Whether it can be forgotten: nothing is known, and nothing under way. */
    boolean isUnknown() {
      return durable == null && pending == null;
    }
  }

  /** A change that is being stored; null forgets the transactional id. */
  record Pending(@Nullable Transaction next, Answer onceStored) {}

  /** What is to be done. */
  sealed interface Effect {

    /** Answer the request that led here. */
    record Reply(Answer answer) implements Effect {}

    /** Make a state durable, then say {@link Stored} or {@link NotStored}. */
    record Store(@Nullable Transaction next) implements Effect {}

    /** Tell all partitions how the transaction ends, then say so. */
    record WriteMarkers(Transaction prepared) implements Effect {}

    /** Ask again with a new producer id. */
    record BringProducerId() implements Effect {}
  }

  static TransactionStep of(State state, TransactionEvent event, long nowMillis) {
    return switch (event) {
      case Request request -> request(state, request, nowMillis);
      case Stored unused -> stored(pending(state, event));
      case NotStored failed ->
          new TransactionStep(
              new State(state.durable(), null),
              List.of(new Effect.Reply(Answer.refused(failed.error()))));
    };
  }

  private static TransactionStep request(State state, Request request, long nowMillis) {
    if (state.pending() != null) {
      return replied(state, Answer.refused(Errors.CONCURRENT_TRANSACTIONS));
    }
    return switch (TransactionRules.decide(state.durable(), request, nowMillis)) {
      case Decision.Reply reply -> replied(state, reply.answer());
      case Decision.NeedsProducerId unused ->
          new TransactionStep(state, List.of(new Effect.BringProducerId()));
      case Decision.Change change ->
          new TransactionStep(
              new State(state.durable(), new Pending(change.next(), change.onceStored())),
              List.of(new Effect.Store(change.next())));
    };
  }

  private static TransactionStep stored(Pending pending) {
    Transaction next = pending.next();
    Effect reply = new Effect.Reply(pending.onceStored());
    return new TransactionStep(
        new State(next, null),
        next != null && next.isEnding()
            ? List.of(reply, new Effect.WriteMarkers(next))
            : List.of(reply));
  }

  private static TransactionStep replied(State state, Answer answer) {
    return new TransactionStep(state, List.of(new Effect.Reply(answer)));
  }

  private static Pending pending(State state, TransactionEvent event) {
    Pending pending = state.pending();
    if (pending == null) {
      throw new IllegalStateException(event + ", but nothing was to be stored in " + state);
    }
    return pending;
  }
}
