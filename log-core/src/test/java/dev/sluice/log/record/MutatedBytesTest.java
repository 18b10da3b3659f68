package dev.sluice.log.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.log.StorageException;
import dev.sluice.log.record.GeneratedRecords.Generated;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever the bytes are: records, or a typed error, at a bounded cost. The checksum is made to fit
 * after each mutation, so that it gets past it. {@code -Dlong} runs many more.
 */
@Timeout(600)
class MutatedBytesTest {

  private static final int ROUNDS = Boolean.getBoolean("long") ? 200_000 : 2_000;
  private static final long SEED = Long.getLong("seed", 77);
  private static final int LIMIT = 1 << 20;

  /** For exceptions with their stack traces, and what a codec needs whatever it unpacks. */
  private static final int OVERHEAD_BYTES = 512 * 1024;

  private int refused;
  private int read;

  @ParameterizedTest
  @EnumSource(Compression.class)
  void mutatedRecordsGiveTypedErrorsOnly(Compression compression) {
    Random random = new Random(SEED + compression.ordinal());
    GeneratedRecords generated = new GeneratedRecords(SEED);
    for (int i = 0; i < ROUNDS; i++) {
      RecordBatch batch = batch(generated);
      byte[] records = mutate(ForgedBatch.records(batch), random);
      byte[] packed = ForgedBatch.pack(compression, records);
      readAll(ForgedBatch.of(compression, batch.count(), packed));
    }
    report("records, " + compression);
  }

  @ParameterizedTest
  @EnumSource(value = Compression.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void mutatedCompressedBytesGiveTypedErrorsOnly(Compression compression) {
    Random random = new Random(SEED - compression.ordinal());
    GeneratedRecords generated = new GeneratedRecords(SEED);
    for (int i = 0; i < ROUNDS; i++) {
      RecordBatch batch = batch(generated);
      byte[] packed = ForgedBatch.pack(compression, ForgedBatch.records(batch));
      readAll(ForgedBatch.of(compression, batch.count(), mutate(packed, random)));
    }
    report("compressed bytes, " + compression);
  }

  @Test
  void mutatedHeadersGiveTypedErrorsOnly() {
    Random random = new Random(SEED);
    GeneratedRecords generated = new GeneratedRecords(SEED);
    for (int i = 0; i < ROUNDS; i++) {
      ByteBuffer mutated = KafkaBatches.copy(batch(generated).bytes());
      for (int j = random.nextInt(3); j >= 0; j--) {
        mutated.put(random.nextInt(BatchLayout.RECORDS), (byte) random.nextInt(256));
      }
      ForgedBatch.fixChecksum(mutated);
      readAll(mutated);
    }
    report("headers");
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
      readAll(ByteBuffer.wrap(bytes));
      byte[] behindHeader = Arrays.copyOf(bytes, random.nextInt(300));
      Compression compression = Compression.ofCode(random.nextInt(5));
      readAll(ForgedBatch.of(compression, 1 + random.nextInt(5), behindHeader));
    }
    System.out.println("MutatedBytesTest, random: " + refused + " refused, -Dseed=" + SEED);
  }

  @Test
  void noticesEveryFlippedBitBehindTheHeaderThatTheLogAssigns() {
    RecordBatchBuilder builder = new RecordBatchBuilder();
    builder.append(1, new byte[] {1}, new byte[] {2, 3});
    ByteBuffer bytes = KafkaBatches.copy(builder.build().bytes());
    for (int bit = BatchLayout.CRC * 8; bit < bytes.limit() * 8; bit++) {
      byte before = bytes.get(bit / 8);
      bytes.put(bit / 8, (byte) (before ^ (1 << bit % 8)));
      assertThat(new RecordBatches(bytes).iterator().next().isChecksumValid()).isFalse();
      bytes.put(bit / 8, before);
    }
    assertThat(new RecordBatches(bytes).iterator().next().isChecksumValid()).isTrue();
  }

