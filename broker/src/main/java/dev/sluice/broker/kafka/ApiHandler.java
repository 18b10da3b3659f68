package dev.sluice.broker.kafka;

import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AbstractRequest;

/**
 * Answers one of Kafka's APIs: at once, or while the next requests are read already. Thread-safe.
 *
 * @param <Q> the request's class, which is the one that kafka-clients makes for {@link #api}
 */
public sealed interface ApiHandler<Q extends AbstractRequest>
    permits BlockingHandler, PipelinedHandler {

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
}
