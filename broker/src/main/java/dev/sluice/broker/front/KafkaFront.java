package dev.sluice.broker.front;

import dev.sluice.broker.Broker;
import dev.sluice.broker.group.GroupService;
import dev.sluice.broker.kafka.AdminChanges;
import dev.sluice.broker.kafka.ApiRegistry;
import dev.sluice.broker.kafka.KafkaFrontConfig;
import dev.sluice.broker.kafka.KafkaMetrics;
import dev.sluice.broker.kafka.KafkaServer;
import dev.sluice.broker.kafka.ListenerConfig;
import dev.sluice.broker.security.AccessControl;
import dev.sluice.broker.security.ReadOnlyTopics;
import dev.sluice.broker.security.Security;
import dev.sluice.broker.transaction.TransactionCoordinator;
import java.security.SecureRandom;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

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

  private final Broker broker;
  private final KafkaServer server;
  private final KafkaFrontConfig config;
  private final Security security;
  private final AccessControl access;
  private final Coordinators coordinators;

  /** Null until it is needed. Guarded by this object's monitor. */
  private @Nullable ApiRegistry apis;

  private KafkaFront(
      Broker broker, KafkaServer server, KafkaFrontConfig config, Security security) {
    this.broker = broker;
    this.server = server;
    this.config = config;
    this.security = security;
    this.access =
        new ReadOnlyTopics(security.access(), config.readOnly(), config.security().superUsers());
    this.coordinators = Coordinators.start(broker, access, config.groups());
  }

  /**
   * Listens, and answers from the moment this returns.
   *
   * @throws java.io.UncheckedIOException if an address can't be bound
   */
  public static KafkaFront start(Broker broker, KafkaFrontConfig config, KafkaMetrics metrics) {
    KafkaFront front = assemble(broker, KafkaServer.bind(config.listeners()), config);
    try {
      front.serve(metrics);
      return front;
    } catch (RuntimeException e) {
      front.close();
      throw e;
    }
  }

  /**
   * Puts everything together without answering anyone yet; what is in this process can use it.
   *
   * @param server bound to the listeners of the configuration; closed with the front, and if this
   *     fails
   */
  public static KafkaFront assemble(Broker broker, KafkaServer server, KafkaFrontConfig config) {
    try {
      Security security =
          Security.open(
              broker.metadata(), config.security(), Clock.systemUTC(), new SecureRandom());
      return new KafkaFront(broker, server, config, security);
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /** Does ahead of time what {@link #serve} would have to do first: load hundreds of classes. */
  public void prepare() {
    ApiRegistry unused = apis();
  }

  /** Answers clients from now on; to be called once. */
  public void serve(KafkaMetrics metrics) {
    serve(metrics, AdminChanges.NONE);
  }

  /**
   * The same.
   *
   * @param changes hears of what clients change beside records
   */
  public void serve(KafkaMetrics metrics, AdminChanges changes) {
    server.serve(apis(), access, config.limits(), metrics, changes);
  }

  private synchronized ApiRegistry apis() {
    ApiRegistry known = apis;
    if (known == null) {
      known = Apis.all(broker, server, config, security, coordinators);
      apis = known;
    }
    return known;
  }

  /** The consumer groups, for callers in this process too. */
  public GroupService groups() {
    return coordinators.groups();
  }

  /** The transactions, for callers in this process too. */
  public TransactionCoordinator transactions() {
    return coordinators.transactions();
  }

  /** Users, access rules and what they mean. */
  public Security security() {
    return security;
  }

  /** The port that a listener is bound to. */
  public int port(String listener) {
    return server.port(listener);
  }

  /** Host and port of the first listener, for a client's {@code bootstrap.servers}. */
  public String bootstrapServers() {
    ListenerConfig first = config.listeners().getFirst();
    return first.host() + ":" + server.port(first.name());
  }

  @Override
  public void close() {
    server.close();
    coordinators.close();
  }
}
