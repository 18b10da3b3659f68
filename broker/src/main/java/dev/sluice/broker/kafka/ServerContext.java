package dev.sluice.broker.kafka;

import dev.sluice.broker.kafka.KafkaMetrics.CloseReason;
import dev.sluice.broker.security.AccessControl;
import dev.sluice.broker.security.RecurringNews;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** What the connections of a server share, and which there are. Thread-safe. */
final class ServerContext {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaServer.class);

  private final ServerLimits limits;
  private final KafkaMetrics metrics;
  private final LongSupplier nanoTime;
  private final RequestMemory memory;
  private final ResponseMemory responseMemory;
  private final ApiRegistry apis;
  private final AccessControl access;
  private final AdminChanges changes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition allEnded = lock.newCondition();
  private final Set<Connection> open = new HashSet<>();

  /** How many are no longer open, and not told of yet. */
  private int ending;

  private final RecurringNews<CloseReason> news = new RecurringNews<>(Clock.systemUTC());

  ServerContext(
      ServerLimits limits,
      KafkaMetrics metrics,
      ApiRegistry apis,
      AccessControl access,
      AdminChanges changes,
      LongSupplier nanoTime) {
    this.limits = limits;
    this.metrics = metrics;
    this.apis = apis;
    this.access = access;
    this.changes = changes;
    this.nanoTime = nanoTime;
    // Longer, and it would be taken for the client's delay.
    Duration patience = limits.transferTimeout().dividedBy(3);
    this.memory = new RequestMemory(limits.requestMemoryBytes(), RequestReader.OWN_BYTES, patience);
    this.responseMemory = new ResponseMemory(limits.responseMemoryBytes(), patience);
  }

  ServerLimits limits() {
    return limits;
  }

  KafkaMetrics metrics() {
    return metrics;
  }

  LongSupplier nanoTime() {
    return nanoTime;
  }

  RequestMemory memory() {
    return memory;
  }

  ResponseMemory responseMemory() {
    return responseMemory;
  }

  ApiRegistry apis() {
    return apis;
  }

  AccessControl access() {
    return access;
  }

  AdminChanges changes() {
    return changes;
  }

  /** One more connection; false if there are too many already. */
  boolean begin(Connection connection) {
    lock.lock();
    try {
      return open.size() < limits.maxConnections() && open.add(connection);
    } finally {
      lock.unlock();
    }
  }

  /** The connections that there are at this moment. */
  Set<Connection> open() {
    lock.lock();
    try {
      return Set.copyOf(open);
    } finally {
      lock.unlock();
    }
  }

  /** Waits until there is no connection, and each end is told; false if it took too long. */
  boolean awaitAllEnded(Duration patience) throws InterruptedException {
    long left = patience.toNanos();
    lock.lock();
    try {
      while (!isEmpty() && left > 0) {
        left = allEnded.awaitNanos(left);
      }
      return isEmpty();
    } finally {
      lock.unlock();
    }
  }

  void note(String message) {
    LOG.debug("{}", message);
  }

  void failed(String connection, Throwable failure) {
    LOG.error("The connection {} failed in an unforeseen way", connection, failure);
  }

  /**
   * A connection has ended, or was not even begun; says so if people should know, but never more
   * than now and then.
   */
  void ended(Connection connection, ListenerConfig listener, @Nullable CloseException why) {
    CloseException reason =
        why == null ? new CloseException(CloseReason.FAILED, "It ended for no reason") : why;
    forget(connection);
    try {
      metrics.closed(listener.name(), reason.reason());
    } finally {
      told();
    }
    switch (reason.reason()) {
      case CLIENT, SHUTDOWN, NETWORK ->
          LOG.debug("Closed {}: {}", connection.id(), reason.getMessage());
      case IDLE -> tell(Level.INFO, connection.id(), reason);
      case STUCK,
          OVERSIZED,
          GARBAGE,
          UNSUPPORTED,
          HANDSHAKE,
          UNAUTHENTICATED,
          OVERLOAD,
          TOO_MANY,
          FAILED ->
          tell(Level.WARN, connection.id(), reason);
    }
  }

  private void forget(Connection connection) {
    lock.lock();
    try {
      boolean unused = open.remove(connection);
      ending++;
    } finally {
      lock.unlock();
    }
  }

  private void told() {
    lock.lock();
    try {
      ending--;
      if (isEmpty()) {
        allEnded.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean isEmpty() {
    return open.isEmpty() && ending == 0;
  }

  private void tell(Level level, String id, CloseException reason) {
    if (news.isNew(reason.reason())) {
      LOG.atLevel(level)
          .log(
              "Closed the connection {}: {}. Others closed for a reason of this kind ({}) in the"
                  + " next minute are counted in the metrics only",
              id,
              printable(reason.getMessage()),
              reason.reason());
    }
  }

  /** A client's words may be in it, which are not to look like lines of the log. */
  private static String printable(@Nullable String message) {
    return String.valueOf(message).replaceAll("\\p{Cntrl}", "?");
  }
}
