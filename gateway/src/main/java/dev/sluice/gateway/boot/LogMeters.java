package dev.sluice.gateway.boot;

import dev.sluice.gateway.metrics.FlushMeters;
import dev.sluice.log.DeletionReason;
import dev.sluice.log.LogMetrics;
import dev.sluice.log.StorageException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What the log reports, as meters: flush times, failures by code, deletions, rot. */
final class LogMeters implements LogMetrics {

  private final FlushMeters flushes;
  private final Map<StorageException.Code, Counter> failures =
      new EnumMap<>(StorageException.Code.class);
  private final Map<DeletionReason, Deletions> deletions = new EnumMap<>(DeletionReason.class);
  private final Timer compactions;
  private final Counter compactedAwayBytes;
  private final Counter scrubbedBytes;
  private final Counter rot;

  LogMeters(FlushMeters flushes, MeterRegistry registry) {
    this.flushes = flushes;
    for (StorageException.Code code : StorageException.Code.values()) {
      failures.put(
          code,
          Counter.builder("sluice.log.failures")
              .description("Appends, reads and background jobs of the log that failed")
              .tag("code", code.name())
              .register(registry));
    }
    for (DeletionReason reason : DeletionReason.values()) {
      deletions.put(reason, Deletions.register(reason, registry));
    }
    compactions =
        Timer.builder("sluice.log.compactions")
            .description("Compactions of keyed partitions")
            .register(registry);
    compactedAwayBytes =
        Counter.builder("sluice.log.compacted.bytes")
            .description("Bytes of replaced records and old tombstones that compaction freed")
            .baseUnit("bytes")
            .register(registry);
    scrubbedBytes =
        Counter.builder("sluice.log.scrubbed.bytes")
            .description("Bytes of sealed segments that were read again to find rot")
            .baseUnit("bytes")
            .register(registry);
    rot =
        Counter.builder("sluice.log.rot")
            .description("Places in sealed segments that could not be read back")
            .register(registry);
  }

  @Override
  public void forced(String partition, long nanos, long bytes) {
    flushes.flushed(Duration.ofNanos(nanos), bytes);
  }

  @Override
  public void failed(String partition, StorageException.Code code) {
    Counter counter = failures.get(code);
    if (counter != null) {
      counter.increment();
    }
  }

  @Override
  public void deleted(
      String partition, DeletionReason reason, long records, int segments, long bytes) {
    Deletions deleted = deletions.get(reason);
    if (deleted != null) {
      deleted.records.increment(records);
      deleted.segments.increment(segments);
      deleted.bytes.increment(bytes);
    }
  }

  /** What was deleted for one reason. */
  private record Deletions(Counter records, Counter segments, Counter bytes) {

    static Deletions register(DeletionReason reason, MeterRegistry registry) {
      String tag = reason.name().toLowerCase(Locale.ROOT);
      return new Deletions(
          Counter.builder("sluice.log.deleted.records")
              .description("Records that retention or a request deleted, by reason")
              .tag("reason", tag)
              .register(registry),
          Counter.builder("sluice.log.deleted.segments")
              .description("Segments that retention or a request freed, by reason")
              .tag("reason", tag)
              .register(registry),
          Counter.builder("sluice.log.deleted.bytes")
              .description("Bytes that retention or a request freed, by reason")
              .baseUnit("bytes")
              .tag("reason", tag)
              .register(registry));
    }
  }

  @Override
  public void compacted(String partition, long bytesBefore, long bytesAfter, long millis) {
    compactions.record(Duration.ofMillis(millis));
    compactedAwayBytes.increment(Math.max(0, bytesBefore - bytesAfter));
  }

  @Override
  public void scrubbed(long bytes) {
    scrubbedBytes.increment(bytes);
  }

  @Override
  public void rotFound(String partition) {
    rot.increment();
  }
}
