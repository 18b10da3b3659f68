package dev.sluice.broker.transaction;

import dev.sluice.broker.transaction.TransactionEvent.Initialize;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of {@code InitProducerId}: a transaction that an earlier instance left open is
 * aborted first; then the producer gets the next epoch, or a new id when there is none (KIP-98,
 * KIP-360). Pure.
 */
final class InitializeRules {

  private InitializeRules() {}

  static Decision decide(@Nullable Transaction known, Initialize init, long nowMillis) {
    if (known == null) {
      return create(init, nowMillis);
    }
    if (known.isEnding()) {
      return Decision.refuse(Errors.CONCURRENT_TRANSACTIONS);
    }
    if (init.expected().filter(expected -> !mayBe(known, expected)).isPresent()) {
      return Decision.refuse(Errors.PRODUCER_FENCED);
    }
    return switch (known.state()) {
      case ONGOING ->
          new Decision.Change(
              TransactionRules.abortAndFence(known, nowMillis),
              Answer.refused(Errors.CONCURRENT_TRANSACTIONS));
      case EMPTY, COMPLETE_COMMIT, COMPLETE_ABORT -> begin(known, init, nowMillis);
      case PREPARE_COMMIT, PREPARE_ABORT, DEAD, PREPARE_EPOCH_FENCE ->
          throw TransactionRules.impossible(known);
    };
  }

  private static Decision create(Initialize init, long nowMillis) {
    if (init.newProducerId() == ProducerIdentity.NO_ID) {
      return new Decision.NeedsProducerId();
    }
    return answered(Transaction.created(init.newProducerId(), init.timeoutMillis(), nowMillis));
  }

  /** Whether this is the present producer, or the one before it that has run out of epochs. */
  private static boolean mayBe(Transaction known, ProducerIdentity expected) {
    return expected.id() == known.producer().id()
        || (expected.id() == known.previousProducerId() && expected.isExhausted());
  }

  private static Decision begin(Transaction known, Initialize init, long nowMillis) {
    ProducerIdentity producer = known.producer();
    boolean isUsable = producer.epoch() != ProducerIdentity.LAST_EPOCH;
    short lastEpoch = ProducerIdentity.NO_EPOCH;
    if (init.expected().isPresent()) {
      short expected = init.expected().get().epoch();
      boolean isBefore = expected == known.lastEpoch();
      if (isBefore && isUsable) {
        // It has been done already; only the answer got lost.
        return answered(
            known.initialized(producer, known.lastEpoch(), init.timeoutMillis(), nowMillis));
      }
      if (!isBefore && expected != producer.epoch()) {
        return Decision.refuse(Errors.PRODUCER_FENCED);
      }
      lastEpoch = expected;
    }
    if (!producer.isExhausted()) {
      return answered(
          known.initialized(producer.next(), lastEpoch, init.timeoutMillis(), nowMillis));
    }
    if (init.newProducerId() == ProducerIdentity.NO_ID) {
      return new Decision.NeedsProducerId();
    }
    ProducerIdentity successor = new ProducerIdentity(init.newProducerId(), (short) 0);
    return answered(known.initialized(successor, lastEpoch, init.timeoutMillis(), nowMillis));
  }

  private static Decision answered(Transaction next) {
    return new Decision.Change(next, Answer.of(next.producer()));
  }
}
