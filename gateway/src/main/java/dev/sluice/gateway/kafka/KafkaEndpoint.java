package dev.sluice.gateway.kafka;

import java.util.List;
import java.util.Optional;

/** Where Kafka's clients find the gateway. Thread-safe. */
public interface KafkaEndpoint {

  /**
   * A listener.
   *
   * @param name tells it from others
   * @param address host and port that it is bound to, such as {@code 127.0.0.1:9092}
   * @param advertised host and port that clients are told to connect to
   */
  record Listener(String name, String address, String advertised) {}

  /** All listeners, the main one first. */
  List<Listener> listeners();

  /** Whether clients are answered. */
  boolean isServing();

  /** The cluster's identity, as Kafka's clients see it; empty before the log is open. */
  Optional<String> clusterId();
}
