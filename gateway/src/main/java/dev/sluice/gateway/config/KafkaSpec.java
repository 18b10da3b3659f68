package dev.sluice.gateway.config;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the gateway appears to Kafka's clients; a change needs a restart of it.
 *
 * @param listeners where they connect, at least one
 * @param limits what they may take
 * @param autoCreateTopics whether a topic comes into being when a client asks for it
 * @param defaultPartitions how many partitions topics get where nobody says
 */
public record KafkaSpec(
    List<Listener> listeners, Limits limits, boolean autoCreateTopics, int defaultPartitions) {

  /** Copies what it is given. */
  public KafkaSpec {
    listeners = List.copyOf(listeners);
  }

  /**
   * An address to listen on.
   *
   * @param name tells it from other listeners
   * @param host the address to bind to
   * @param port the port to bind to; 0 picks a free one
   * @param advertisedHost what clients are told to connect to; null for {@code host}
   * @param advertisedPort the same for the port; null for the one that is bound
   */
  public record Listener(
      String name,
      String host,
      int port,
      @Nullable String advertisedHost,
      @Nullable Integer advertisedPort) {}

  /**
   * What one client, and all of them together, may take.
   *
   * @param requestBytes the largest request
   * @param memoryBytes for requests that are being read, of all clients together
   * @param connections how many may be open at a time
   * @param inFlight how many requests of a connection may wait for their answers
   * @param idle a connection without a request for so long is closed
   * @param transfer how long a request, an answer or a handshake may take
   */
  public record Limits(
      int requestBytes,
      long memoryBytes,
      int connections,
      int inFlight,
      Duration idle,
      Duration transfer) {}
}
