package dev.sluice.broker.kafka;

import java.time.Duration;

/**
 * What one client, and all of them together, may take.
 *
 * @param maxRequestBytes the largest request
 * @param requestMemoryBytes for requests that are being read, all connections together
 * @param maxConnections how many are open at a time
 * @param maxInFlight how many requests of a connection may wait for their answers
 * @param idleTimeout a connection without a request for so long is closed
 * @param transferTimeout so long a request may take to arrive, a response to be taken, and a
 *     handshake to be done
 */
public record ServerLimits(
    int maxRequestBytes,
    long requestMemoryBytes,
    int maxConnections,
    int maxInFlight,
    Duration idleTimeout,
    Duration transferTimeout) {

  /** Kafka's, where it has such a limit. */
  public static final ServerLimits DEFAULT =
      new ServerLimits(
          100 << 20, 256L << 20, 4096, 64, Duration.ofMinutes(10), Duration.ofSeconds(30));

  /** For answers that their clients have not taken yet, all connections together. */
  long responseMemoryBytes() {
    return requestMemoryBytes / 4;
  }
}
