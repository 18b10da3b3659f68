package dev.sluice.broker.kafka;

import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;

/**
 * A handler whose answer is there when it returns. Called on the virtual thread of the connection
 * that asks, so it may block, but for a bounded time only: through {@link Call#await} where another
 * thread answers.
 */
public non-sealed interface BlockingHandler<Q extends AbstractRequest> extends ApiHandler<Q> {

  /**
   * Answers a request of a version in the range.
   *
   * @return the answer; errors that concern a part of the request are in it
   * @throws RuntimeException if nothing of it could be done: it becomes the request's error answer
   *     as {@link KafkaErrors} translates it
   */
  AbstractResponse handle(Q request, Call call);
}
