package dev.sluice.broker.kafka;

import dev.sluice.broker.kafka.KafkaMetrics.CloseReason;
import dev.sluice.broker.security.AccessControl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.Node;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for Kafka clients. A virtual thread accepts on each listener, one serves each connection,
 * and one closes those that are stuck. Thread-safe.
 */
public final class KafkaServer implements Endpoints, AutoCloseable {

  /** The one broker that there is. */
  public static final int NODE_ID = 1;

  private static final Logger LOG = LoggerFactory.getLogger(KafkaServer.class);
  private static final int BACKLOG = 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private record Bound(ListenerConfig config, ServerSocketChannel channel, int port) {}

  private final Map<String, Bound> listeners;
  private final ScheduledExecutorService reaper;
  private final AtomicLong accepted = new AtomicLong();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean isClosing;

  private KafkaServer(Map<String, Bound> listeners) {
    this.listeners = listeners;
    this.reaper =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("kafka-deadlines").factory());
  }

  /**
   * Binds listeners. Clients may connect from now on; they are served after {@link #serve}.
   *
   * @throws UncheckedIOException if an address can't be bound
   */
  public static KafkaServer bind(List<ListenerConfig> configs) {
    Map<String, Bound> bound = new LinkedHashMap<>();
    KafkaServer server = new KafkaServer(bound);
    try {
      for (ListenerConfig config : configs) {
        Bound before = bound.put(config.name(), bind(config));
        if (before != null) {
          before.channel().close();
          throw new IOException("There are two listeners of the name " + config.name());
        }
      }
      return server;
    } catch (IOException e) {
      server.close();
      throw new UncheckedIOException(e);
    }
  }

  private static Bound bind(ListenerConfig config) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      channel.bind(new InetSocketAddress(config.host(), config.port()), BACKLOG);
      return new Bound(config, channel, channel.socket().getLocalPort());
    } catch (IOException e) {
      channel.close();
      throw new IOException(
          "Can't listen on " + config.host() + ":" + config.port() + ": " + e.getMessage(), e);
    }
  }

  /** The port that a listener is bound to. */
  public int port(String listener) {
    return find(listener).port();
  }

  @Override
  public Node node(String listenerName) {
    Bound bound = find(listenerName);
    ListenerConfig config = bound.config();
    String host = config.advertisedHost() == null ? config.host() : config.advertisedHost();
    int port = config.advertisedPort() == null ? bound.port() : config.advertisedPort();
    return new Node(NODE_ID, host, port);
  }

  private Bound find(String listener) {
    Bound bound = listeners.get(listener);
    if (bound == null) {
      throw new IllegalArgumentException("There is no listener " + listener);
    }
    return bound;
  }

  /** Begins to answer. */
  public void serve(
      ApiRegistry apis, AccessControl access, ServerLimits limits, KafkaMetrics metrics) {
    ServerContext context = new ServerContext(limits, metrics, apis, access);
    ScheduledFuture<?> unused =
        reaper.scheduleWithFixedDelay(
            () -> context.open().forEach(Connection::closeIfPassed), 1, 1, TimeUnit.SECONDS);
    for (Bound bound : listeners.values()) {
      threads.add(
          Thread.ofVirtual()
              .name("kafka-accept-" + bound.config().name())
              .start(() -> accept(bound, context)));
    }
  }

  private void accept(Bound bound, ServerContext context) {
    while (!isClosing) {
      try {
        open(bound.config(), bound.channel().accept(), context);
      } catch (ClosedChannelException e) {
        break;
      } catch (IOException e) {
        LOG.warn("A connection could not be accepted: {}", e.getMessage());
        pause();
      }
    }
    CloseException reason = new CloseException(CloseReason.SHUTDOWN, "The server closes");
    context.open().forEach(connection -> connection.close(reason));
  }

  /** Where the system has no file descriptor left, trying again at once helps nobody. */
  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void open(ListenerConfig listener, SocketChannel channel, ServerContext context)
      throws IOException {
    String id = "";
    try {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
      id = channel.getRemoteAddress() + "-" + accepted.incrementAndGet();
    } catch (IOException gone) {
      channel.close();
      return;
    }
    Connection connection = new Connection(context, listener, channel, id);
    context.metrics().opened(listener.name());
    if (context.open().size() >= context.limits().maxConnections()) {
      CloseException reason =
          new CloseException(
              CloseReason.TOO_MANY,
              "There are " + context.limits().maxConnections() + " connections already");
      connection.close(reason);
      context.ended(connection, listener, id, reason);
      return;
    }
    boolean unused = context.open().add(connection);
    Thread started = Thread.ofVirtual().name("kafka-" + id).start(connection);
    if (isClosing) {
      connection.close(new CloseException(CloseReason.SHUTDOWN, "The server closes"));
    }
  }

  /** Closes the listeners and all connections; requests under way get no answer. */
  @Override
  public void close() {
    isClosing = true;
    for (Bound bound : listeners.values()) {
      try {
        bound.channel().close();
      } catch (IOException e) {
        LOG.warn("The listener {} was not closed cleanly", bound.config().name(), e);
      }
    }
    var unstarted = reaper.shutdownNow();
    for (Thread thread : threads) {
      try {
        boolean unused = thread.join(PATIENCE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
