package dev.sluice.broker.front;

import dev.sluice.broker.Broker;
import dev.sluice.broker.group.GroupService;
import dev.sluice.broker.kafka.ApiRegistry;
import dev.sluice.broker.kafka.KafkaFrontConfig;
import dev.sluice.broker.kafka.KafkaMetrics;
import dev.sluice.broker.kafka.KafkaServer;
import dev.sluice.broker.kafka.ListenerConfig;
import dev.sluice.broker.security.Security;
import java.security.SecureRandom;
import java.time.Clock;

/**
 * A broker's topics, spoken to in Kafka's protocol. Close it before the broker. Thread-safe.
 *
 * <pre>{@code
 * try (Broker broker = Broker.open(directory, Clock.systemUTC(), LogMetrics.NONE);
 *     KafkaFront front = KafkaFront.start(broker, KafkaFrontConfig.loopback(0), KafkaMetrics.NONE)) {
 *   properties.put("bootstrap.servers", front.bootstrapServers());
 * }
 * }</pre>
 */
public final class KafkaFront implements AutoCloseable {

  private final KafkaServer server;
  private final ListenerConfig first;
  private final Coordinators coordinators;

  private KafkaFront(KafkaServer server, ListenerConfig first, Coordinators coordinators) {
    this.server = server;
    this.first = first;
    this.coordinators = coordinators;
  }

  /**
   * Listens, and answers from the moment this returns.
   *
   * @throws java.io.UncheckedIOException if an address can't be bound
   */
  public static KafkaFront start(Broker broker, KafkaFrontConfig config, KafkaMetrics metrics) {
    KafkaServer server = KafkaServer.bind(config.listeners());
    try {
      Security security =
          Security.open(
              broker.metadata(), config.security(), Clock.systemUTC(), new SecureRandom());
      Coordinators coordinators = Coordinators.start(broker, security.access(), config.groups());
      try {
        ApiRegistry apis = Apis.all(broker, server, config, security, coordinators);
        server.serve(apis, security.access(), config.limits(), metrics);
        return new KafkaFront(server, config.listeners().getFirst(), coordinators);
      } catch (RuntimeException e) {
        coordinators.close();
        throw e;
      }
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /** The consumer groups. */
  public GroupService groups() {
    return coordinators.groups();
  }

  /** The port that a listener is bound to. */
  public int port(String listener) {
    return server.port(listener);
  }

  /** Host and port of the first listener, for a client's {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return first.host() + ":" + server.port(first.name());
  }

  @Override
  public void close() {
    server.close();
    coordinators.close();
  }
}
