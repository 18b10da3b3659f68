package dev.sluice.gateway.kafka;

import dev.sluice.broker.Broker;
import dev.sluice.broker.front.KafkaFront;
import dev.sluice.broker.group.GroupService;
import dev.sluice.broker.kafka.KafkaFrontConfig;
import dev.sluice.broker.kafka.KafkaMetrics;
import dev.sluice.broker.kafka.KafkaServer;
import dev.sluice.broker.kafka.ListenerConfig;
import dev.sluice.broker.topic.TopicIds;
import dev.sluice.gateway.config.KafkaSpec;
import java.io.UncheckedIOException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.Node;
import org.jspecify.annotations.Nullable;

/**
 * The listeners for Kafka's clients: bound before anything else starts, so that a port that is
 * taken is found first, and served once the declared topics are there. Clients that come in between
 * wait. To be closed before the broker. Thread-safe.
 */
public final class KafkaGate implements KafkaEndpoint, AutoCloseable {

  private final KafkaFrontConfig config;
  private final KafkaServer server;

  private volatile @Nullable Assembled assembled;
  private volatile boolean isAnswering;

  private record Assembled(Broker broker, KafkaFront front) {}

  private KafkaGate(KafkaFrontConfig config, KafkaServer server) {
    this.config = config;
    this.server = server;
  }

  /**
   * Binds the listeners.
   *
   * @throws CannotListenException if one can't be
   */
  public static KafkaGate bind(KafkaSpec spec) {
    KafkaFrontConfig config = FrontSettings.of(spec);
    try {
      return new KafkaGate(config, KafkaServer.bind(config.listeners()));
    } catch (UncheckedIOException | UnresolvedAddressException refused) {
      throw cannotListen(config.listeners(), refused);
    }
  }

  private static CannotListenException cannotListen(
      List<ListenerConfig> listeners, RuntimeException refused) {
    Throwable cause = refused.getCause();
    String what =
        cause == null
            ? "There is no address of the host " + listeners.getFirst().host() + "."
            : cause.getMessage() + ".";
    return new CannotListenException(
        "Kafka's clients could not connect: "
            + what
            + " Stop the process that has the port, or choose another port with --kafka-port (0"
            + " picks a free one) or under server.kafka.",
        refused);
  }

  /** Puts the front before a broker, which answers nobody yet. To be called once, first. */
  public void assemble(Broker broker) {
    assembled = new Assembled(broker, KafkaFront.assemble(broker, server, config));
  }

  /** The consumer groups, which are those of Kafka's clients and of the gateway itself. */
  public GroupService groups() {
    return assembled().front().groups();
  }

  /** Answers clients from now on. To be called once. */
  public void serve(KafkaMetrics metrics) {
    assembled().front().serve(metrics);
    isAnswering = true;
  }

  private Assembled assembled() {
    Assembled there = assembled;
    if (there == null) {
      throw new IllegalStateException("There is no broker behind the listeners yet");
    }
    return there;
  }

  @Override
  public List<Listener> listeners() {
    return config.listeners().stream().map(this::describe).toList();
  }

  private Listener describe(ListenerConfig listener) {
    Node node = server.node(listener.name());
    return new Listener(
        listener.name(),
        address(listener.host(), server.port(listener.name())),
        address(node.host(), node.port()));
  }

  private static String address(String host, int port) {
    return (host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host) + ":" + port;
  }

  @Override
  public boolean isServing() {
    return isAnswering && server.isServing();
  }

  @Override
  public Optional<String> clusterId() {
    return Optional.ofNullable(assembled)
        .map(there -> TopicIds.toKafka(there.broker().metadata().clusterId()).toString());
  }

  /** Closes the listeners and all connections; requests under way get no answer. */
  @Override
  public void close() {
    Assembled there = assembled;
    if (there == null) {
      server.close();
    } else {
      there.front().close();
    }
  }
}
