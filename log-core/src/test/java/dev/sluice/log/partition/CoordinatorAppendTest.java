package dev.sluice.log.partition;

import static dev.sluice.log.partition.TestLog.failure;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.log.StorageException.Code;
import dev.sluice.log.record.ControlMarker;
import dev.sluice.log.record.ControlMarker.Type;
import dev.sluice.log.record.RecordBatch;
import dev.sluice.log.record.RecordBatchBuilder;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a coordinator appends: at a place that it names, in producers' names without sequences. */
class CoordinatorAppendTest {

  private static final long PRODUCER = 7;

  private final TestLog test = new TestLog();

  @AfterEach
  void close() {
    test.close();
  }

  @Test
  void batchesFollowEachOtherThoughNoneIsDurableYet() {
    PartitionLog log = test.open();
    CompletableFuture<AppendResult> first = append(log, plain(2), 0);
    CompletableFuture<AppendResult> second = append(log, plain(3), 2);
    assertThat(first.join()).isEqualTo(new AppendResult(0, 1));
    assertThat(second.join()).isEqualTo(new AppendResult(2, 4));
  }

  @Test
  void aBatchThatWouldLandElsewhereIsRefused() {
    PartitionLog log = test.open();
    append(log, plain(2), 0).join();
    assertThat(failure(append(log, plain(1), 1)).code()).isEqualTo(Code.OFFSET_OUT_OF_RANGE);
    assertThat(failure(append(log, plain(1), 3)).code()).isEqualTo(Code.OFFSET_OUT_OF_RANGE);
    assertThat(append(log, plain(1), 2).join()).isEqualTo(new AppendResult(2, 2));
  }

  @Test
  void nothingFollowsABatchThatTheDiskHadNoRoomFor() {
    PartitionLog log = test.open();
    append(log, plain(1), 0).join();
    test.storage.setCapacity(test.storage.usedBytes() + 10);
    assertThat(failure(append(log, plain(1), 1)).code()).isEqualTo(Code.DISK_FULL);
    test.storage.setCapacity(Long.MAX_VALUE);
    assertThat(failure(append(log, plain(1), 2)).code()).isEqualTo(Code.OFFSET_OUT_OF_RANGE);
    assertThat(log.logEndOffset()).isEqualTo(1);
  }

  @Test
  void sequencesMeanNothingAndRepetitionsAreAppended() {
    PartitionLog log = test.open();
    for (int offset = 0; offset < 3; offset++) {
      assertThat(append(log, transactional(0), offset).join().baseOffset()).isEqualTo(offset);
    }
    assertThat(log.transactions().lastStableOffset()).isZero();
    append(log, marker(Type.COMMIT), 3).join();
    assertThat(log.transactions().lastStableOffset()).isEqualTo(4);
    assertThat(log.transactions().aborted(0, 4)).isEmpty();
  }

  @Test
  void markersOfTheCoordinatorsOwnAbortToo() {
    PartitionLog log = test.open();
    append(log, transactional(0), 0).join();
    append(log, marker(Type.ABORT), 1).join();
    assertThat(log.transactions().aborted(0, 2)).hasSize(1);
  }

  @Test
  void aFencedProducerIsRefusedHereToo() {
    PartitionLog log = test.open();
    append(log, transactional(3), 0).join();
    assertThat(failure(append(log, transactional(2), 1)).code()).isEqualTo(Code.PRODUCER_FENCED);
    assertThat(append(log, transactional(4), 1).join().baseOffset()).isEqualTo(1);
  }

  @Test
  void onlyOneWholeBatchIsTaken() {
    PartitionLog log = test.open();
    ByteBuffer one = plain(1).bytes();
    ByteBuffer two = ByteBuffer.allocate(2 * one.remaining());
    two.put(one.duplicate()).put(one.duplicate()).flip();
    ByteBuffer part = one.duplicate().limit(one.remaining() - 1);
    for (ByteBuffer wrong : List.of(two, part, ByteBuffer.allocate(0))) {
      assertThat(failure(log.transactions().append(wrong, 0)).code()).isEqualTo(Code.INVALID_BATCH);
    }
  }

  private static CompletableFuture<AppendResult> append(
      PartitionLog log, RecordBatch batch, long offset) {
    return log.transactions().append(batch.bytes(), offset);
  }

  private static RecordBatch plain(int records) {
    return builder(records).build();
  }

  private static RecordBatch transactional(int epoch) {
    RecordBatchBuilder builder = builder(1);
    builder.producer(PRODUCER, (short) epoch, 0, true);
    return builder.build();
  }

  private static RecordBatch marker(Type type) {
    return new ControlMarker(type, 0).toBatch(0, PRODUCER, (short) 0);
  }

  private static RecordBatchBuilder builder(int records) {
    RecordBatchBuilder builder = new RecordBatchBuilder();
    for (int i = 0; i < records; i++) {
      builder.append(0, "k".getBytes(UTF_8), "v".getBytes(UTF_8));
    }
    return builder;
  }
}
