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
    /** A handshake, request or response was stuck halfway for too long. */
    STUCK,
    /** A request is larger than the limit, or has too many fields. */
    OVERSIZED,
    /** The bytes are not a request. */
    GARBAGE,
    /** An API, or a version of one, that is not answered here. */
    UNSUPPORTED,
    /** A TLS handshake failed, or what came was none. */
    HANDSHAKE,
    /** It asked before it had proved who it is. */
    UNAUTHENTICATED,
    /** No memory was free for its request or the answer. */
    OVERLOAD,
    /** There are too many connections. */
    TOO_MANY,
    /** A request without an answer failed, or anything did that nobody foresaw. */
    FAILED,
    /** The network failed. */
    NETWORK,
    /** The server closes. */
    SHUTDOWN
  }

  /** A connection is open; {@link #closed} follows for each. */
  default void opened(String listener) {}

  /** A connection has ended, and all that it held is free. */
  default void closed(String listener, CloseReason reason) {}

  /** The system gave us no connection: it has no file descriptors left, or the like. */
  default void notAccepted(String listener) {}

  /** A request was answered. */
  default void answered(ApiKeys api, long nanos) {}

  /** An answer had so many errors of a kind. */
  default void failed(ApiKeys api, Errors error, int count) {}

  /** A client is not read from for so long, since it is over its quota. */
  default void throttled(ApiKeys api, int millis) {}

  /** A request came, of so many bytes. */
  default void received(long bytes) {}

  /** An answer went, of so many bytes. */
  default void sent(long bytes) {}
}
