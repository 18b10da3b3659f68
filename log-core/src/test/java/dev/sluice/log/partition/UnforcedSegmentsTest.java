package dev.sluice.log.partition;

import static dev.sluice.log.partition.TestLog.failure;
import static dev.sluice.log.partition.TestLog.segment;
import static dev.sluice.log.partition.TestLog.values;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.log.StorageException;
import dev.sluice.log.StorageException.Code;
import dev.sluice.log.checkpoint.PartitionCheckpoint;
import dev.sluice.log.flush.FlushPolicy;
import dev.sluice.log.io.FaultyStorage.Loss;
import dev.sluice.log.record.RecordBatchBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Segments that are sealed before they are forced; nine records of a kilobyte fill one. */
@Timeout(60)
class UnforcedSegmentsTest {

  private static final int FULL = 9;

  private final TestLog test = new TestLog();
  private final CountDownLatch busy = new CountDownLatch(1);

  @BeforeEach
  void leaveToTheSystem() {
    test.settings = test.settings.withFlush(FlushPolicy.OS);
  }

  @AfterEach
  void close() {
    busy.countDown();
    test.close();
  }

  @Test
  void sealingForcesNothing() {
    PartitionLog log = openWithBusyFlusher();
    appendNow(log, 5 * FULL);
    assertThat(log.sealedSegments()).hasSize(4);
    test.storage.restart(Loss.ALL);
    assertThat(values(test.open())).isEmpty();
  }

  @Test
  void tooManyUnforcedSegmentsHoldUpTheNextOne() {
    PartitionLog log = openWithBusyFlusher();
    appendNow(log, 9 * FULL);
    assertThat(log.sealedSegments()).hasSize(8);
    appendNow(log, 1);
    test.storage.restart(Loss.ALL);
    assertThat(values(test.open())).hasSize(9 * FULL);
  }

  @Test
  void aFlusherForcesThemAfterwards() {
    PartitionLog log = test.open();
    appendNow(log, 3 * FULL + 1);
    awaitFlusher();
    test.storage.restart(Loss.ALL);
    assertThat(values(test.open())).hasSize(3 * FULL);
  }

  @Test
  void aTornSealedSegmentEndsTheLogAndThoseBehindItGo() {
    PartitionLog log = openWithBusyFlusher();
    appendNow(log, 3 * FULL);
    List<String> before = values(log);
    byte[] second = test.storage.bytes(segment(FULL, ".log"));
    test.storage.restart(Loss.NONE);
    test.storage.replace(segment(FULL, ".log"), Arrays.copyOf(second, second.length - 1500));

    log = test.open();
    assertThat(values(log)).isEqualTo(before.subList(0, 2 * FULL - 2));
    assertThat(log.appendNow(record("next")).baseOffset()).isEqualTo(2 * FULL - 2);
  }

  @Test
  void aSealedSegmentThatNeverGotToTheDiskEndsTheLogToo() throws Exception {
    PartitionLog log = openWithBusyFlusher();
    appendNow(log, 4 * FULL);
    test.storage.restart(Loss.NONE);
    test.storage.delete(segment(FULL, ".log"));
    test.storage.syncDirectory(TestLog.DIRECTORY);

    assertThat(values(test.open())).hasSize(FULL);
  }

  /** As a log start leaves it that comes between the force of a segment and its recovery point. */
  @Test
  void anEmptyLastSegmentThatACheckpointMissesStays() throws Exception {
    PartitionLog log = test.open();
    appendNow(log, FULL + 1);
    log.close();
    byte[] first = test.storage.bytes(segment(0, ".log"));
    test.storage.replace(segment(FULL, ".log"), new byte[0]);
    new PartitionCheckpoint(0, 0, first.length, FULL, -1, false, true, List.of(0L, (long) FULL))
        .write(PartitionCheckpoint.file(test.storage, TestLog.DIRECTORY));

    log = test.open();
    assertThat(values(log)).hasSize(FULL);
    assertThat(log.appendNow(record("next")).baseOffset()).isEqualTo(FULL);
  }

  @Test
  void rotInASealedSegmentIsNoLoss() {
    test.leavesDamage();
    PartitionLog log = openWithBusyFlusher();
    appendNow(log, 3 * FULL);
    test.storage.restart(Loss.NONE);
    test.storage.rot(segment(FULL, ".log"), 1500, 1);

    assertCorrupt();
  }

  @Test
  void whatIsMissingBeforeTheRecoveryPointIsRot() throws Exception {
    test.leavesDamage();
    PartitionLog log = test.open();
    appendNow(log, 3 * FULL + 1);
    awaitFlusher();
    test.storage.restart(Loss.NONE);
    test.storage.delete(segment(FULL, ".log"));
    test.storage.syncDirectory(TestLog.DIRECTORY);

    assertCorrupt();
  }

