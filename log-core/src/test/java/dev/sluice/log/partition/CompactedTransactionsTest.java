package dev.sluice.log.partition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.log.LogMetrics;
import dev.sluice.log.check.Soundness;
import dev.sluice.log.compaction.Compaction;
import dev.sluice.log.flush.FlushService;
import dev.sluice.log.io.FaultyStorage;
import dev.sluice.log.io.FaultyStorage.Loss;
import dev.sluice.log.producer.AbortedTransaction;
import dev.sluice.log.record.ControlMarker;
import dev.sluice.log.record.LogRecord;
import dev.sluice.log.record.RecordBatch;
import dev.sluice.log.record.RecordBatchBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Compaction of what idempotent and transactional producers wrote. */
class CompactedTransactionsTest {

  private static final Path DIRECTORY = Path.of("/data/t-0");
  private static final Duration GRACE = Duration.ofHours(1);
  private static final short EPOCH = 0;

  private final FaultyStorage storage = new FaultyStorage(1);
  private final ManualClock clock = new ManualClock();
  private final FlushService flusher = new FlushService(1, 64 << 20);
  private final LogServices services = new LogServices(storage, flusher, clock, LogMetrics.NONE);
  private final Map<Long, Integer> sequences = new HashMap<>();

  @AfterEach
  void stopFlusher() {
    flusher.close();
    Soundness.assertSound(storage, DIRECTORY);
  }

  @Test
  void anAbortedValueReplacesNothingAndItsTracesGoOneAfterTheOther() {
    try (PartitionLog log = open()) {
      write(log, 1, true, "a", "good");
      end(log, 1, ControlMarker.Type.COMMIT);
      write(log, 2, true, "a", "bad");
      end(log, 2, ControlMarker.Type.ABORT);
      write(log, 2, false, "b", "later");
      fill(log);

      compact(log);
      assertThat(values(log)).contains("a=good", "b=later").doesNotContain("a=bad");
      assertThat(aborted(log)).hasSize(1);
      assertThat(markers(log)).containsExactly(1L, 3L);

      fill(log);
      compact(log);
      assertThat(aborted(log)).hasSize(1);
      clock.advance(GRACE);
      compact(log);
      assertThat(aborted(log)).isEmpty();
      assertThat(markers(log)).containsExactly(1L);
      assertThat(log.transactions().lastStableOffset()).isEqualTo(log.highWatermark());
    }
  }

  @Test
  void nothingBehindAnOpenTransactionIsLookedAt() {
    try (PartitionLog log = open()) {
      write(log, 1, false, "a", "0");
      write(log, 2, true, "b", "open");
      write(log, 1, false, "a", "2");
      fill(log);
      assertThat(log.compactionDue()).isEmpty();
      end(log, 2, ControlMarker.Type.COMMIT);
      compact(log);
      assertThat(values(log)).contains("a=2", "b=open").doesNotContain("a=0");
    }
  }

  @Test
  void aProducerGoesOnWhereItWasThoughAllItsRecordsAreReplaced() {
    try (PartitionLog log = open()) {
      write(log, 1, false, "a", "0");
      write(log, 1, false, "a", "1");
      fill(log);
      write(log, 3, false, "a", "newest");
      fill(log);
      compact(log);
      assertThat(values(log)).contains("a=newest").doesNotContain("a=1");
    }
    // Without the checkpoint, all that is known of producers is what is in the log.
    storage.replace(DIRECTORY.resolve("partition.checkpoint"), new byte[0]);
    storage.restart(Loss.NONE);
    try (PartitionLog log = open()) {
      AppendResult next = write(log, 1, false, "a", "next");
      assertThat(next.baseOffset()).isEqualTo(log.highWatermark() - 1);
    }
  }

  @Test
  void aTruncationIntoWhatIsCompactedMakesItDirtyAgain() {
    try (PartitionLog log = open()) {
      fill(log);
      compact(log);
      long offset = log.highWatermark() / 2;
      log.replica().truncateTo(offset);
      long end = log.logEndOffset();
      write(log, 1, false, "a", "1");
      write(log, 1, false, "a", "2");
      fill(log);
      compact(log);
      assertThat(values(log)).contains("a=2").doesNotContain("a=1");
      assertThat(end).isLessThanOrEqualTo(offset);
    }
  }

  private AppendResult write(
      PartitionLog log, long producer, boolean isTransactional, String key, String value) {
    RecordBatchBuilder builder = new RecordBatchBuilder();
    builder.producer(
        producer, EPOCH, sequences.merge(producer, 1, Integer::sum) - 1, isTransactional);
    builder.append(clock.millis(), key.getBytes(UTF_8), value.getBytes(UTF_8));
    return log.append(builder.build().bytes()).join();
  }

  private static void end(PartitionLog log, long producer, ControlMarker.Type type) {
    AppendResult unused =
        log.transactions().end(producer, EPOCH, new ControlMarker(type, 0)).join();
  }

  /** Enough to seal what is there. */
  private void fill(PartitionLog log) {
    for (int i = 0; i < 30; i++) {
      RecordBatchBuilder builder = new RecordBatchBuilder();
      builder.append(clock.millis(), ("fill" + i % 3).getBytes(UTF_8), new byte[60]);
      AppendResult unused = log.append(builder).join();
    }
  }

  private static void compact(PartitionLog log) {
    assertThat(log.compact(1 << 16, () -> false).orElseThrow().isComplete()).isTrue();
  }

  private static List<AbortedTransaction> aborted(PartitionLog log) {
    return log.transactions().aborted(0, log.highWatermark());
  }

  private static List<Long> markers(PartitionLog log) {
    List<Long> markers = new ArrayList<>();
    for (RecordBatch batch : batches(log)) {
      if (batch.isControl() && batch.count() > 0) {
        markers.add(batch.baseOffset());
      }
    }
    return markers;
  }

  private static List<String> values(PartitionLog log) {
    List<String> values = new ArrayList<>();
    for (RecordBatch batch : batches(log)) {
      if (!batch.isControl()) {
        for (LogRecord record : batch.records()) {
          values.add(
              new String(record.keyBytes(), UTF_8) + "=" + new String(record.valueBytes(), UTF_8));
        }
      }
    }
    return values;
  }

  private static List<RecordBatch> batches(PartitionLog log) {
    List<RecordBatch> batches = new ArrayList<>();
    long offset = log.logStartOffset();
    while (offset < log.highWatermark()) {
      ReadResult result = log.read(offset, 1_000);
      batches.addAll(result.batches());
      offset = result.nextOffset();
    }
    return batches;
  }

  private PartitionLog open() {
    return PartitionLog.open(
        services,
        "t-0",
        DIRECTORY,
        PartitionSettings.DEFAULT
            .withSegments(1_000, Duration.ofDays(1))
            .withCompaction(new Compaction(0, Duration.ZERO, Duration.ofDays(40_000), GRACE)));
  }
}
