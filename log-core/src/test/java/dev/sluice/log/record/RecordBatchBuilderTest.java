package dev.sluice.log.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.log.StorageException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecordBatchBuilderTest {

  private static final byte[] KEY = "key".getBytes(UTF_8);
  private static final byte[] VALUE = "value".getBytes(UTF_8);

  @Test
  void recordThatExceedsTheLimitLeavesTheBatchAsItWas() {
    RecordBatchBuilder builder = new RecordBatchBuilder(Compression.NONE, 16, 200);
    builder.append(5, KEY, VALUE);
    ByteBuffer before = KafkaBatches.copy(builder.build().bytes());

    assertThatThrownBy(() -> builder.append(9, KEY, new byte[150]))
        .isInstanceOfSatisfying(
            StorageException.class,
            e -> assertThat(e.code()).isEqualTo(StorageException.Code.TOO_LARGE))
        .hasMessageContaining("200 bytes");

    assertThat(builder.build().bytes()).isEqualTo(before);
    builder.append(6, KEY, VALUE);
    assertThat(builder.build().maxTimestampMillis()).isEqualTo(6);
  }

  @Test
  void firstRecordThatExceedsTheLimitLeavesTheBatchEmpty() {
    RecordBatchBuilder builder = new RecordBatchBuilder(Compression.NONE, 16, 200);
    List<RecordHeader> headers = List.of(new RecordHeader("h".repeat(200), null));
    assertThatThrownBy(() -> builder.append(9, null, null, headers))
        .isInstanceOf(StorageException.class);
    assertThat(builder.count()).isZero();
    assertThatThrownBy(builder::build).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void batchMayBeExactlyAsLargeAsTheLimit() {
    RecordBatchBuilder free = new RecordBatchBuilder();
    free.append(5, KEY, VALUE);
    int size = free.build().sizeBytes();

    RecordBatchBuilder exact = new RecordBatchBuilder(Compression.NONE, 16, size);
    exact.append(5, KEY, VALUE);
    assertThat(exact.build().bytes()).isEqualTo(free.build().bytes());

    RecordBatchBuilder tight = new RecordBatchBuilder(Compression.NONE, 16, size - 1);
    assertThatThrownBy(() -> tight.append(5, KEY, VALUE)).isInstanceOf(StorageException.class);
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void batchIsNeverLargerForBeingCompressed(Compression compression) {
    byte[] noise = new byte[3000];
    new Random(1).nextBytes(noise);
    RecordBatchBuilder builder = new RecordBatchBuilder(compression, 16);
    builder.append(5, null, noise);
    assertThat(builder.build().compression()).isEqualTo(Compression.NONE);
    assertThat(builder.build().sizeBytes()).isEqualTo(builder.sizeBytes());

    builder.append(5, null, new byte[3000]);
    assertThat(builder.build().compression()).isEqualTo(compression);
    assertThat(builder.build().records()).hasSize(2);
  }

  @Test
  void producerBelongsToOneBatch() {
    RecordBatchBuilder builder = new RecordBatchBuilder();
    builder.append(5, KEY, VALUE);
    builder.producer(7, (short) 2, Integer.MAX_VALUE, true);
    builder.append(5, KEY, VALUE);
    RecordBatch first = builder.build();
    assertThat(first.hasProducerId()).isTrue();
    assertThat(first.producerId()).isEqualTo(7);
    assertThat(first.producerEpoch()).isEqualTo((short) 2);
    assertThat(first.baseSequence()).isEqualTo(Integer.MAX_VALUE);
    assertThat(first.lastSequence()).isZero();
    assertThat(first.isTransactional()).isTrue();

    builder.reset();
    builder.append(5, KEY, VALUE);
    RecordBatch second = builder.build();
    assertThat(second.hasProducerId()).isFalse();
    assertThat(second.producerEpoch()).isEqualTo((short) -1);
    assertThat(second.lastSequence()).isEqualTo(BatchHeader.NO_SEQUENCE);
    assertThat(second.isTransactional()).isFalse();
  }

  @Test
  void appendingAllocatesNothing() {
    RecordBatchBuilder builder = new RecordBatchBuilder(Compression.NONE, 1 << 20);
    Runnable appends =
        () -> {
          builder.reset();
          for (int i = 0; i < 10_000; i++) {
            builder.append(i, KEY, VALUE);
          }
        };
    appends.run();
    assertThat(Allocation.of(appends)).isLessThan(1000);
  }
}
