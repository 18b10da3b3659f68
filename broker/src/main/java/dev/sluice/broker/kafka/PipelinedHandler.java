package dev.sluice.broker.kafka;

import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;

/**
 * A handler whose answer may come later, while the next requests of its connection are read
 * already. Answers still go out in the order of requests.
 */
public non-sealed interface PipelinedHandler<Q extends AbstractRequest> extends ApiHandler<Q> {

  /**
   * Starts to answer a request. Its bytes belong to someone else once this returns.
   *
   * @return the answer; an answer that is absent is not sent (Produce without acknowledgement)
   */
  CompletableFuture<Answer> start(Q request, Call call);

  /** What becomes of a request. */
  sealed interface Answer {}

  /** A response that is sent. */
  record Reply(AbstractResponse response) implements Answer {}

  /** Nothing is sent: the client doesn't wait for it. */
  record Silence() implements Answer {}

  /** Nothing can be sent, and the client is to notice: the connection closes. */
  record HangUp(String reason) implements Answer {}
}
