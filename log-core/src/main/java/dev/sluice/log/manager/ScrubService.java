package dev.sluice.log.manager;

import dev.sluice.log.scrub.Damage;
import dev.sluice.log.scrub.Scrubber;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a scrubber take step after step on a scheduler's thread, with the pauses that it asks for.
 */
final class ScrubService implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ScrubService.class);

  /** A start has better things to read. */
  private static final Duration FIRST_DELAY = Duration.ofMinutes(1);

  private final ScheduledExecutorService scheduler;
  private final Scrubber scrubber;
  private volatile boolean isClosed;

  private ScrubService(ScheduledExecutorService scheduler, Scrubber scrubber) {
    this.scheduler = scheduler;
    this.scrubber = scrubber;
  }

  static ScrubService start(ScheduledExecutorService scheduler, Scrubber scrubber) {
    ScrubService started = new ScrubService(scheduler, scrubber);
    started.after(FIRST_DELAY);
    return started;
  }

  /** What was found. */
  List<Damage> damage() {
    return scrubber.damage();
  }

  /** Takes no further step; one that is under way ends by itself. */
  @Override
  public void close() {
    isClosed = true;
  }

  private void after(Duration delay) {
    try {
      var unused = scheduler.schedule(this::step, delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("No more scrubbing: the scheduler is closed");
    }
  }

  private void step() {
    if (isClosed) {
      return;
    }
    Duration delay = FIRST_DELAY;
    try {
      delay = scrubber.step();
    } catch (RuntimeException e) {
      LOG.error("Scrubbing failed in an unforeseen way, and goes on", e);
    }
    after(delay);
  }
}
