package dev.sluice.broker.transaction;

import dev.sluice.broker.transaction.TransactionStep.Effect;
import dev.sluice.broker.transaction.TransactionStep.State;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;

/**
 * A transactional id in memory. Thread-safe: its state changes under its monitor, step by step, and
 * is read without.
 */
final class CoordinatedId {

  private final String name;
  private final Passes passes = new Passes();
  private volatile State state;
  private CompletableFuture<Void> change = new CompletableFuture<>();
  private boolean isForgotten;

  CoordinatedId(String name, @Nullable Transaction durable) {
    this.name = name;
    this.state = new State(durable, null);
  }

  /**
   * What came of an event.
   *
   * @param effects to be carried out by the caller
   * @param nextChange completes with the next change of the state
   */
  record Turn(List<Effect> effects, CompletableFuture<Void> nextChange) {}

  String name() {
    return name;
  }

  /** What is durable; null if nothing is yet. */
  @Nullable Transaction durable() {
    return state.durable();
  }

  Passes passes() {
    return passes;
  }

  /** Whether partitions belong to the producer's transaction under way. */
  boolean hasAdmitted(ProducerIdentity producer, Set<TopicPartition> partitions) {
    Transaction durable = state.durable();
    return durable != null
        && durable.isOngoing()
        && TransactionRules.verify(durable, producer, partitions) == Errors.NONE;
  }

  /**
   * Takes a step.
   *
   * @return null if this one has been forgotten: another one may stand in its place
   */
  @Nullable Turn take(TransactionEvent event, long nowMillis) {
    CompletableFuture<Void> changed = null;
    Turn turn;
    synchronized (this) {
      if (isForgotten) {
        return null;
      }
      TransactionStep step = TransactionStep.of(state, event, nowMillis);
      if (!step.next().equals(state)) {
        state = step.next();
        changed = change;
        change = new CompletableFuture<>();
      }
      isForgotten = state.isUnknown() && !(event instanceof TransactionEvent.Request);
      turn = new Turn(step.effects(), change);
    }
    if (changed != null) {
      changed.complete(null);
    }
    return turn;
  }

  /** Makes way if nothing is known of it. */
  synchronized boolean forgetIfUnknown() {
    isForgotten = state.isUnknown();
    return isForgotten;
  }
}
