package dev.sluice.gateway.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GrowingLagTest {

  private static final long[] TIMES =
      IntStream.range(0, GrowingLag.SAMPLES).mapToLong(i -> 1_000_000 + 10_000L * i).toArray();

  @Test
  void isSeenWhereMoreComesThanIsRead() {
    assertThat(GrowingLag.of(TIMES, lags(i -> 1_000 + 500L * i)))
        .contains(new GrowingLag(1_000_000, 9_500, 50.0));
  }

  @Test
  void isNotSeenWhereAReaderKeepsPaceInBatches() {
    assertThat(GrowingLag.of(TIMES, lags(i -> 5_000L * (i % 6)))).isEmpty();
    assertThat(GrowingLag.of(TIMES, lags(i -> 90_000))).isEmpty();
    assertThat(GrowingLag.of(TIMES, lags(i -> 90_000 - 100L * i))).isEmpty();
  }

  @Test
  void isNotSeenWhereItIsSmallOrHardlyGrows() {
    assertThat(GrowingLag.of(TIMES, lags(i -> 10L * i))).isEmpty();
    assertThat(GrowingLag.of(TIMES, lags(i -> 1_000_000 + 100L * i))).isEmpty();
  }

  @Test
  void isNotSeenWhereAGroupIsNew() {
    assertThat(GrowingLag.of(TIMES, lags(i -> i < 3 ? -1 : 1_000L * i))).isEmpty();
    assertThat(GrowingLag.of(new long[0], new long[0])).isEmpty();
  }

  @Test
  void noiseAroundALevelIsNoGrowth() {
    Random random = new Random(20260719);
    int seen = 0;
    for (int run = 0; run < 1_000; run++) {
      long[] lags = lags(i -> random.nextInt(10_000));
      seen += GrowingLag.of(TIMES, lags).isPresent() ? 1 : 0;
    }
    assertThat(seen)
        .as("by chance, of 1,000 runs, each of three lows above the one before")
        .isLessThan(250);
  }

  private static long[] lags(IntToLongFunction lag) {
    return IntStream.range(0, GrowingLag.SAMPLES).mapToLong(lag).toArray();
  }
}
