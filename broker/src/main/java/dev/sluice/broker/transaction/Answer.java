package dev.sluice.broker.transaction;

import org.apache.kafka.common.protocol.Errors;

/**
 * What the coordinator says to a request.
 *
 * @param error {@code NONE} if it was done
 * @param producer how the producer is to call itself from now on; {@link ProducerIdentity#NONE} if
 *     that does not change, and for errors
 */
public record Answer(Errors error, ProducerIdentity producer) {

  /** It is done. */
  static final Answer DONE = new Answer(Errors.NONE, ProducerIdentity.NONE);

  static Answer refused(Errors error) {
    return new Answer(error, ProducerIdentity.NONE);
  }

  static Answer of(ProducerIdentity producer) {
    return new Answer(Errors.NONE, producer);
  }
}
