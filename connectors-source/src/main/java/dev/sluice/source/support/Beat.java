package dev.sluice.source.support;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * When a polling source looks again. The first beat is due at once or after one interval, each
 * further one an interval after the one before was taken; beats that were missed are not made up
 * for. Not thread-safe; belongs to the poll thread.
 */
public final class Beat {

  /** So that an interval of zero does not keep a core busy with looking. */
  private static final Duration SHORTEST = Duration.ofMillis(1);

  private final Clock clock;
  private final Duration interval;
  private Instant due;

  private Beat(Clock clock, Duration interval, Instant due) {
    this.clock = clock;
    this.interval = interval.compareTo(SHORTEST) < 0 ? SHORTEST : interval;
    this.due = due;
  }

  /** A beat that is due at once. */
  public static Beat startingNow(Clock clock, Duration interval) {
    return new Beat(clock, interval, clock.instant());
  }

  /** A beat that is due after one interval. */
  public static Beat startingLater(Clock clock, Duration interval) {
    return new Beat(clock, interval, clock.instant().plus(interval));
  }

  /**
   * Takes the beat if it is due, or falls due within the time given.
   *
   * @param maxWait how long to block for it at most
   * @return whether the beat was taken
   */
  public boolean await(Duration maxWait) throws InterruptedException {
    Duration remaining = Duration.between(clock.instant(), due);
    if (remaining.compareTo(interval) > 0) {
      // The clock was set back.
      due = clock.instant().plus(interval);
      remaining = interval;
    }
    if (remaining.isPositive()) {
      Duration wait = remaining.compareTo(maxWait) < 0 ? remaining : maxWait;
      if (wait.isPositive()) {
        Thread.sleep(wait);
      }
      if (clock.instant().isBefore(due)) {
        return false;
      }
    }
    due = clock.instant().plus(interval);
    return true;
  }
}
