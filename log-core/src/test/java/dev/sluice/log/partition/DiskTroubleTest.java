package dev.sluice.log.partition;

import static dev.sluice.log.partition.TestLog.failure;
import static dev.sluice.log.partition.TestLog.segment;
import static dev.sluice.log.partition.TestLog.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.log.StorageException;
import dev.sluice.log.StorageException.Code;
import dev.sluice.log.io.FaultyStorage.Loss;
import dev.sluice.log.io.Storage;
import dev.sluice.log.record.BatchLayout;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DiskTroubleTest {

  private final TestLog test = new TestLog();

  @AfterEach
  void close() {
    test.close();
  }

  @Test
  void fullDiskFailsTheAppendAndGoesOnWhenThereIsSpace() {
    PartitionLog log = test.open();
    test.appendMany(log, 3);
    List<String> before = values(log);
    long used = test.storage.usedBytes();

    test.storage.setCapacity(used + 500);
    StorageException refused = failure(test.append(log, "y".repeat(1000)));

    assertThat(refused.code()).isEqualTo(Code.DISK_FULL);
    assertThat(refused.code().retriable()).isTrue();
    assertThat(test.storage.usedBytes()).isEqualTo(used);
    assertThat(values(log)).isEqualTo(before);
    assertThat(test.append(log, "small").join().baseOffset()).isEqualTo(3);

    test.storage.setCapacity(Long.MAX_VALUE);
    assertThat(test.append(log, "y".repeat(1000)).join().baseOffset()).isEqualTo(4);
    test.storage.restart(Loss.ALL);
    assertThat(values(test.open())).hasSize(5).startsWith(before.toArray(String[]::new));
  }

  @Test
  void fullDiskAtEveryByteOfARollHarmsNothing() {
    PartitionLog log = test.open();
    int acknowledged = 0;
    for (int room = 0; room < 1500; room += 50) {
      test.storage.setCapacity(test.storage.usedBytes() + room);
      for (int i = 0; i < 3; i++) {
        CompletableFuture<AppendResult> future = test.append(log, "z".repeat(1000));
        acknowledged += future.handle((result, e) -> e == null ? 1 : 0).join();
      }
      test.storage.setCapacity(Long.MAX_VALUE);
      test.appendMany(log, 1);
      acknowledged++;
    }
    assertThat(log.unavailable()).isEmpty();
    assertThat(acknowledged).isGreaterThan(30);
    assertThat(values(log)).hasSize(acknowledged);
    test.storage.restart(Loss.ALL);
    assertThat(values(test.open())).hasSize(acknowledged);
  }

  @Test
  void failedForceTakesThePartitionOfflineAndReopeningKeepsWhatWasDurable() {
    PartitionLog log = test.open();
    test.appendMany(log, 3);
    List<String> before = values(log);

    test.storage.failForces(1);
    assertThat(failure(test.append(log, "doubtful")).code()).isEqualTo(Code.OFFLINE);
    assertThat(failure(test.append(log, "refused")).code()).isEqualTo(Code.OFFLINE);
    assertThatThrownBy(() -> log.read(0, 100))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("t-0")
        .hasMessageContaining("reopen");

    log.reopen();
    assertThat(values(log)).isEqualTo(before);
    assertThat(test.append(log, "again").join().baseOffset()).isEqualTo(3);
    test.storage.restart(Loss.ALL);
    assertThat(values(test.open())).hasSize(4).endsWith("again");
  }

  @Test
  void whatAFailedForceLeftInThePageCacheDoesNotComeBackAfterARestart() {
    PartitionLog log = test.open();
    test.appendMany(log, 2);
    test.storage.failForces(1);
    assertThat(failure(test.append(log, "doubtful")).code()).isEqualTo(Code.OFFLINE);

    test.storage.restart(Loss.NONE);
    assertThat(values(test.open())).hasSize(2);
  }

  @Test
  void aReadOnlyDiskTakesThePartitionOfflineWithItsCureAndItComesBack() {
    PartitionLog log = test.open();
    test.appendMany(log, 3);
    List<String> before = values(log);
    test.storage.setReadOnly(true);

    assertThat(values(log)).as("reads alone do no harm").isEqualTo(before);
    StorageException refused = failure(test.append(log, "refused"));
    assertThat(refused.code()).isEqualTo(Code.READ_ONLY);
    assertThat(refused.code().retriable()).isTrue();
    assertThat(refused).hasMessageContaining("remount it read-write");
    assertThat(log.unavailable()).isPresent();
    assertThatThrownBy(log::reopen)
        .isInstanceOfSatisfying(
            StorageException.class, e -> assertThat(e.code()).isEqualTo(Code.READ_ONLY));

    test.storage.setReadOnly(false);
    log.reopen();
    assertThat(values(log)).isEqualTo(before);
    assertThat(test.append(log, "again").join().baseOffset()).isEqualTo(3);
  }

  @Test
  void anIdlePartitionOnAReadOnlyDiskStaysReadable() {
    PartitionLog log = test.open();
    test.appendMany(log, 3);
    log.checkpoint();
    test.storage.setReadOnly(true);
    log.checkpoint();
    log.retain();
    log.closeIdleFiles();
    assertThat(log.unavailable()).isEmpty();
    assertThat(values(log)).hasSize(3);
    test.storage.setReadOnly(false);
  }

  @Test
  void failedWriteTakesThePartitionOfflineAndReopeningKeepsWhatWasDurable() {
    PartitionLog log = test.open();
    test.appendMany(log, 3);
    List<String> before = values(log);
    test.storage.failWrites(1);

    assertThat(failure(test.append(log, "doubtful")))
        .satisfies(e -> assertThat(e.code()).isEqualTo(Code.OFFLINE))
        .hasMessageContaining("Input/output error");
    log.reopen();
    assertThat(values(log)).isEqualTo(before);
    assertThat(test.append(log, "again").join().baseOffset()).isEqualTo(3);
  }

  @Test
  void aFlippedBitIsNeverReadAsARecord() {
    test.leavesDamage();
    PartitionLog log = test.open();
    test.appendMany(log, 25);
    List<String> expected = values(log);
    for (int i = 0; i < 200; i++) {
      byte[] good = test.storage.bytes(segment(0, ".log"));
      long position = test.storage.flipBit(segment(0, ".log"));
      for (int offset = 0; offset < 9; offset++) {
        try {
          assertThat(expected).as("byte " + position).containsAll(values(log, offset));
        } catch (StorageException e) {
          assertThat(e.code()).isEqualTo(Code.CORRUPT);
        } catch (AssertionError e) {
          assertThat(isOutsideTheChecksum(position)).as("byte " + position + ": " + e).isTrue();
        }
      }
      test.storage.replace(segment(0, ".log"), good);
    }
  }

  /** Base offset and leader epoch, which the log assigns. */
  private boolean isOutsideTheChecksum(long position) {
    long at = 0;
    byte[] bytes = test.storage.bytes(segment(0, ".log"));
    while (at + 12 <= position) {
      long size = 12 + java.nio.ByteBuffer.wrap(bytes).getInt((int) at + 8);
      if (position < at + size) {
        break;
      }
      at += size;
    }
    return position - at < BatchLayout.MAGIC;
  }

  @Test
  void reopensOnlyWhenTheDiskLetsIt() {
    PartitionLog log = test.open();
    test.appendMany(log, 2);
    test.storage.failForces(3);
    assertThat(failure(test.append(log, "doubtful")).code()).isEqualTo(Code.OFFLINE);

    assertThatThrownBy(log::reopen).isInstanceOf(StorageException.class);
    assertThat(log.unavailable()).isPresent();
    log.reopen();
    assertThat(log.unavailable()).isEmpty();
    assertThat(values(log)).hasSize(2);
  }

  @Test
  void readErrorFailsTheReadOnly() {
    PartitionLog log = test.open();
    test.appendMany(log, 2);
    test.storage.failReads(1);

    assertThatThrownBy(() -> log.read(0, 100))
        .isInstanceOfSatisfying(
            StorageException.class, e -> assertThat(e.code()).isEqualTo(Code.IO));
    assertThat(values(log)).hasSize(2);
  }

  @Test
  void tornTailIsCutOff() {
    PartitionLog log = test.open();
    test.appendMany(log, 3);
    test.storage.restart(Loss.ALL);
    byte[] bytes = test.storage.bytes(segment(0, ".log"));
    for (int cut = 1; cut < bytes.length / 3; cut += 13) {
      test.storage.replace(segment(0, ".log"), Arrays.copyOf(bytes, bytes.length - cut));
      test.storage.restart(Loss.ALL);
      assertThat(values(test.open())).hasSize(2);
      test.storage.restart(Loss.ALL);
    }
  }

  @Test
  void aBatchWhoseOffsetNeverGotToTheDiskIsCutOffWithAllBehindIt() {
    PartitionLog log = test.open();
    int first = 0;
    while (first < 4096 - 60) { // The next batch is to begin shortly before a page ends.
      first += batchOf(log, Math.min(1000, 4096 - 60 - first));
    }
    List<String> before = values(log);
    log.checkpoint();
    test.appendMany(log, 3);
    test.storage.restart(Loss.ALL);
    byte[] bytes = test.storage.bytes(segment(0, ".log"));
    int start = first;
    Arrays.fill(bytes, start, 4096, (byte) 0);
    test.storage.replace(segment(0, ".log"), bytes);

    assertThat(values(test.open())).isEqualTo(before);
  }

  private int batchOf(PartitionLog log, int valueBytes) {
    long size = log.sizeBytes();
    AppendResult unused = test.append(log, "x".repeat(Math.max(1, valueBytes - 75))).join();
    return (int) (log.sizeBytes() - size);
  }

  @Test
  void leftoverOfAFailedRollDoesNotMakeATornTailLookLikeRot() throws Exception {
    PartitionLog log = test.open();
    test.appendMany(log, 3);
    test.storage.restart(Loss.ALL);
    byte[] bytes = test.storage.bytes(segment(0, ".log"));
    test.storage.replace(segment(0, ".log"), Arrays.copyOf(bytes, bytes.length - 10));
    test.storage.openToWrite(segment(2, ".log")).close();

    assertThat(values(test.open())).hasSize(2);
  }

  @Test
  void staysReopenableWhenAReopeningFails() {
    PartitionLog log = test.open();
    test.appendMany(log, 2);
    test.storage.failForces(1);
    assertThat(failure(test.append(log, "doubtful")).code()).isEqualTo(Code.OFFLINE);
    test.storage.failReads(1);

    assertThatThrownBy(log::reopen).isInstanceOf(StorageException.class);
    log.reopen();
    assertThat(values(log)).hasSize(2);
  }

  @Test
  void rotInABatchHeaderHidesNothingBehindIt() {
    test.leavesDamage();
    PartitionLog log = test.open();
    test.appendMany(log, 25);
    List<String> expected = values(log);
    int secondBatch = log.read(0, 1).batches().getFirst().sizeBytes();
    test.storage.rot(segment(0, ".log"), secondBatch + BatchLayout.LENGTH, 0x55);

    assertThat(log.read(0, 1).batches()).hasSize(1);
    assertThatThrownBy(() -> log.read(2, 1))
        .isInstanceOfSatisfying(
            StorageException.class, e -> assertThat(e.code()).isEqualTo(Code.CORRUPT));
    assertThat(values(log, 8)).isEqualTo(expected.subList(8, 25));
  }

  @Test
  void rotBeforeValidBatchesIsRefusedWithPlaceAndCure() {
    test.leavesDamage();
    PartitionLog log = test.open();
    test.appendMany(log, 3);
    test.storage.rot(segment(0, ".log"), 100, 1);
    test.storage.restart(Loss.ALL);

    assertThatThrownBy(test::open)
        .isInstanceOfSatisfying(
            StorageException.class, e -> assertThat(e.code()).isEqualTo(Code.CORRUPT))
        .hasMessageContaining("00000000000000000000.log at byte 0")
        .hasMessageContaining("backup");
    assertThat(test.storage.bytes(segment(0, ".log"))).hasSizeGreaterThan(3000);
  }

  @Test
  void rotInASealedSegmentIsFoundByTheReaderAndNothingElseIsHarmed() {
    test.leavesDamage();
    PartitionLog log = test.open();
    test.appendMany(log, 25);
    test.storage.rot(segment(0, ".log"), 2_500, 1);

    assertThat(log.read(0, 1).batches()).hasSize(1);
    assertThatThrownBy(() -> log.read(2, 1))
        .isInstanceOfSatisfying(
            StorageException.class, e -> assertThat(e.code()).isEqualTo(Code.CORRUPT))
        .hasMessageContaining("00000000000000000000.log at byte");
    assertThat(log.read(3, 1).batches()).hasSize(1);
    assertThat(test.append(log, "on").join().baseOffset()).isEqualTo(25);
  }

  @Test
  void missingSegmentIsRefused() throws Exception {
    test.leavesDamage();
    PartitionLog log = test.open();
    test.appendMany(log, 25);
    log.close();
    test.storage.delete(segment(18, ".log"));
    test.storage.syncDirectory(TestLog.DIRECTORY);

    assertThatThrownBy(test::open)
        .isInstanceOfSatisfying(
            StorageException.class, e -> assertThat(e.code()).isEqualTo(Code.CORRUPT))
        .hasMessageContaining("missing");
  }

  @Test
  void fileShorterThanWhatWasDurableIsRefused() {
    test.leavesDamage();
    PartitionLog log = test.open();
    test.appendMany(log, 3);
    log.close();
    byte[] bytes = test.storage.bytes(segment(0, ".log"));
    test.storage.replace(segment(0, ".log"), Arrays.copyOf(bytes, bytes.length - 1));

    assertThatThrownBy(test::open)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("shorter than the " + bytes.length + " bytes");
  }

  @Test
  void damagedCheckpointMeansAFullScanAndNoLoss() {
    PartitionLog log = test.open();
    test.appendMany(log, 25);
    log.close();
    test.storage.rot(TestLog.DIRECTORY.resolve("partition.checkpoint"), 20, 1);

    assertThat(values(test.open())).hasSize(25);
  }

  @Test
  void cleanStopLeavesNothingToScan() {
    test.leavesDamage();
    PartitionLog log = test.open();
    test.appendMany(log, 25);
    log.close();
    // Rot that a scan would have to meet.
    test.storage.rot(segment(18, ".log"), 100, 1);

    assertThat(test.open().highWatermark()).isEqualTo(25);
  }

  @Test
  void indexesThatAreMissingShortOrWrongAreRebuilt() throws Exception {
    test.settings = test.settings.withSegments(100_000, Duration.ofDays(1));
    PartitionLog log = test.open();
    test.appendMany(log, 150);
    List<String> expected = values(log);
    log.close();
    for (long base : baseOffsets()) {
      for (String ending : List.of(".index", ".timeindex")) {
        byte[] index = test.storage.bytes(segment(base, ending));
        assertThat(index.length).as(ending).isGreaterThan(ending.equals(".index") ? 50 : 11);
        damagedIndexIsHarmless(base, ending, new byte[0], expected);
        damagedIndexIsHarmless(base, ending, Arrays.copyOf(index, index.length / 2), expected);
        byte[] wrong = index.clone();
        wrong[wrong.length - 1] ^= 0x10;
        damagedIndexIsHarmless(base, ending, wrong, expected);
        byte[] wrongInside = index.clone();
        int entryBytes = ending.equals(".index") ? 8 : 12;
        wrongInside[index.length / entryBytes / 2 * entryBytes + entryBytes - 1] ^= 1;
        damagedIndexIsHarmless(base, ending, wrongInside, expected);
        damagedIndexIsHarmless(base, ending, new byte[index.length], expected);
      }
    }
  }

  private List<Long> baseOffsets() throws Exception {
    List<Long> bases =
        test.storage.list(TestLog.DIRECTORY).stream()
            .map(Storage.Entry::name)
            .filter(name -> name.endsWith(".log"))
            .map(name -> Long.parseLong(name.substring(0, 20)))
            .toList();
    assertThat(bases).hasSize(2);
    return bases;
  }

  private void damagedIndexIsHarmless(
      long base, String ending, byte[] content, List<String> expected) {
    test.storage.replace(segment(base, ending), content);
    try (PartitionLog log = test.open()) {
      for (long offset = 0; offset < expected.size(); offset += 7) {
        assertThat(values(log, offset)).isEqualTo(expected.subList((int) offset, expected.size()));
      }
    }
  }
}
