package dev.sluice.log.partition;

import static dev.sluice.log.partition.TestLog.failure;
import static dev.sluice.log.partition.TestLog.values;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.log.StorageException;
import dev.sluice.log.StorageException.Code;
import dev.sluice.log.io.FaultyStorage.Loss;
import dev.sluice.log.record.RecordBatch;
import dev.sluice.log.record.RecordBatchBuilder;
import dev.sluice.log.record.RecordBatches;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReplicaLogTest {

  private static final int SEEDS = Boolean.getBoolean("long") ? 300 : 15;

  private TestLog test = new TestLog();

  @AfterEach
  void close() {
    test.close();
  }

  @Test
  void aFollowerKeepsOffsetsAndEpochsOfItsLeader() {
    PartitionLog log = test.open();
    AppendResult result = log.replica().append(numbered(7, 3, "a", "b")).join();

    assertThat(result).isEqualTo(new AppendResult(7, 8));
    assertThat(log.logEndOffset()).isEqualTo(9);
    RecordBatch read = log.read(0, 1000).batches().getFirst();
    assertThat(read.baseOffset()).isEqualTo(7);
    assertThat(read.leaderEpoch()).isEqualTo(3);
    log.replica().append(numbered(20, 3, "behind a gap")).join();
    assertThat(log.read(9, 1000).batches().getFirst().baseOffset()).isEqualTo(20);
  }

  @Test
  void aFollowerRefusesWhatItHasAlready() {
    PartitionLog log = test.open();
    test.appendMany(log, 3);
    assertThat(failure(log.replica().append(numbered(2, 0, "again"))).code())
        .isEqualTo(Code.OFFSET_OUT_OF_RANGE);
    assertThat(values(log)).hasSize(3);
    assertThat(log.replica().append(numbered(3, 0, "next")).join().baseOffset()).isEqualTo(3);
  }

  @Test
  void truncationTakesBackWholeBatchesInAllSegments() {
    PartitionLog log = test.open();
    test.appendMany(log, 30);
    List<String> all = values(log);

    log.replica().truncateTo(17);

    assertThat(log.logEndOffset()).isEqualTo(17);
    assertThat(values(log)).isEqualTo(all.subList(0, 17));
    assertThatThrownBy(() -> log.read(18, 100))
        .isInstanceOfSatisfying(
            StorageException.class, e -> assertThat(e.code()).isEqualTo(Code.OFFSET_OUT_OF_RANGE));
    assertThat(test.append(log, "other").join().baseOffset()).isEqualTo(17);
    test.storage.restart(Loss.ALL);
    assertThat(values(test.open())).hasSize(18).endsWith("other");
  }

  @Test
  void truncationToAPlaceWithinABatchTakesTheBatch() {
    PartitionLog log = test.open();
    RecordBatchBuilder builder = new RecordBatchBuilder();
    for (int i = 0; i < 5; i++) {
      builder.append(i, null, new byte[1]);
    }
    log.append(builder).join();
    log.append(builder).join();
    log.replica().truncateTo(7);
    assertThat(log.logEndOffset()).isEqualTo(5);
  }

  @Test
  void truncationKeepsTheLookupByTimeRight() {
    PartitionLog log = test.open();
    for (int i = 0; i < 20; i++) {
      test.clock.set(i < 12 ? 1000 + i : 5000 + i);
      test.appendMany(log, 1);
    }
    log.replica().truncateTo(12);
    assertThat(log.offsetForTimestamp(5000)).isEmpty();
    assertThat(log.offsetForTimestamp(1011)).contains(new TimestampedOffset(11, 1011));
  }

  @Test
  void restartsBehindAGapOrBeforeItsStart() {
    PartitionLog log = test.open();
    test.appendMany(log, 30);
    log.deleteBefore(25);
    for (long offset : new long[] {100, 7, 0, 0}) {
      log.replica().restartAt(offset);
      assertThat(log.logStartOffset()).isEqualTo(offset);
      assertThat(log.logEndOffset()).isEqualTo(offset);
      assertThat(test.append(log, "first").join().baseOffset()).isEqualTo(offset);
      log.close();
      log = test.open();
      assertThat(values(log)).containsExactly("first");
    }
  }

  @Test
  void showsNoMoreThanTheLimitOfTheHighWatermark() {
    PartitionLog log = test.open();
    log.replica().limitHighWatermark(0);
    test.appendMany(log, 30);
    assertThat(log.highWatermark()).isZero();
    assertThat(log.logEndOffset()).isEqualTo(30);
    List<Long> woken = new ArrayList<>();
    Runnable unused = log.whenVisible(16, () -> woken.add(log.highWatermark()));

    for (long limit = 0; limit <= 30; limit++) {
      log.replica().limitHighWatermark(limit);
      assertThat(log.highWatermark()).isEqualTo(limit);
      assertThat(values(log)).hasSize((int) limit);
    }
    assertThat(woken).containsExactly(17L);
    log.replica().limitHighWatermark(Long.MAX_VALUE);
    test.appendMany(log, 1);
    assertThat(log.highWatermark()).isEqualTo(31);
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void aCrashDuringTruncationLeavesABeginningOfTheLog(Loss loss) {
    int points = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
      boolean isDone = false;
      for (int crashAt = 1; !isDone; crashAt++) {
        test.close();
        test = new TestLog(seed * 31L + crashAt);
        isDone = !truncateAndCrash(new Random(seed), crashAt, loss);
        points++;
      }
    }
    System.out.println(loss + ": " + points + " crash points in truncations");
    assertThat(points).isGreaterThan(SEEDS * 5);
  }

  private boolean truncateAndCrash(Random random, int crashAt, Loss loss) {
    PartitionLog log = test.open();
    test.appendMany(log, 15 + random.nextInt(20));
    List<String> before = values(log);
    int kept = random.nextInt(before.size());
    test.storage.crashAfter(crashAt, loss);
    try {
      log.replica().truncateTo(kept);
      log.replica().append(numbered(kept, 1, "after")).join();
    } catch (StorageException | CompletionException e) {
      assertThat(test.storage.isCrashed()).isTrue();
    }
    boolean hasCrashed = test.storage.isCrashed();
    test.storage.restart(loss);
    List<String> left = values(test.open());
    if (left.contains("after")) {
      assertThat(shortened(left.subList(0, kept))).isEqualTo(shortened(before.subList(0, kept)));
      assertThat(left).hasSize(kept + 1);
    } else {
      assertThat(left.size()).isBetween(kept, before.size());
      assertThat(shortened(left)).isEqualTo(shortened(before.subList(0, left.size())));
    }
    return hasCrashed;
  }

  private static List<String> shortened(List<String> values) {
    return values.stream().map(value -> value.substring(0, Math.min(value.length(), 5))).toList();
  }

  private static ByteBuffer numbered(long baseOffset, int epoch, String... values) {
    RecordBatchBuilder builder = new RecordBatchBuilder();
    for (String value : values) {
      builder.append(1, null, value.getBytes(UTF_8));
    }
    ByteBuffer source = builder.build().bytes();
    ByteBuffer bytes = ByteBuffer.allocate(source.remaining()).put(source).flip();
    RecordBatches.assign(bytes, 0, baseOffset, epoch);
    return bytes;
  }
}
