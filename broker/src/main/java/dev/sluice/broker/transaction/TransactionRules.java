package dev.sluice.broker.transaction;

import dev.sluice.broker.transaction.TransactionEvent.AddPartitions;
import dev.sluice.broker.transaction.TransactionEvent.Request;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.TransactionResult;
import org.jspecify.annotations.Nullable;

/** What becomes of a request, given the durable state of its transactional id. Pure. */
final class TransactionRules {

  private TransactionRules() {}

  /**
   * Decides.
   *
   * @param known null if nothing is known of the transactional id
   */
  static Decision decide(@Nullable Transaction known, Request request, long nowMillis) {
    if (request instanceof TransactionEvent.Initialize init) {
      return InitializeRules.decide(known, init, nowMillis);
    }
    if (known == null) {
      return Decision.refuse(Errors.INVALID_PRODUCER_ID_MAPPING);
    }
    return switch (request) {
      case TransactionEvent.Initialize init -> throw new IllegalStateException("Decided above");
      case AddPartitions add -> add(known, add, nowMillis);
      case TransactionEvent.End end -> EndRules.decide(known, end, nowMillis);
      case TransactionEvent.TimeOut unused ->
          changeIf(known.isTimedOut(nowMillis), () -> abortAndFence(known, nowMillis));
      case TransactionEvent.Expire expire ->
          known.state().isExpirationAllowed() && known.updatedMillis() <= expire.unusedSinceMillis()
              ? new Decision.Change(null, Answer.DONE)
              : new Decision.Reply(Answer.DONE);
      case TransactionEvent.MarkersWritten unused ->
          changeIf(known.isEnding(), () -> known.completed(nowMillis));
    };
  }

  /**
   * Whether a partition belongs to a producer's transaction (KIP-890, part 1).
   *
   * @return {@code NONE} if so
   */
  static Errors verify(
      @Nullable Transaction known, ProducerIdentity producer, Set<TopicPartition> partitions) {
    Errors refused = refuse(known, producer);
    if (refused != Errors.NONE) {
      return refused;
    }
    return known != null && known.partitions().containsAll(partitions)
        ? Errors.NONE
        : Errors.TRANSACTION_ABORTABLE;
  }

  /** What a timeout and a new instance do to an open transaction: its producer is fenced too. */
  static Transaction abortAndFence(Transaction known, long nowMillis) {
    return known.endingEpoch(TransactionResult.ABORT, ProducerIdentity.NO_ID, nowMillis);
  }

  static IllegalStateException impossible(Transaction known) {
    return new IllegalStateException("No transaction can be in this state: " + known);
  }

  private static Decision add(Transaction known, AddPartitions add, long nowMillis) {
    if (known.isEnding()) {
      // It may be the producer that comes next, whose id nobody knows before this is complete.
      return Decision.refuse(Errors.CONCURRENT_TRANSACTIONS);
    }
    Errors refused = refuse(known, add.producer());
    if (refused != Errors.NONE) {
      return Decision.refuse(refused);
    }
    if (known.isOngoing() && known.partitions().containsAll(add.partitions())) {
      return new Decision.Reply(Answer.DONE);
    }
    return new Decision.Change(
        known.with(add.partitions(), add.clientVersion(), nowMillis), Answer.DONE);
  }

  private static Errors refuse(@Nullable Transaction known, ProducerIdentity producer) {
    if (known == null || known.producer().id() != producer.id()) {
      return Errors.INVALID_PRODUCER_ID_MAPPING;
    }
    if (!known.producer().equals(producer) || producer.epoch() == ProducerIdentity.LAST_EPOCH) {
      return Errors.PRODUCER_FENCED;
    }
    return known.isEnding() ? Errors.CONCURRENT_TRANSACTIONS : Errors.NONE;
  }

  private static Decision changeIf(boolean isDue, Supplier<Transaction> transition) {
    return isDue
        ? new Decision.Change(transition.get(), Answer.DONE)
        : new Decision.Reply(Answer.DONE);
  }
}
