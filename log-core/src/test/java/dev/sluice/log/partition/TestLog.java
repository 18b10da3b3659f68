package dev.sluice.log.partition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.log.LogMetrics;
import dev.sluice.log.StorageException;
import dev.sluice.log.check.Soundness;
import dev.sluice.log.flush.FlushService;
import dev.sluice.log.io.FaultyStorage;
import dev.sluice.log.record.LogRecord;
import dev.sluice.log.record.RecordBatch;
import dev.sluice.log.record.RecordBatchBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A partition on storage that can fail, with a clock that is set by hand. */
final class TestLog implements AutoCloseable {

  static final Path DIRECTORY = Path.of("/data/t-0");

  final FaultyStorage storage;
  final ManualClock clock = new ManualClock();
  final FlushService flusher = new FlushService(1, 64 << 20);
  final LogServices services;
  private boolean isDamageMeant;
  PartitionSettings settings = PartitionSettings.DEFAULT.withSegments(10_000, Duration.ofDays(1));

  TestLog() {
    this(1, LogMetrics.NONE);
  }

  /** A log on storage whose luck the seed decides. */
  TestLog(long seed) {
    this(seed, LogMetrics.NONE);
  }

  TestLog(LogMetrics metrics) {
    this(1, metrics);
  }

  private TestLog(long seed, LogMetrics metrics) {
    storage = new FaultyStorage(seed);
    services = new LogServices(storage, flusher, clock, metrics);
  }

  PartitionLog open() {
    return PartitionLog.open(services, "t-0", DIRECTORY, settings);
  }

  /** Appends one record with the clock's time. */
  CompletableFuture<AppendResult> append(PartitionLog log, String value) {
    RecordBatchBuilder builder = new RecordBatchBuilder();
    builder.append(clock.millis(), null, value.getBytes(UTF_8));
    return log.append(builder);
  }

  /** Appends records of one kilobyte, each its own batch, and waits. */
  void appendMany(PartitionLog log, int count) {
    for (int i = 0; i < count; i++) {
      AppendResult unused = append(log, log.logEndOffset() + ":" + "x".repeat(1000)).join();
    }
  }

  static List<String> values(PartitionLog log) {
    return values(log, log.logStartOffset());
  }

  static List<String> values(PartitionLog log, long from) {
    List<String> values = new ArrayList<>();
    long offset = from;
    while (offset < log.highWatermark()) {
      ReadResult result = log.read(offset, 4_000);
      for (RecordBatch batch : result.batches()) {
        for (LogRecord record : batch.records()) {
          if (record.offset() >= offset) {
            assertThat(record.offset()).isEqualTo(from + values.size());
            values.add(new String(record.valueBytes(), UTF_8));
          }
        }
      }
      offset = result.nextOffset();
    }
    return values;
  }

  static StorageException failure(CompletableFuture<AppendResult> future) {
    try {
      throw new AssertionError("Not failed: " + future.join());
    } catch (CompletionException e) {
      if (e.getCause() instanceof StorageException failure) {
        return failure;
      }
      throw new AssertionError("Not typed", e);
    }
  }

  static Path segment(long baseOffset, String ending) {
    return DIRECTORY.resolve(String.format("%020d", baseOffset) + ending);
  }

  /** The test damages what it leaves behind. */
  void leavesDamage() {
    isDamageMeant = true;
  }

  /** Holds that what is left behind is sound, unless damage is what the test is about. */
  @Override
  public void close() {
    flusher.close();
    if (!isDamageMeant && !storage.isCrashed() && storage.hasDirectory(DIRECTORY)) {
      Soundness.assertSound(storage, DIRECTORY);
    }
  }
}
