package dev.sluice.broker.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.Quota;
import org.apache.kafka.common.metrics.QuotaViolationException;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.stats.Rate;
import org.apache.kafka.server.quota.QuotaUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRateTest {

  @Test
  void whoStaysBelowNeverWaits() {
    ByteRate rate = new ByteRate();
    for (int second = 0; second < 100; second++) {
      assertThat(rate.record(1_000, 1_100, second * 1_000L)).isZero();
    }
  }

  @Test
  void theWaitIsWhatTheBytesAboveTheLimitWouldHaveTaken() {
    assertThat(new ByteRate().record(15_000, 1_000, 0)).isEqualTo(5_000);
    assertThat(new ByteRate().record(10_000, 1_000, 0)).isZero();
    assertThat(new ByteRate().record(10_001, 1_000, 0)).isEqualTo(1);
  }

  @Test
  void nobodyWaitsLongerThanIsRemembered() {
    ByteRate rate = new ByteRate();
    assertThat(rate.record(Integer.MAX_VALUE, 1, 0)).isEqualTo(11_000);
    assertThat(rate.isForgotten(10_999)).isFalse();
    assertThat(rate.isForgotten(11_000)).isTrue();
    assertThat(rate.record(10, 1, 11_000)).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void theWaitIsTheOneThatAKafkaBrokerComputes(long seed) {
    Random random = new Random(seed);
    double limit = 1_000 + random.nextInt(100_000);
    ByteRate ours = new ByteRate();
    try (Metrics metrics = new Metrics()) {
      Sensor kafkas = metrics.sensor("bytes");
      boolean unused =
          kafkas.add(
              metrics.metricName("byte-rate", "Produce"),
              new Rate(),
              new MetricConfig()
                  .samples(11)
                  .timeWindow(1, TimeUnit.SECONDS)
                  .quota(Quota.upperBound(limit)));
      long now = 1_000_000;
      for (int i = 0; i < 2_000; i++) {
        now += random.nextInt(20) == 0 ? random.nextInt(20_000) : random.nextInt(300);
        long bytes = (long) (random.nextDouble() * limit / 2);
        assertThat(ours.record(bytes, limit, now))
            .as("seed %d, record %d", seed, i)
            .isEqualTo(expected(kafkas, bytes, now));
      }
    }
  }

  private static int expected(Sensor sensor, long bytes, long now) {
    try {
      sensor.record(bytes, now, true);
      return 0;
    } catch (QuotaViolationException violation) {
      return (int) Math.min(QuotaUtils.throttleTime(violation, now), 11_000);
    }
  }
}
