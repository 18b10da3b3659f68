package dev.sluice.broker.transaction;

import dev.sluice.broker.transaction.TransactionEvent.Expire;
import dev.sluice.broker.transaction.TransactionEvent.MarkersWritten;
import dev.sluice.broker.transaction.TransactionEvent.Request;
import dev.sluice.broker.transaction.TransactionEvent.TimeOut;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.protocol.Errors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The coordinator at work: there once {@code __transaction_state} is. Thread-safe. Has one thread
 * of its own, which looks every second what is due, and virtual ones.
 */
final class TransactionEngine implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TransactionEngine.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  /** So many transactional ids are forgotten at once; the rest a second later. */
  private static final int MAX_EXPIRED = 1000;

  private final StateTopic topic;
  private final Clock clock;
  private final TransactionSettings settings;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService scheduler =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("sluice-transactions").factory());
  private final Completions completions;
  private final RequestRunner requests;

  TransactionEngine(
      StateTopic topic,
      TransactionPorts ports,
      TransactionSettings settings,
      ProducerIds producerIds,
      MarkerWriter markers) {
    this.topic = topic;
    this.clock = ports.clock();
    this.settings = settings;
    this.completions = new Completions(markers, threads, this::markComplete);
    this.requests =
        new RequestRunner(
            topic, producerIds, clock, settings.maxIds(), threads, completions::begin);
  }

  private CompletableFuture<Answer> markComplete(CoordinatedId id) {
    return requests.ask(id, new MarkersWritten());
  }

  /** Reads what is there, on other threads, and finishes what an earlier process left undone. */
  CompletableFuture<Void> loadInBackground() {
    return CompletableFuture.allOf(
        topic.partitions().stream()
            .map(partition -> CompletableFuture.runAsync(() -> load(partition), threads))
            .toArray(CompletableFuture[]::new));
  }

  /** The same on this thread. */
  void load() {
    topic.partitions().forEach(this::load);
  }

  private void load(StatePartition partition) {
    partition.load();
    if (partition.unavailable() != Errors.NONE) {
      return;
    }
    for (CoordinatedId id : partition.ids()) {
      Transaction transaction = id.durable();
      if (transaction != null && transaction.isEnding()) {
        completions.begin(id, transaction);
      }
    }
  }

  /** Looks at an interval what is due. */
  void startTicking() {
    ScheduledFuture<?> unused =
        scheduler.scheduleWithFixedDelay(
            () -> {
              try {
                tick();
              } catch (RuntimeException unforeseen) {
                LOG.error("Looking after transactions failed", unforeseen);
              }
            },
            INTERVAL.toMillis(),
            INTERVAL.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** Does what is due by the clock, and tries again what has failed. */
  void tick() {
    completions.retry();
    long now = clock.millis();
    Request expire = new Expire(now - settings.idExpiration().toMillis());
    int expired = 0;
    for (StatePartition partition : topic.partitions()) {
      if (partition.hasFailed()) {
        load(partition);
      }
      for (CoordinatedId id : partition.ids()) {
        Transaction transaction = id.durable();
        if (transaction == null) {
          continue;
        }
        if (transaction.isTimedOut(now)) {
          timeOut(id, transaction);
        } else if (expired < MAX_EXPIRED && isDue(expire, transaction, now)) {
          CompletableFuture<Answer> unused = requests.ask(id, expire);
          expired++;
        }
      }
    }
  }

  private void timeOut(CoordinatedId id, Transaction transaction) {
    CompletableFuture<Void> unused =
        requests
            .ask(id, new TimeOut())
            .thenAccept(
                answer -> {
                  if (answer.error() == Errors.NONE) {
                    LOG.info(
                        "A transaction of {} is aborted: it has been open for more than {} ms",
                        id.name(),
                        transaction.timeoutMillis());
                  }
                });
  }

  private static boolean isDue(Request expire, Transaction transaction, long now) {
    return TransactionRules.decide(transaction, expire, now) instanceof Decision.Change;
  }

  RequestRunner requests() {
    return requests;
  }

  StateTopic topic() {
    return topic;
  }

  /** Ends the threads; what is undone is done after the next start. */
  @Override
  public void close() {
    var unstarted = scheduler.shutdownNow();
    threads.shutdown();
    try {
      if (!threads.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.info("Some transactions are completed after the next start");
        var running = threads.shutdownNow();
      }
    } catch (InterruptedException interrupted) {
      var running = threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
