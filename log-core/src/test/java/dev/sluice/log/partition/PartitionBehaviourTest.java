package dev.sluice.log.partition;

import static dev.sluice.log.partition.TestLog.failure;
import static dev.sluice.log.partition.TestLog.values;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.log.StorageException;
import dev.sluice.log.StorageException.Code;
import dev.sluice.log.flush.FlushPolicy;
import dev.sluice.log.io.FaultyStorage.Loss;
import dev.sluice.log.record.LogRecord;
import dev.sluice.log.record.RecordBatch;
import dev.sluice.log.record.RecordBatchBuilder;
import dev.sluice.log.record.RecordBatches;
import dev.sluice.log.retention.Retention;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PartitionBehaviourTest {

  private final TestLog test = new TestLog();

  @AfterEach
  void close() {
    test.close();
  }

  @Test
  void findsOffsetsAndTimesAsALinearScanDoes() {
    Random random = new Random(5);
    test.settings = test.settings.withSegments(40_000, Duration.ofDays(1));
    PartitionLog log = test.open();
    RecordBatchBuilder builder = new RecordBatchBuilder();
    List<LogRecord> all = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      builder.reset();
      for (int j = random.nextInt(5); j >= 0; j--) {
        builder.append(10_000 + i * 10L + random.nextInt(300), null, new byte[random.nextInt(900)]);
      }
      AppendResult unused = log.append(builder).join();
    }
    for (long offset = 0; offset < log.highWatermark(); ) {
      ReadResult result = log.read(offset, 1 << 20);
      result.batches().forEach(batch -> batch.records().forEach(all::add));
      offset = result.nextOffset();
    }
    assertThat(all).hasSize((int) log.highWatermark());

    for (LogRecord record : all) {
      RecordBatch first = log.read(record.offset(), 1).batches().getFirst();
      assertThat(first.baseOffset()).isLessThanOrEqualTo(record.offset());
      assertThat(first.lastOffset()).isGreaterThanOrEqualTo(record.offset());
    }
    for (long time = 9_990; time < 12_400; time += 3) {
      long wanted = time;
      Optional<TimestampedOffset> scanned =
          all.stream()
              .filter(record -> record.timestampMillis() >= wanted)
              .findFirst()
              .map(record -> new TimestampedOffset(record.offset(), record.timestampMillis()));
      assertThat(log.offsetForTimestamp(time)).isEqualTo(scanned);
    }
  }

  @Test
  void takesCompleteBatchesFromOutsideAndAssignsTheirOffsets() {
    PartitionLog log = test.open();
    test.appendMany(log, 2);
    ByteBuffer two = ByteBuffer.allocate(1000);
    for (int i = 0; i < 2; i++) {
      RecordBatchBuilder builder = new RecordBatchBuilder();
      builder.append(1, null, new byte[] {1});
      builder.append(2, null, new byte[] {2});
      two.put(builder.build().bytes());
    }
    two.flip();

    assertThat(log.append(two).join()).isEqualTo(new AppendResult(2, 5));
    assertThat(two.remaining()).isPositive();
    assertThat(values(log)).hasSize(6);

    two.put(70, (byte) (two.get(70) ^ 1));
    assertThat(failure(log.append(two)).code()).isEqualTo(Code.INVALID_BATCH);
    assertThat(failure(log.append(two.slice(0, 30))).code()).isEqualTo(Code.INVALID_BATCH);
    assertThat(failure(log.append(ByteBuffer.allocate(0))).code()).isEqualTo(Code.INVALID_BATCH);
    assertThat(log.logEndOffset()).isEqualTo(6);
  }

  @Test
  void refusesWhatIsTooLargeAndReadsOutOfRange() {
    test.settings = test.settings.withLimits(5_000, 10_000);
    PartitionLog log = test.open();
    assertThat(failure(test.append(log, "x".repeat(6_000))).code()).isEqualTo(Code.TOO_LARGE);
    test.appendMany(log, 2);

    assertThat(log.read(2, 100).batches()).isEmpty();
    for (long offset : new long[] {-1, 3}) {
      assertThatThrownBy(() -> log.read(offset, 100))
          .isInstanceOfSatisfying(
              StorageException.class,
              e -> assertThat(e.code()).isEqualTo(Code.OFFSET_OUT_OF_RANGE));
    }
  }

  @Test
  void regionHoldsTheSameBytesAsTheRead() throws Exception {
    PartitionLog log = test.open();
    test.appendMany(log, 25);
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    try (LogRegion region = log.readRegion(4, 5_000).orElseThrow()) {
      log.deleteBefore(25);
      assertThat(region.transferTo(Channels.newChannel(sent), 0)).isEqualTo(region.sizeBytes());
    }
    List<Long> offsets = new ArrayList<>();
    for (RecordBatch batch : new RecordBatches(ByteBuffer.wrap(sent.toByteArray()))) {
      batch.validate();
      offsets.add(batch.baseOffset());
    }
    assertThat(offsets).containsExactly(4L, 5L, 6L, 7L);
    assertThat(log.readRegion(25, 100)).isEmpty();
  }

  @Test
  void deletedRecordsStayDeletedAfterACrash() {
    PartitionLog log = test.open();
    test.appendMany(log, 25);
    long before = log.sizeBytes();

    log.deleteBefore(12);

    assertThat(log.logStartOffset()).isEqualTo(12);
    assertThat(log.sizeBytes()).isLessThan(before);
    assertThatThrownBy(() -> log.read(11, 10)).isInstanceOf(StorageException.class);
    assertThat(values(log)).hasSize(13);
    test.storage.restart(Loss.ALL);
    PartitionLog again = test.open();
    assertThat(again.logStartOffset()).isEqualTo(12);
    assertThat(values(again)).hasSize(13);
    assertThatThrownBy(() -> again.deleteBefore(26)).isInstanceOf(StorageException.class);
  }

  @Test
  void deletingEverythingKeepsTheOffsets() {
    PartitionLog log = test.open();
    test.appendMany(log, 25);
    log.deleteBefore(25);
    log.close();

    PartitionLog again = test.open();
    assertThat(again.logStartOffset()).isEqualTo(25);
    assertThat(test.append(again, "next").join().baseOffset()).isEqualTo(25);
  }

  @Test
  void sizeRetentionBoundsThePartition() {
    test.settings =
        PartitionSettings.DEFAULT
            .withSegments(10_000, Duration.ofDays(1))
            .withRetention(new Retention(null, 30_000L));
    PartitionLog log = test.open();
    test.appendMany(log, 100);

    log.retain();

    assertThat(log.sizeBytes()).isBetween(15_000L, 30_000L);
    assertThat(values(log)).hasSize((int) (100 - log.logStartOffset()));
  }

  @Test
  void timeRetentionDeletesEvenTheActiveSegmentOfAnIdlePartition() {
    test.settings = test.settings.withRetention(new Retention(Duration.ofHours(1), null));
    PartitionLog log = test.open();
    test.appendMany(log, 25);
    test.clock.advance(Duration.ofMinutes(59));
    test.appendMany(log, 1);
    log.retain();
    assertThat(log.logStartOffset()).isZero();

    test.clock.advance(Duration.ofMinutes(2));
    log.retain();
    assertThat(log.logStartOffset()).isEqualTo(18);

    test.clock.advance(Duration.ofHours(1));
    log.retain();
    assertThat(log.logStartOffset()).isEqualTo(26);
    assertThat(log.sizeBytes()).isZero();
    assertThat(test.append(log, "next").join().baseOffset()).isEqualTo(26);
  }

  @Test
  void segmentAgeSurvivesAReopening() {
    PartitionLog log = test.open();
    test.appendMany(log, 1);
    test.clock.advance(Duration.ofHours(20));
    log.close();
    log = test.open();
    test.clock.advance(Duration.ofHours(5));
    test.appendMany(log, 1);

    assertThat(test.storage.bytes(TestLog.segment(1, ".log"))).isNotEmpty();
  }

  @Test
  void waitersAreWokenByTheAppendThatServesThemAndOnlyOnce() throws Exception {
    PartitionLog log = test.open();
    Semaphore early = new Semaphore(0);
    Semaphore late = new Semaphore(0);
    Semaphore cancelled = new Semaphore(0);
    Runnable unused = log.whenVisible(0, early::release);
    unused = log.whenVisible(2, late::release);
    log.whenVisible(0, cancelled::release).run();
    assertThat(early.availablePermits()).isZero();

    test.appendMany(log, 2);
    assertThat(early.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
    unused = log.whenVisible(1, early::release);
    assertThat(early.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
    assertThat(late.availablePermits()).isZero();
    log.close();
    assertThat(late.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
    assertThat(early.availablePermits() + cancelled.availablePermits()).isZero();
  }

  @Test
  void aCallerThatBlocksInItsAnswerHoldsUpNoOtherPartition() {
    PartitionLog sick = test.open();
    CountDownLatch released = new CountDownLatch(1);
    AtomicBoolean ranHere = new AtomicBoolean();
    CompletableFuture<Void> blocked;
    do {
      // An answer that is there already when it is chained to runs on this thread: try another.
      ranHere.set(false);
      Thread here = Thread.currentThread();
      blocked =
          test.append(sick, "x")
              .thenRun(
                  () -> {
                    if (Thread.currentThread() == here) {
                      ranHere.set(true);
                    } else {
                      await(released);
                    }
                  });
    } while (ranHere.get());
    try (PartitionLog well =
        PartitionLog.open(test.services, "w-0", Path.of("/data/w-0"), test.settings)) {
      test.appendMany(well, 3);
    }
    released.countDown();
    blocked.join();
  }

  private static void await(CountDownLatch released) {
    try {
      assertThat(released.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void idleFilesAreClosedAndOpenAgain() {
    PartitionLog log = test.open();
    test.appendMany(log, 25);
    List<String> expected = values(log);
    log.closeIdleFiles();
    log.closeIdleFiles();
    assertThat(values(log)).isEqualTo(expected);
  }

  @Test
  void osFlushAcknowledgesWithoutForceAndACleanStopKeepsAll() {
    test.settings = test.settings.withFlush(FlushPolicy.OS);
    PartitionLog log = test.open();
    test.appendMany(log, 3);
    assertThat(values(log)).hasSize(3);
    log.close();
    test.storage.restart(Loss.ALL);
    assertThat(values(test.open())).hasSize(3);
  }

  @Test
  void anAppendInPlaceIsDoneAtOnceWhereAcknowledgedDoesNotMeanDurable() {
    test.settings = test.settings.withFlush(FlushPolicy.OS);
    PartitionLog log = test.open();

    assertThat(log.appendInPlace(batch("first"))).isDone();

    ByteBuffer damaged = batch("second");
    damaged.put(damaged.limit() - 1, (byte) ~damaged.get(damaged.limit() - 1));
    assertThat(failure(log.appendInPlace(damaged)).code()).isEqualTo(Code.INVALID_BATCH);
    assertThat(values(log)).containsExactly("first");
  }

  @Test
  void anAppendInPlaceIsDurableWhereAcknowledgedMeansDurable() {
    PartitionLog log = test.open();

    AppendResult unused = log.appendInPlace(batch("kept")).join();

    test.storage.restart(Loss.ALL);
    assertThat(values(test.open())).containsExactly("kept");
  }

  private static ByteBuffer batch(String value) {
    RecordBatchBuilder builder = new RecordBatchBuilder();
    builder.append(1, null, value.getBytes(UTF_8));
    return builder.buildBytes();
  }

  @Test
  void closedLogRefuses() {
    PartitionLog log = test.open();
    log.close();
    log.close();
    assertThat(failure(test.append(log, "late")).code()).isEqualTo(Code.CLOSED);
    assertThatThrownBy(() -> log.read(0, 1)).isInstanceOf(StorageException.class);
  }
}
