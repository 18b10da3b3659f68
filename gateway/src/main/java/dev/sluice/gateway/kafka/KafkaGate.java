package dev.sluice.gateway.kafka;

import dev.sluice.broker.Broker;
import dev.sluice.broker.front.KafkaFront;
import dev.sluice.broker.group.GroupService;
import dev.sluice.broker.kafka.AdminChanges;
import dev.sluice.broker.kafka.KafkaFrontConfig;
import dev.sluice.broker.kafka.KafkaMetrics;
import dev.sluice.broker.kafka.KafkaServer;
import dev.sluice.broker.kafka.ListenerConfig;
import dev.sluice.broker.quota.QuotaLimits;
import dev.sluice.broker.topic.TopicIds;
import dev.sluice.broker.transaction.TransactionCoordinator;
import dev.sluice.gateway.config.KafkaSpec;
import java.io.UncheckedIOException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.jspecify.annotations.Nullable;

/**
 * The listeners for Kafka's clients: bound before anything else starts, so that a port that is
 * taken is found first, and served once the declared topics are there. Clients that come in between
 * wait. To be closed before the broker. Thread-safe.
 */
public final class KafkaGate implements KafkaEndpoint, AutoCloseable {

  private final KafkaSpec spec;
  private final KafkaFrontConfig config;
  private final KafkaServer server;

  private volatile CompletableFuture<Assembled> assembled =
      CompletableFuture.failedFuture(
          new IllegalStateException("There is no broker behind the listeners yet"));

  private volatile boolean isAnswering;

  private record Assembled(Broker broker, KafkaFront front) {}

  private KafkaGate(KafkaSpec spec, KafkaFrontConfig config, KafkaServer server) {
    this.spec = spec;
    this.config = config;
    this.server = server;
  }

  /**
   * Binds the listeners.
   *
   * @throws CannotListenException if one can't be
   */
  public static KafkaGate bind(KafkaSpec spec) {
    KafkaFrontConfig config = settings(spec);
    try {
      return new KafkaGate(spec, config, KafkaServer.bind(config.listeners()));
    } catch (UncheckedIOException | UnresolvedAddressException refused) {
      throw cannotListen(config.listeners(), refused);
    }
  }

  private static KafkaFrontConfig settings(KafkaSpec spec) {
    try {
      return FrontSettings.of(spec);
    } catch (UncheckedIOException | KafkaException unusable) {
      Throwable cause = unusable.getCause();
      String why = cause == null ? "" : " (" + cause.getMessage() + ")";
      throw new CannotListenException(
          "Kafka's clients could not connect by TLS: "
              + unusable.getMessage()
              + why
              + ". Look at the files that server.kafka names under tls.",
          unusable);
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

  /**
   * Puts the front before a broker, with the declared users, rules and quotas; nobody is answered
   * yet. To be called once, first. The work is done on a thread of its own: there are many classes
   * to load, which nobody needs to wait for.
   */
  public void open(CompletableFuture<Broker> broker) {
    Executor thread = work -> Thread.ofPlatform().name("open-kafka").start(work);
    CompletableFuture<Assembled> opened = broker.thenApplyAsync(this::assemble, thread);
    assembled = opened;
    CompletableFuture<Void> unused =
        opened.thenAcceptAsync(there -> there.front().prepare(), Runnable::run);
  }

  private Assembled assemble(Broker broker) {
    KafkaFront front = KafkaFront.assemble(broker, server, config);
    try {
      DeclaredSecurity.apply(spec.security(), front.security(), new QuotaLimits(broker.metadata()));
      return new Assembled(broker, front);
    } catch (RuntimeException failure) {
      front.close();
      throw failure;
    }
  }

  /** The consumer groups, which are those of Kafka's clients and of the gateway itself. */
  public GroupService groups() {
    return assembled.join().front().groups();
  }

  /** The transactions, which are those of Kafka's clients and of the gateway itself. */
  public TransactionCoordinator transactions() {
    return assembled.join().front().transactions();
  }

  /** Answers clients from now on. To be called once. */
  public void serve(KafkaMetrics metrics, AdminChanges changes) {
    assembled.join().front().serve(metrics, changes);
    isAnswering = true;
  }

  /** How much memory requests of clients take now. */
  public long requestMemoryBytes() {
    return server.requestMemoryBytes();
  }

  /** How much memory answers take that clients have not taken yet. */
  public long responseMemoryBytes() {
    return server.responseMemoryBytes();
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
    return isAnswering
        ? Optional.of(TopicIds.toKafka(assembled.join().broker().metadata().clusterId()).toString())
        : Optional.empty();
  }

  /** Closes the listeners and all connections; requests under way get no answer. */
  @Override
  public void close() {
    AutoCloseable unused =
        assembled
            .handle(
                (Assembled there, @Nullable Throwable failure) -> {
                  if (failure == null) {
                    there.front().close();
                  } else {
                    server.close();
                  }
                  return server;
                })
            .join();
  }
}
