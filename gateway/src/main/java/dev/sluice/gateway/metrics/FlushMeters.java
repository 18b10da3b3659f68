package dev.sluice.gateway.metrics;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * How long the disk takes to make appends durable: {@code sluice.log.flush} and {@code
 * sluice.log.flush.bytes}. To be called by whoever flushes. Thread-safe and cheap.
 */
@Singleton
public final class FlushMeters {

  private final Timer time;
  private final DistributionSummary bytes;

  public FlushMeters(MeterRegistry registry) {
    time =
        Timer.builder("sluice.log.flush")
            .description("Time that a flush to disk took")
            .serviceLevelObjectives(
                Duration.ofMillis(1),
                Duration.ofMillis(5),
                Duration.ofMillis(20),
                Duration.ofMillis(100),
                Duration.ofMillis(500),
                Duration.ofSeconds(2))
            .register(registry);
    bytes =
        DistributionSummary.builder("sluice.log.flush.bytes")
            .description("Bytes that a flush made durable")
            .baseUnit("bytes")
            .register(registry);
  }

  /** Counts a flush. */
  public void flushed(Duration took, long sizeBytes) {
    time.record(took);
    bytes.record(sizeBytes);
  }
}
