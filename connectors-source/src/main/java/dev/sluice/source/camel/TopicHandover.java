package dev.sluice.source.camel;

import dev.sluice.connector.SourceBatch;
import dev.sluice.connector.SourceRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.RollbackExchangeException;

/**
 * Where exchanges wait until their records are durable. Bounded: the thread that brings one
 * exchange too many waits for a place.
 *
 * <p><b>Invariant ack-after-durable:</b> an exchange completes well only in or after {@link
 * #acknowledged} for the batch that carries its record; what is left when the connector stops
 * fails, so that the route's consumer rolls back.
 *
 * <p>Thread-safe. Exchanges complete on a thread of their own, since what follows (a file moved, a
 * transaction committed) takes its time.
 */
final class TopicHandover {

  private static final int LARGEST_BATCH = 1000;

  /** An exchange that waits; its identity counts, not its contents. */
  private static final class Waiting {

    private final Exchange exchange;
    private final AsyncCallback callback;
    private final SourceRecord record;

    private Waiting(Exchange exchange, AsyncCallback callback, SourceRecord record) {
      this.exchange = exchange;
      this.callback = callback;
      this.record = record;
    }
  }

  private final int inFlight;
  private final Semaphore places;
  private final BlockingQueue<Waiting> toPoll;
  private final Queue<List<Waiting>> unacknowledged = new ConcurrentLinkedQueue<>();
  private final Set<Waiting> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService completing =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("sluice-camel-complete").factory());
  private volatile boolean stopped;

  /**
   * A handover.
   *
   * @param inFlight at most so many exchanges wait at a time
   */
  TopicHandover(int inFlight) {
    this.inFlight = inFlight;
    places = new Semaphore(inFlight);
    toPoll = new LinkedBlockingQueue<>(inFlight);
  }

  /**
   * Takes an exchange from the route.
   *
   * @return whether it is completed already, which it is only when it failed
   */
  boolean take(Exchange exchange, AsyncCallback callback) {
    try {
      places.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed(exchange, callback, e);
    }
    try {
      Waiting waiting = new Waiting(exchange, callback, ExchangeMapper.record(exchange));
      open.add(waiting);
      if (stopped) {
        fail(waiting);
      } else {
        toPoll.add(waiting);
      }
      return false;
    } catch (InvalidPayloadException | RuntimeException e) {
      places.release();
      return failed(exchange, callback, e);
    }
  }

  private static boolean failed(Exchange exchange, AsyncCallback callback, Exception reason) {
    exchange.setException(reason);
    callback.done(true);
    return true;
  }

  /** The next records, or empty if none came in time. */
  Optional<SourceBatch> poll(Duration maxWait) throws InterruptedException {
    Waiting first = toPoll.poll(maxWait.toNanos(), TimeUnit.NANOSECONDS);
    if (first == null) {
      return Optional.empty();
    }
    List<Waiting> batch = new ArrayList<>();
    batch.add(first);
    toPoll.drainTo(batch, LARGEST_BATCH - 1);
    unacknowledged.add(batch);
    return Optional.of(
        new SourceBatch(batch.stream().map(waiting -> waiting.record).toList(), List.of()));
  }

  /** The oldest batch that was not acknowledged before is durable. */
  void acknowledged() {
    List<Waiting> durable = unacknowledged.poll();
    if (durable == null) {
      throw new IllegalStateException("A batch was acknowledged that was not polled.");
    }
    try {
      completing.execute(() -> durable.forEach(this::complete));
    } catch (RejectedExecutionException stopping) {
      durable.forEach(this::complete);
    }
  }

  private void complete(Waiting waiting) {
    if (open.remove(waiting)) {
      places.release();
      waiting.callback.done(false);
    }
  }

  /** Fails what is not durable, now and from now on. */
  void stop() {
    stopped = true;
    completing.shutdown();
    open.forEach(this::fail);
    places.release(inFlight);
  }

  private void fail(Waiting waiting) {
    if (open.remove(waiting)) {
      waiting.exchange.setException(
          new RollbackExchangeException(
              "The connector stopped before the record was durable.", waiting.exchange));
      places.release();
      waiting.callback.done(false);
    }
  }
}
