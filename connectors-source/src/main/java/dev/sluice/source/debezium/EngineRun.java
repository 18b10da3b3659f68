package dev.sluice.source.debezium;

import dev.sluice.connector.ConnectorException;
import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.format.JsonByteArray;
import io.debezium.engine.spi.OffsetCommitPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One engine from start to end, on a thread of its own. Thread-safe: {@link #start} and {@link
 * #close} belong to the task's thread, the callbacks to the engine's.
 */
final class EngineRun {

  /**
   * The longest start: PostgreSQL makes a slot only when all transactions that are open have ended.
   */
  static final Duration START_LIMIT = Duration.ofSeconds(60);

  private static final Logger LOG = LoggerFactory.getLogger(EngineRun.class);
  private static final Duration QUIET_END = Duration.ofMillis(150);
  private static final Duration END_LIMIT = Duration.ofSeconds(15);

  private final Handover handover;
  private final EngineFailures failures;
  private final DebeziumEngine<ChangeEvent<byte[], byte[]>> engine;
  private final CompletableFuture<Void> polling = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  EngineRun(Properties properties, Handover handover, EngineFailures failures) {
    this.handover = handover;
    this.failures = failures;
    this.engine =
        DebeziumEngine.create(JsonByteArray.class, JsonByteArray.class)
            .using(properties)
            .using(EngineRun.class.getClassLoader())
            .using(OffsetCommitPolicy.always())
            .using(
                new DebeziumEngine.ConnectorCallback() {
                  @Override
                  public void pollingStarted() {
                    polling.complete(null);
                  }
                })
            .using((DebeziumEngine.CompletionCallback) this::completed)
            .notifying(handover)
            .build();
  }

  private void completed(boolean success, @Nullable String message, @Nullable Throwable error) {
    ConnectorException failure = failures.of(message, error);
    handover.fail(failure);
    polling.completeExceptionally(failure);
  }

  /**
   * Starts the engine and waits until it reads.
   *
   * @throws ConnectorException why it does not
   */
  void start(String threadName) throws InterruptedException {
    Thread.ofVirtual().name(threadName).start(this::run);
    try {
      polling.get(START_LIMIT.plus(END_LIMIT).toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof ConnectorException failure ? failure : failures.of(null, e);
    } catch (TimeoutException e) {
      throw failures.of("Time out while waiting for the engine.", e);
    }
  }

  private void run() {
    try {
      engine.run();
    } catch (RuntimeException | Error e) {
      completed(false, e.getMessage(), e);
      if (e instanceof Error error) {
        throw error;
      }
    } finally {
      ended.complete(null);
    }
  }

  /** Stops the engine and waits until it has let go of the database, for a bounded time. */
  void close() throws InterruptedException {
    handover.stop();
    if (endedWithin(QUIET_END)) {
      return;
    }
    long deadline = System.nanoTime() + END_LIMIT.toNanos();
    while (!closeEngine() && System.nanoTime() < deadline) {
      // The engine can't be closed while its task starts.
      if (endedWithin(QUIET_END)) {
        return;
      }
    }
    if (!endedWithin(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
      LOG.warn("The capture engine did not stop within {} s.", END_LIMIT.toSeconds());
    }
  }

  private boolean closeEngine() {
    try {
      engine.close();
      return true;
    } catch (IllegalStateException notNow) {
      LOG.debug("The capture engine can't be closed right now.", notNow);
      return false;
    } catch (IOException e) {
      LOG.warn("The capture engine did not close properly: {}", e.getMessage());
      return true;
    }
  }

  private boolean endedWithin(Duration limit) throws InterruptedException {
    try {
      ended.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("completes normally only", e);
    }
  }
}
