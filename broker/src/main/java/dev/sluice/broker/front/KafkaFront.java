package dev.sluice.broker.front;

import dev.sluice.broker.Broker;
import dev.sluice.broker.group.GroupHost;
import dev.sluice.broker.group.GroupService;
import dev.sluice.broker.kafka.ApiHandler;
import dev.sluice.broker.kafka.ApiRegistry;
import dev.sluice.broker.kafka.KafkaFrontConfig;
import dev.sluice.broker.kafka.KafkaMetrics;
import dev.sluice.broker.kafka.KafkaServer;
import dev.sluice.broker.kafka.ListenerConfig;
import dev.sluice.broker.kafka.cluster.ClusterHandlers;
import dev.sluice.broker.kafka.data.DataHandlers;
import dev.sluice.broker.kafka.group.GroupHandlers;
import dev.sluice.broker.quota.ClientQuotas;
import dev.sluice.broker.security.AccessControl;
import dev.sluice.broker.transaction.TransactionGate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

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
  private final GroupService groups;
  private final ListenerConfig first;

  private KafkaFront(KafkaServer server, GroupService groups, ListenerConfig first) {
    this.server = server;
    this.groups = groups;
    this.first = first;
  }

  /**
   * Listens, and answers from the moment this returns.
   *
   * @throws java.io.UncheckedIOException if an address can't be bound
   */
  public static KafkaFront start(Broker broker, KafkaFrontConfig config, KafkaMetrics metrics) {
    KafkaServer server = KafkaServer.bind(config.listeners());
    GroupService groups =
        new GroupService(
            new GroupHost(
                broker.topics(), broker.metadata(), broker::partition, AccessControl.OPEN),
            config.groups());
    try {
      AtomicReference<ApiRegistry> registry = new AtomicReference<>();
      List<ApiHandler<?>> handlers = new ArrayList<>();
      handlers.addAll(
          ClusterHandlers.all(
              broker,
              server,
              registry::get,
              config.autoCreateTopics(),
              config.defaultPartitions()));
      handlers.addAll(DataHandlers.all(broker, TransactionGate.OPEN, ClientQuotas.NONE));
      handlers.addAll(GroupHandlers.all(groups, broker.metadata(), server, TransactionGate.OPEN));
      ApiRegistry apis = new ApiRegistry(handlers);
      registry.set(apis);
      server.serve(apis, AccessControl.OPEN, config.limits(), metrics);
      return new KafkaFront(server, groups, config.listeners().getFirst());
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /** The consumer groups. */
  public GroupService groups() {
    return groups;
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
    groups.close();
  }
}
