package dev.sluice.log.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.log.StorageException;
import dev.sluice.log.record.GeneratedRecords.Generated;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever the bytes are: records, or a typed error. */
class MutatedBytesTest {

  private static final int ROUNDS = Boolean.getBoolean("long") ? 30_000 : 1_500;
  private static final long SEED = 77;

  @ParameterizedTest
  @EnumSource(Compression.class)
  void mutatedBatchesGiveTypedErrorsOnly(Compression compression) {
    Random random = new Random(SEED + compression.ordinal());
    GeneratedRecords generated = new GeneratedRecords(SEED);
    RecordBatchBuilder builder = new RecordBatchBuilder(compression, 100);
    int refused = 0;
    for (int i = 0; i < ROUNDS; i++) {
      builder.reset();
      for (Generated record : generated.smallBatch()) {
        builder.append(record.timestampMillis(), record.key(), record.value(), record.headers());
      }
      ByteBuffer bytes = copy(builder.build().bytes());
      for (int j = random.nextInt(3); j >= 0; j--) {
        bytes.put(random.nextInt(bytes.limit()), (byte) random.nextInt(256));
      }
      refused += readAll(bytes) ? 0 : 1;
    }
    assertThat(refused).isGreaterThan(ROUNDS / 100);
  }

  @Test
  void randomBytesGiveTypedErrorsOnly() {
    Random random = new Random(SEED);
    for (int i = 0; i < ROUNDS; i++) {
      byte[] bytes = new byte[random.nextInt(300)];
      random.nextBytes(bytes);
      if (bytes.length > BatchLayout.MAGIC) {
        bytes[BatchLayout.MAGIC] = 2;
      }
      var unused = readAll(ByteBuffer.wrap(bytes));
    }
  }

  @ParameterizedTest
  @EnumSource(value = Compression.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void refusesToUnpackMoreThanTheLimit(Compression compression) {
    RecordBatchBuilder builder = new RecordBatchBuilder(compression, 100);
    builder.append(1, null, new byte[3_000_000]);
    RecordBatch batch = builder.build();

    assertThat(batch.records(4_000_000).iterator().next().valueBytes()).hasSize(3_000_000);
    assertThatThrownBy(() -> batch.records(1_000_000).iterator())
        .isInstanceOfSatisfying(
            StorageException.class,
            e -> assertThat(e.code()).isEqualTo(StorageException.Code.INVALID_BATCH))
        .hasMessageContaining("more than 1000000 bytes");
  }

  @Test
  void noticesEveryFlippedBitBehindTheHeaderThatTheLogAssigns() {
    RecordBatchBuilder builder = new RecordBatchBuilder();
    builder.append(1, new byte[] {1}, new byte[] {2, 3});
    ByteBuffer bytes = copy(builder.build().bytes());
    for (int bit = BatchLayout.CRC * 8; bit < bytes.limit() * 8; bit++) {
      byte before = bytes.get(bit / 8);
      bytes.put(bit / 8, (byte) (before ^ (1 << bit % 8)));
      assertThat(new RecordBatches(bytes).iterator().next().isChecksumValid()).isFalse();
      bytes.put(bit / 8, before);
    }
    assertThat(new RecordBatches(bytes).iterator().next().isChecksumValid()).isTrue();
  }

  /** Decodes without a look at the checksum, as deep as it goes; false if it was refused. */
  private static boolean readAll(ByteBuffer bytes) {
    try {
      long sum = 0;
      for (RecordBatch batch : new RecordBatches(bytes)) {
        for (LogRecord record : batch.records(1 << 20)) {
          sum += record.offset() + record.headers().size();
        }
      }
      return sum < Long.MAX_VALUE;
    } catch (StorageException e) {
      assertThat(e.code()).isEqualTo(StorageException.Code.INVALID_BATCH);
      return false;
    }
  }

  private static ByteBuffer copy(ByteBuffer bytes) {
    return ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
  }
}
