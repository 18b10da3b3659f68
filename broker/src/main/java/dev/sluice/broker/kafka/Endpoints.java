package dev.sluice.broker.kafka;

import org.apache.kafka.common.Node;

/** Where clients find this broker. Thread-safe. */
@FunctionalInterface
public interface Endpoints {

  /**
   * The broker as a client is to see it.
   *
   * @param listenerName the listener by which the client came
   */
  Node node(String listenerName);
}
