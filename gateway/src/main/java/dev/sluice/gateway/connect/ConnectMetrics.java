package dev.sluice.gateway.connect;

import dev.sluice.connector.ErrorCategory;

/**
 * Is told what the connectors do, once a batch, for counters. Thread-safe; must neither block nor
 * fail.
 */
public interface ConnectMetrics {

  /** Counts nothing. */
  ConnectMetrics NONE = new ConnectMetrics() {};

  /**
   * Records were carried to a topic (source) or from a topic (sink, rule).
   *
   * @param bytes bytes of keys and values
   */
  default void carried(String connector, int task, String topic, long records, long bytes) {}

  /** A rule has written records to a topic, which it was already told to have carried. */
  default void wrote(String connector, int task, String topic, long records) {}

  /** An attempt failed. */
  default void failed(String connector, int task, ErrorCategory category) {}

  /** A connector is gone, so nobody asks for its counters any more. */
  default void forget(String connector) {}
}
