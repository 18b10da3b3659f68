package dev.sluice.gateway.history;

import dev.sluice.gateway.log.LogException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Samples history every ten seconds, on a thread of its own, from {@link #start} to {@link #close}.
 * What fails is tried again at the next time, and told once.
 */
@Singleton
public final class HistoryRecorder {

  private static final Logger LOG = LoggerFactory.getLogger(HistoryRecorder.class);
  private static final long INTERVAL_MILLIS = Resolution.TICK.interval().toMillis();
  private static final long CLOSE_SECONDS = 5;

  private final History history;
  private final Clock clock;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("history").factory());

  // Owned by the thread.
  private boolean isOpen;
  private boolean isFailing;
  private boolean isFull;
  private long lastMillis;

  @Inject
  HistoryRecorder(History history) {
    this(history, Clock.systemUTC());
  }

  HistoryRecorder(History history, Clock clock) {
    this.history = history;
    this.clock = clock;
  }

  /** Begins; the first sample is taken at once, the others at whole ten seconds of the clock. */
  public void start() {
    thread.execute(this::tick);
    ScheduledFuture<?> unused =
        thread.scheduleAtFixedRate(
            this::tick,
            INTERVAL_MILLIS - clock.millis() % INTERVAL_MILLIS,
            INTERVAL_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  void tick() {
    long now = clock.millis();
    if (now <= lastMillis) {
      return; // The clock was set back: time is waited for.
    }
    try {
      if (!isOpen) {
        history.open(now);
        isOpen = true;
      }
      tellOfRoom(history.tick(now));
      lastMillis = now;
      if (isFailing) {
        LOG.info("History is recorded again");
        isFailing = false;
      }
    } catch (LogException failed) {
      isOpen = false; // Its topics may have been deleted.
      if (!isFailing) {
        LOG.warn("History can't be recorded now, and is tried again: {}", failed.getMessage());
        isFailing = true;
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) { // One that escaped would end the schedule without a word.
      LOG.error("History could not be recorded", e);
    }
  }

  private void tellOfRoom(int leftOut) {
    if (leftOut > 0 && !isFull) {
      LOG.warn(
          "History is kept of {} series; {} more, of the lag of partitions first, are left out",
          Sampler.MAX_SERIES,
          leftOut);
    }
    isFull = leftOut > 0;
  }

  /** Ends; a sample that is being taken is waited for a little. */
  public void close() {
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("A sample of history takes long; it is left behind");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
