package dev.sluice.gateway.connect.work;

import dev.sluice.gateway.config.ErrorPolicy;
import java.time.Duration;

/**
 * How long to wait before trying again: exponential with jitter. Half of the pause is fixed, the
 * other half is random, so that many tasks that failed together do not come back together.
 *
 * @param first the pause after the first failure; doubles with each further one
 * @param longest no pause is longer
 */
public record Backoff(Duration first, Duration longest) {

  private static final int MAX_DOUBLINGS = 30;

  /** The back-off of a connector. */
  public static Backoff of(ErrorPolicy policy) {
    return new Backoff(policy.backoff(), policy.maxBackoff());
  }

  /**
   * The pause after so many failures in a row.
   *
   * @param failures at least 1
   * @param random between 0 and 1
   */
  public Duration pause(int failures, double random) {
    long longestMillis = longest.toMillis();
    int doublings = Math.min(MAX_DOUBLINGS, Math.max(0, failures - 1));
    long firstMillis = first.toMillis();
    long millis =
        firstMillis > (longestMillis >> doublings) ? longestMillis : firstMillis << doublings;
    long half = millis / 2;
    return Duration.ofMillis(half + Math.round(random * (millis - half)));
  }
}