  @Test
  void whatIsAcknowledgedAsDurableLaterMakesAllBeforeItDurable() {
    PartitionLog log = openWithBusyFlusher();
    appendNow(log, 3 * FULL);
    busy.countDown();
    log.update(test.settings.withFlush(FlushPolicy.ACK));
    assertThat(log.append(record("durable")).join().baseOffset()).isEqualTo(3 * FULL);
    test.storage.restart(Loss.ALL);
    assertThat(values(test.open())).hasSize(3 * FULL + 1);
  }

  @Test
  void theCheckpointTellsWhetherSegmentsMayBeUnforced() throws Exception {
    PartitionLog log = test.open();
    appendNow(log, FULL);
    log.checkpoint();
    assertThat(maySealUnforced()).isFalse();
    appendNow(log, 1);
    assertThat(maySealUnforced()).isTrue();
    log.update(test.settings.withFlush(FlushPolicy.ACK));
    assertThat(log.append(record("durable")).join().baseOffset()).isEqualTo(FULL + 1);
    assertThat(maySealUnforced()).isFalse();
  }

  private boolean maySealUnforced() throws Exception {
    return PartitionCheckpoint.read(PartitionCheckpoint.file(test.storage, TestLog.DIRECTORY))
        .orElseThrow()
        .maySealUnforced();
  }

  @Test
  void aFailedForceTakesThePartitionOfflineAndReopeningKeepsWhatWasDurable() {
    PartitionLog log = openWithBusyFlusher();
    log.checkpoint();
    appendNow(log, 4);
    log.checkpoint();
    List<String> before = values(log);
    appendNow(log, 3 * FULL);
    test.storage.failForces(1);
    busy.countDown();
    awaitFlusher();

    assertThat(log.unavailable()).isPresent();
    assertThat(failure(log.append(record("refused"))).code()).isEqualTo(Code.OFFLINE);
    log.reopen();
    assertThat(values(log)).isEqualTo(before);
    appendNow(log, 3 * FULL);
    log.close();
    assertThat(values(test.open())).hasSize(4 + 3 * FULL);
  }

  @Test
  void aFailedWriteCostsNoSealedSegmentThatCanStillBeForced() {
    PartitionLog log = openWithBusyFlusher();
    appendNow(log, 3 * FULL);
    List<String> before = values(log);
    appendNow(log, 1);
    test.storage.failWrites(1);
    assertThatThrownBy(() -> appendNow(log, 1)).isInstanceOf(StorageException.class);

    test.storage.restart(Loss.ALL);
    assertThat(values(test.open())).isEqualTo(before);
  }

  @Test
  void aCleanStopMakesThemDurable() {
    PartitionLog log = openWithBusyFlusher();
    appendNow(log, 5 * FULL);
    busy.countDown();
    log.close();
    test.storage.restart(Loss.ALL);
    assertThat(values(test.open())).hasSize(5 * FULL);
  }

  @Test
  void deletionMakesWhatItLeavesDurable() {
    PartitionLog log = openWithBusyFlusher();
    appendNow(log, 5 * FULL);
    log.deleteBefore(3 * FULL + 2);
    test.storage.restart(Loss.ALL);
    PartitionLog again = test.open();
    assertThat(again.logStartOffset()).isEqualTo(3 * FULL + 2);
    assertThat(values(again)).hasSize(2 * FULL - 2);
  }

  private void assertCorrupt() {
    assertThatThrownBy(test::open)
        .isInstanceOfSatisfying(
            StorageException.class, e -> assertThat(e.code()).isEqualTo(Code.CORRUPT));
  }

  /** A log whose flusher has something else to do, until {@link #busy} lets it go on. */
  private PartitionLog openWithBusyFlusher() {
    test.flusher.execute(
        () -> {
          try {
            busy.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    return test.open();
  }

  /** Returns when the flusher has done what was queued before. */
  private void awaitFlusher() {
    CountDownLatch reached = new CountDownLatch(1);
    test.flusher.execute(reached::countDown);
    try {
      reached.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void appendNow(PartitionLog log, int count) {
    for (int i = 0; i < count; i++) {
      AppendResult unused = log.appendNow(record(log.logEndOffset() + ":" + "x".repeat(1000)));
    }
  }

  private static RecordBatchBuilder record(String value) {
    RecordBatchBuilder builder = new RecordBatchBuilder();
    builder.append(0, null, value.getBytes(UTF_8));
    return builder;
  }
}
