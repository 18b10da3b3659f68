package dev.sluice.gateway.history;

import java.util.Arrays;
import java.util.Optional;

/**
 * A group that falls behind.
 *
 * @param sinceMillis the sample from which on it grew, in milliseconds since the epoch
 * @param lag how many records wait now
 * @param perSecond how many more wait each second, on the average since then
 */
public record GrowingLag(long sinceMillis, long lag, double perSecond) {

  /** So many samples are looked at: three minutes. */
  static final int SAMPLES = 18;

  private static final int PARTS = 3;

  /** Less than this is not worth anyone's sleep. */
  static final long MIN_LAG = 1_000;

  /** By so much it must have grown, for a large lag that trembles is not one that grows. */
  private static final double MIN_GROWTH = 1.1;

  /**
   * Decides whether a lag grows: its lowest value in each third of the samples is higher than in
   * the third before, by a tenth over all, and it is worth a word. The lowest, since a reader that
   * commits in batches lets its lag go up and down, but always comes down to where it was if it
   * keeps pace.
   *
   * @param times of the samples, in milliseconds since the epoch
   * @param lags at these times; negative where there was none
   */
  static Optional<GrowingLag> of(long[] times, long[] lags) {
    int part = lags.length / PARTS;
    if (part == 0 || Arrays.stream(lags).anyMatch(lag -> lag < 0)) {
      return Optional.empty();
    }
    long first = lowest(lags, 0, part);
    long middle = lowest(lags, part, 2 * part);
    long last = lowest(lags, 2 * part, lags.length);
    boolean grows = first < middle && middle < last && last >= first * MIN_GROWTH;
    long now = lags[lags.length - 1];
    if (!grows || now < MIN_LAG) {
      return Optional.empty();
    }
    double seconds = Math.max(1, times[times.length - 1] - times[0]) / 1_000.0;
    return Optional.of(new GrowingLag(times[0], now, (now - lags[0]) / seconds));
  }

  private static long lowest(long[] lags, int from, int to) {
    return Arrays.stream(lags, from, to).min().orElse(0);
  }
}
