package dev.sluice.broker.transaction;

import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;

/** What is to become of a request. */
sealed interface Decision {

  /** It is answered at once. */
  record Reply(Answer answer) implements Decision {}

  /**
   * It leads to a new state.
   *
   * @param next null to forget the transactional id
   * @param onceStored the answer when that is durable
   */
  record Change(@Nullable Transaction next, Answer onceStored) implements Decision {}

  /** It has to be repeated with a new producer id. */
  record NeedsProducerId() implements Decision {}

  /** There is nothing to do. */
  static Decision refuse(Errors error) {
    return new Reply(Answer.refused(error));
  }
}
