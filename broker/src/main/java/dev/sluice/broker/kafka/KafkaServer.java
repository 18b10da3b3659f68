package dev.sluice.broker.kafka;

import dev.sluice.broker.kafka.KafkaMetrics.CloseReason;
import dev.sluice.broker.metadata.ThisNode;
import dev.sluice.broker.security.AccessControl;
import dev.sluice.broker.security.RecurringNews;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.Node;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for Kafka clients. A virtual thread accepts on each listener, one serves each connection,
 * and one closes those that are stuck. Thread-safe.
 */
public final class KafkaServer implements Endpoints, AutoCloseable {

  /**
   * What the system may hold of an answer that is on its way. Left to itself it lets megabytes
   * gather, which a client on the same machine then finds outside of the processor's cache.
   */
  private static final int SEND_BUFFER_BYTES = 256 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(KafkaServer.class);
  private static final int BACKLOG = 1024;
  private static final int REAP_SECONDS = 1;
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration REST = Duration.ofMillis(100);

  private record Bound(ListenerConfig config, ServerSocketChannel channel, int port) {}

  private final Map<String, Bound> listeners;
  private final ScheduledExecutorService reaper;
  private final AtomicLong accepted = new AtomicLong();
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final RecurringNews<String> refusals = new RecurringNews<>(Clock.systemUTC());
  private volatile @Nullable ServerContext context;
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
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private static Bound bind(ListenerConfig config) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      channel.bind(new InetSocketAddress(config.host(), config.port()), BACKLOG);
      return new Bound(config, channel, channel.socket().getLocalPort());
    } catch (IOException | UnresolvedAddressException e) {
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
    return new Node(ThisNode.ID, host, port);
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
      ApiRegistry apis,
      AccessControl access,
      ServerLimits limits,
      KafkaMetrics metrics,
      AdminChanges changes) {
    ServerContext shared =
        new ServerContext(limits, metrics, apis, access, changes, System::nanoTime);
    serve(shared);
    ScheduledFuture<?> unused =
        reaper.scheduleWithFixedDelay(
            () -> cutOffPassed(shared), REAP_SECONDS, REAP_SECONDS, TimeUnit.SECONDS);
  }

  /** As in public, but whoever calls looks after {@link #cutOffPassed}. */
  void serve(ServerContext shared) {
    context = shared;
    for (Bound bound : listeners.values()) {
      threads.add(
          Thread.ofVirtual()
              .name("kafka-accept-" + bound.config().name())
              .start(() -> accept(bound, shared)));
    }
  }

  /** Whether connections are accepted on all listeners. */
  public boolean isServing() {
    return !isClosing
        && threads.size() == listeners.size()
        && threads.stream().allMatch(Thread::isAlive);
  }

  /** Cuts off the connections whose time is up. */
  static void cutOffPassed(ServerContext shared) {
    for (Connection connection : shared.open()) {
      try {
        connection.cutIfPassed();
      } catch (RuntimeException | Error e) {
        // One connection that can't be closed must not keep the others from it.
        shared.failed(connection.id(), e);
      }
    }
  }

  /** How many connections there are. */
  public int connections() {
    ServerContext shared = context;
    return shared == null ? 0 : shared.open().size();
  }

  /** How much memory requests take, of what {@link ServerLimits#requestMemoryBytes} allows. */
  public long requestMemoryBytes() {
    ServerContext shared = context;
    return shared == null ? 0 : shared.memory().usedBytes();
  }

  /** How much memory answers take that their clients have not taken yet. */
  public long responseMemoryBytes() {
    ServerContext shared = context;
    return shared == null ? 0 : shared.responseMemory().usedBytes();
  }

  private void accept(Bound bound, ServerContext shared) {
    while (!isClosing) {
      try {
        open(bound.config(), bound.channel().accept(), shared);
      } catch (ClosedChannelException e) {
        break;
      } catch (IOException | RuntimeException | Error e) {
        refused(bound.config(), shared, e);
      }
    }
  }

  /** Where the system has no file descriptor or memory left, trying again at once helps nobody. */
  private void refused(ListenerConfig listener, ServerContext shared, Throwable cause) {
    shared.metrics().notAccepted(listener.name());
    if (refusals.isNew(listener.name())) {
      LOG.warn(
          "Listener {} could not accept a connection; it goes on trying", listener.name(), cause);
    }
    LockSupport.parkNanos(REST.toNanos());
  }

  private void open(ListenerConfig listener, SocketChannel channel, ServerContext shared)
      throws IOException {
    boolean isStarted = false;
    try {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER_BYTES);
      channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
      String id = channel.getRemoteAddress() + "-" + accepted.incrementAndGet();
      start(listener, new Connection(shared, listener, channel, id), shared);
      isStarted = true;
    } catch (SocketException gone) {
      shared.note("A connection was gone before it was served: " + gone.getMessage());
    } finally {
      if (!isStarted) {
        channel.close();
      }
    }
  }

  private void start(ListenerConfig listener, Connection connection, ServerContext shared) {
    shared.metrics().opened(listener.name());
    if (!shared.begin(connection)) {
      CloseException reason =
          new CloseException(
              CloseReason.TOO_MANY,
              "There are " + shared.limits().maxConnections() + " connections already");
      connection.cut(reason);
      shared.ended(connection, listener, reason);
      return;
    }
    boolean isStarted = false;
    try {
      Thread unused = Thread.ofVirtual().name("kafka-" + connection.id()).start(connection);
      isStarted = true;
    } finally {
      if (!isStarted) {
        shared.ended(
            connection, listener, new CloseException(CloseReason.FAILED, "It has no thread"));
      }
    }
    if (isClosing) {
      connection.cut(shutdown());
    }
  }

  private static CloseException shutdown() {
    return new CloseException(CloseReason.SHUTDOWN, "The server closes");
  }

  /**
   * Closes the listeners and all connections; requests under way get no answer. Returns when no
   * thread of a connection is left, so that logs can be closed after this; one that doesn't end is
   * given up after a while, and told of in the log.
   */
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
    try {
      for (Thread thread : threads) {
        if (!thread.join(PATIENCE)) {
          LOG.warn("{} did not end in {}", thread.getName(), PATIENCE);
        }
      }
      closeConnections();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void closeConnections() throws InterruptedException {
    ServerContext shared = context;
    if (shared == null) {
      return;
    }
    shared.responseMemory().close();
    shared.open().forEach(connection -> connection.cut(shutdown()));
    if (!shared.awaitAllEnded(PATIENCE)) {
      LOG.warn(
          "{} connections did not end in {}, among them {}",
          shared.open().size(),
          PATIENCE,
          shared.open().stream().map(Connection::id).limit(5).toList());
    }
  }
}
