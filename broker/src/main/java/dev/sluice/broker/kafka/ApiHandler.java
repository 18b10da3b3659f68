package dev.sluice.broker.kafka;

import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;

/**
 * Answers one of Kafka's APIs. Thread-safe; called on the virtual thread of the connection that
 * asks, so it may block, but for a bounded time only: through {@link Call#await} where another
 * thread answers.
 *
 * @param <Q> the request's class, which is the one that kafka-clients makes for {@link #api}
 */
public interface ApiHandler<Q extends AbstractRequest> {

  /** Which API this is. What is registered is what is advertised. */
  ApiKeys api();

  /** The oldest version of the request that is answered. */
  default short minVersion() {
    return api().oldestVersion();
  }

  /**
   * The oldest version that clients are told of: older than {@link #minVersion} where clients give
   * up if it isn't there, although they use newer ones.
   */
  default short advertisedMinVersion() {
    return minVersion();
  }

  /** The newest version of the request that is answered. */
  default short maxVersion() {
    return api().latestVersion();
  }

  /**
   * Answers a request of a version in the range.
   *
   * @return the answer; errors that concern a part of the request are in it
   * @throws RuntimeException if nothing of it could be done: it becomes the request's error answer
   *     as {@link KafkaErrors} translates it
   */
  AbstractResponse handle(Q request, Call call);
}
