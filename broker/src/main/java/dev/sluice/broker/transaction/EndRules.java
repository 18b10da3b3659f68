package dev.sluice.broker.transaction;

import dev.sluice.broker.transaction.TransactionEvent.End;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.TransactionResult;

/**
 * What becomes of {@code EndTxn}. Pure.
 *
 * <p>Where an epoch lasts as long as its producer, a state together with the epoch tells a repeated
 * request from a new one. Where it ends with the transaction (KIP-890), the epoch alone does: the
 * one before the present one is a repetition.
 */
final class EndRules {

  private EndRules() {}

  static Decision decide(Transaction known, End end, long nowMillis) {
    return end.endsEpoch() ? endEpoch(known, end, nowMillis) : endOnly(known, end, nowMillis);
  }

  private static Decision endOnly(Transaction known, End end, long nowMillis) {
    if (end.producer().id() != known.producer().id()) {
      return Decision.refuse(Errors.INVALID_PRODUCER_ID_MAPPING);
    }
    if (end.producer().epoch() != known.producer().epoch()) {
      return Decision.refuse(Errors.PRODUCER_FENCED);
    }
    return switch (known.state()) {
      case ONGOING -> new Decision.Change(known.ending(end.result(), nowMillis), Answer.DONE);
      case COMPLETE_COMMIT, COMPLETE_ABORT -> ifSame(known, end, Answer.DONE);
      case PREPARE_COMMIT, PREPARE_ABORT -> Decision.refuse(Errors.CONCURRENT_TRANSACTIONS);
      case EMPTY -> Decision.refuse(Errors.INVALID_TXN_STATE);
      case DEAD, PREPARE_EPOCH_FENCE -> throw TransactionRules.impossible(known);
    };
  }

  private static Decision endEpoch(Transaction known, End end, long nowMillis) {
    if (known.isEnding()) {
      // It may be the producer that comes next, whose id nobody knows before this is complete.
      return Decision.refuse(Errors.CONCURRENT_TRANSACTIONS);
    }
    if (end.producer().id() != known.producer().id() && !isRepeatedByPredecessor(known, end)) {
      return Decision.refuse(Errors.INVALID_PRODUCER_ID_MAPPING);
    }
    boolean isCurrent =
        end.producer().equals(known.producer())
            && end.producer().epoch() != ProducerIdentity.LAST_EPOCH;
    boolean isRepeated =
        hasEndedItsEpoch(known)
            && (end.producer().epoch() + 1 == known.producer().epoch()
                || isRepeatedByPredecessor(known, end));
    return switch (known.state()) {
      case ONGOING -> isCurrent ? finish(known, end, nowMillis) : fenced();
      case EMPTY -> isCurrent ? abortNothing(known, end, nowMillis) : fenced();
      case COMPLETE_COMMIT, COMPLETE_ABORT -> {
        if (isRepeated) {
          yield ifSame(known, end, Answer.of(known.producer()));
        }
        yield isCurrent ? abortNothing(known, end, nowMillis) : fenced();
      }
      case PREPARE_COMMIT, PREPARE_ABORT, DEAD, PREPARE_EPOCH_FENCE ->
          throw TransactionRules.impossible(known);
    };
  }

  /**
   * Whether the last transaction took its epoch with it; only then is the epoch before this one the
   * same producer's. A client that keeps its epoch may have come after a newer one, as when a
   * program is rolled back: the epoch before that one is a fenced producer's.
   */
  private static boolean hasEndedItsEpoch(Transaction known) {
    return known.clientVersion() >= Transaction.EPOCH_PER_TRANSACTION;
  }

  /** Whether the one who asks is the id before this one, which had come to its last epoch. */
  private static boolean isRepeatedByPredecessor(Transaction known, End end) {
    return end.producer().id() == known.previousProducerId()
        && end.producer().epoch() == ProducerIdentity.LAST_EPOCH - 1
        && known.producer().epoch() == 0;
  }

  /** A client that doesn't know whether its transaction has begun may abort it all the same. */
  private static Decision abortNothing(Transaction known, End end, long nowMillis) {
    return end.result() == TransactionResult.ABORT
        ? finish(known, end, nowMillis)
        : Decision.refuse(Errors.INVALID_TXN_STATE);
  }

  private static Decision finish(Transaction known, End end, long nowMillis) {
    boolean needsSuccessor = known.producer().isExhausted();
    if (needsSuccessor && end.newProducerId() == ProducerIdentity.NO_ID) {
      return new Decision.NeedsProducerId();
    }
    long successor = needsSuccessor ? end.newProducerId() : ProducerIdentity.NO_ID;
    Transaction next = known.endingEpoch(end.result(), successor, nowMillis);
    return new Decision.Change(next, Answer.of(next.producerOnceComplete()));
  }

  private static Decision ifSame(Transaction known, End end, Answer answer) {
    return end.result() == known.result()
        ? new Decision.Reply(answer)
        : Decision.refuse(Errors.INVALID_TXN_STATE);
  }

  private static Decision fenced() {
    return Decision.refuse(Errors.PRODUCER_FENCED);
  }
}
