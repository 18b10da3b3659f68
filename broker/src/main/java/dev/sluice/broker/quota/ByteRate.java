package dev.sluice.broker.quota;

import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.metrics.stats.Rate;

/**
 * Bytes a second over the last seconds, measured as a Kafka broker does with its default settings:
 * eleven samples of a second each. Thread-safe.
 */
final class ByteRate {

  private static final int SAMPLES = 11;

  /** After so long without bytes, all that was counted is forgotten. */
  static final long MEMORY_MILLIS = TimeUnit.SECONDS.toMillis(SAMPLES);

  private static final MetricConfig WINDOW =
      new MetricConfig().samples(SAMPLES).timeWindow(1, TimeUnit.SECONDS);

  private final Rate rate = new Rate();
  private long lastMillis;

  /**
   * Counts bytes.
   *
   * @return how long to wait for the rate to come down to the limit, at most {@link
   *     #MEMORY_MILLIS}; 0 if it isn't above (KIP-13)
   */
  synchronized int record(long bytes, double limit, long nowMillis) {
    lastMillis = nowMillis;
    rate.record(WINDOW, bytes, nowMillis);
    double measured = rate.measure(WINDOW, nowMillis);
    if (measured <= limit) {
      return 0;
    }
    double millis = (measured - limit) / limit * rate.windowSize(WINDOW, nowMillis);
    return (int) Math.min(Math.round(millis), MEMORY_MILLIS);
  }

  /** Whether this is as good as new. */
  synchronized boolean isForgotten(long nowMillis) {
    return nowMillis - lastMillis >= MEMORY_MILLIS;
  }
}