  private static RecordBatch batch(GeneratedRecords generated) {
    RecordBatchBuilder builder = new RecordBatchBuilder();
    for (Generated record : generated.smallBatch()) {
      builder.append(record.timestampMillis(), record.key(), record.value(), record.headers());
    }
    return builder.build();
  }

  /**
   * One to three of: bits flipped, a byte replaced, a part inserted, repeated, removed, cut off.
   */
  private static byte[] mutate(byte[] bytes, Random random) {
    byte[] mutated = bytes.clone();
    for (int i = random.nextInt(3); i >= 0; i--) {
      // More often at the beginning, where lengths and headers of formats are.
      int at = random.nextInt(1 + (random.nextBoolean() ? mutated.length : mutated.length / 8));
      int length = random.nextInt(1 + Math.min(40, mutated.length - at));
      mutated =
          switch (random.nextInt(6)) {
            case 0 -> replace(mutated, at, 0, randomBytes(random, 1 + random.nextInt(12)));
            case 1 -> replace(mutated, at, 0, Arrays.copyOfRange(mutated, at, at + length));
            case 2 -> replace(mutated, at, length, new byte[0]);
            case 3 -> Arrays.copyOf(mutated, at);
            case 4 -> replace(mutated, at, Math.min(1, length), randomBytes(random, 1));
            default -> flip(mutated, at, random.nextInt(8));
          };
    }
    return mutated;
  }

  private static byte[] flip(byte[] bytes, int at, int bit) {
    if (at < bytes.length) {
      bytes[at] ^= (byte) (1 << bit);
    }
    return bytes;
  }

  private static byte[] replace(byte[] bytes, int at, int length, byte[] by) {
    byte[] result = Arrays.copyOf(bytes, bytes.length - length + by.length);
    System.arraycopy(by, 0, result, at, by.length);
    System.arraycopy(bytes, at + length, result, at + by.length, bytes.length - at - length);
    return result;
  }

  private static byte[] randomBytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Does all that one can do with bytes from outside. */
  private void readAll(ByteBuffer bytes) {
    long allocated =
        Allocation.of(
            () -> {
              boolean isRead = decode(bytes);
              read += isRead ? 1 : 0;
              refused += isRead ? 0 : 1;
            });
    // What codecs unpack can be long, and yet is bounded; all else is in proportion.
    assertThat(allocated).isLessThan(OVERHEAD_BYTES + 6L * LIMIT + 50L * bytes.limit());
  }

  private static boolean decode(ByteBuffer bytes) {
    try {
      long sum = 0;
      for (RecordBatch batch : new RecordBatches(bytes)) {
        batch.validate();
        sum += ControlMarker.of(batch).map(ControlMarker::coordinatorEpoch).orElse(0);
        long last = -1;
        for (LogRecord record : batch.records(LIMIT)) {
          assertThat(record.offset())
              .isBetween(Math.max(batch.baseOffset(), last + 1), batch.lastOffset());
          last = record.offset();
          sum += record.headers().size();
        }
        sum += hasKeys(batch) ? 1 : 0;
      }
      return sum < Long.MAX_VALUE;
    } catch (StorageException e) {
      assertThat(e.code()).isEqualTo(StorageException.Code.INVALID_BATCH);
      return false;
    }
  }

  private static boolean hasKeys(RecordBatch batch) {
    try {
      batch.requireKeys(LIMIT);
      return true;
    } catch (StorageException e) {
      // Having been read, it is not malformed.
      assertThat(e.code()).isEqualTo(StorageException.Code.INVALID_RECORD);
      return false;
    }
  }

  private void report(String what) {
    System.out.println(
        "MutatedBytesTest, "
            + what
            + ": "
            + refused
            + " refused, "
            + read
            + " read, -Dseed="
            + SEED);
    assertThat(refused).isGreaterThan(ROUNDS / 10);
    assertThat(read).isPositive();
  }
}
