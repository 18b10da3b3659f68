package dev.sluice.log.partition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.log.LogMetrics;
import dev.sluice.log.check.Soundness;
import dev.sluice.log.flush.FlushMode;
import dev.sluice.log.flush.FlushPolicy;
import dev.sluice.log.flush.FlushService;
import dev.sluice.log.io.DiskStorage;
import dev.sluice.log.record.LogRecord;
import dev.sluice.log.record.RecordBatch;
import dev.sluice.log.record.RecordBatchBuilder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class ConcurrencyTest {

  private static final int APPENDERS = 8;
  private static final int EACH = Boolean.getBoolean("long") ? 100_000 : 2_000;

  @TempDir Path directory;
  private final FlushService flusher = new FlushService(2, 1 << 20);
  private final AtomicInteger forces = new AtomicInteger();
  private final LogMetrics metrics =
      new LogMetrics() {
        @Override
        public void forced(String partition, long nanos, long bytes) {
          int unused = forces.incrementAndGet();
        }
      };
  private final LogServices services =
      new LogServices(new DiskStorage(), flusher, Clock.systemUTC(), metrics);

  @AfterEach
  void stopFlusher() {
    flusher.close();
    Soundness.assertFlawless(new DiskStorage(), directory);
  }

  @ParameterizedTest
  @EnumSource(FlushMode.class)
  void manyAppendersAndReadersSeeOneOrder(FlushMode mode) throws Exception {
    PartitionSettings settings =
        PartitionSettings.DEFAULT
            .withFlush(new FlushPolicy(mode, Duration.ofMillis(5)))
            .withSegments(100_000, Duration.ofDays(1))
            .withLimits(2_000, 20_000);
    try (PartitionLog log = PartitionLog.open(services, "t-0", directory, settings);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> tasks = new ArrayList<>();
      for (int i = 0; i < APPENDERS; i++) {
        int appender = i;
        tasks.add(threads.submit(() -> append(log, appender)));
      }
      for (int i = 0; i < 3; i++) {
        tasks.add(threads.submit(() -> read(log)));
      }
      for (Future<?> task : tasks) {
        Object unused = task.get(60, TimeUnit.SECONDS);
      }
      assertThat(log.highWatermark()).isEqualTo(APPENDERS * EACH);
      assertThat(log.unflushedBytes()).isZero();
    }
    assertThat(flusher.budget().usedBytes()).isZero();
    // Many appends share a force; the exact number is the disk's affair.
    if (mode == FlushMode.ACK) {
      assertThat(forces.get()).isBetween(1, APPENDERS * EACH / 2);
    }
    try (PartitionLog log = PartitionLog.open(services, "t-0", directory, settings)) {
      read(log);
    }
  }

  @Test
  void anInterruptedReaderTakesNothingFromTheOthers() throws Exception {
    try (PartitionLog log =
            PartitionLog.open(services, "t-0", directory, PartitionSettings.DEFAULT);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      RecordBatchBuilder builder = new RecordBatchBuilder();
      builder.append(1, null, new byte[100]);
      AppendResult unused = log.append(builder).join();
      Future<Boolean> interrupted =
          threads.submit(
              () -> {
                Thread.currentThread().interrupt();
                return log.read(0, 1).batches().size() == 1 && Thread.interrupted();
              });
      assertThat(interrupted.get(10, TimeUnit.SECONDS)).isTrue();
      assertThat(log.read(0, 1).batches()).hasSize(1);
      assertThat(log.append(builder).join().baseOffset()).isEqualTo(1);
    }
  }

  private static Void append(PartitionLog log, int appender) {
    RecordBatchBuilder builder = new RecordBatchBuilder();
    List<CompletableFuture<AppendResult>> futures = new ArrayList<>();
    for (int i = 0; i < EACH; i++) {
      builder.reset();
      builder.append(i, null, (appender + ":" + i).getBytes(UTF_8));
      futures.add(
          i % 10 == appender
              ? CompletableFuture.completedFuture(log.appendNow(builder))
              : i % 3 == 0 ? log.appendInPlace(builder.buildBytes()) : log.append(builder));
    }
    long last = -1;
    for (CompletableFuture<AppendResult> future : futures) {
      long offset = future.join().baseOffset();
      assertThat(offset).isGreaterThan(last);
      last = offset;
    }
    return null;
  }

  /** Reads all there will be, waiting for it, and checks the order of each appender. */
  private static Void read(PartitionLog log) throws InterruptedException {
    Map<String, Integer> next = new HashMap<>();
    long offset = 0;
    while (offset < APPENDERS * EACH) {
      Semaphore visible = new Semaphore(0);
      Runnable cancel = log.whenVisible(offset, visible::release);
      assertThat(visible.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
      cancel.run();
      ReadResult result = log.read(offset, 50_000);
      for (RecordBatch batch : result.batches()) {
        for (LogRecord record : batch.records()) {
          assertThat(record.offset()).isEqualTo(offset++);
          String[] parts = new String(record.valueBytes(), UTF_8).split(":", 2);
          int expected = next.merge(parts[0], 1, Integer::sum) - 1;
          assertThat(Integer.parseInt(parts[1])).isEqualTo(expected);
        }
      }
    }
    return null;
  }
}
