package dev.sluice.broker.kafka;

import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/**
 * What the server tells about itself. Called on the connections' threads: implementations are
 * thread-safe, quick and never throw.
 */
public interface KafkaMetrics {

  /** Tells nobody. */
  KafkaMetrics NONE = new KafkaMetrics() {};

  /** Why a connection ended. */
  enum CloseReason {
    /** The client closed it. */
    CLIENT,
    /** Nothing came for too long. */
    IDLE,
    /** A request or response was stuck halfway for too long. */
    STUCK,
    /** A request is larger than the limit, or of a negative size. */
    OVERSIZED,
    /** The bytes are not a request. */
    GARBAGE,
    /** It asked before it had proved who it is. */
    UNAUTHENTICATED,
    /** No memory was free for its request. */
    OVERLOAD,
    /** There are too many connections. */
    TOO_MANY,
    /** A request without an answer failed. */
    FAILED,
    /** The network failed. */
    NETWORK,
    /** The server closes. */
    SHUTDOWN
  }

  default void opened(String listener) {}

  default void closed(String listener, CloseReason reason) {}

  /** A request was answered. */
  default void answered(ApiKeys api, long nanos) {}

  /** An answer had so many errors of a kind. */
  default void failed(ApiKeys api, Errors error, int count) {}

  default void received(long bytes) {}

  default void sent(long bytes) {}
}
