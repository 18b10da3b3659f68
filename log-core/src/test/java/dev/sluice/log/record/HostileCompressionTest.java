package dev.sluice.log.record;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.log.StorageException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import net.jpountz.xxhash.XXHashFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Compressed bytes made by hand to cost time or memory: they are refused, and cost no more than
 * their size deserves.
 */
@Timeout(30)
class HostileCompressionTest {

  private static final int LIMIT = 1 << 20;

  /** For exceptions, their stack traces, and what a codec needs whatever it unpacks. */
  private static final int OVERHEAD_BYTES = 512 * 1024;

  private static final byte[] RECORDS = records();

  @ParameterizedTest
  @EnumSource(value = Compression.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void refusesEveryBeginningOfValidBytes(Compression compression) {
    byte[] packed = ForgedBatch.pack(compression, RECORDS);
    for (int length = 0; length < packed.length; length++) {
      refuse(compression, Arrays.copyOf(packed, length), "");
    }
    assertThat(count(compression, packed)).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(value = Compression.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void refusesGarbageBehindTheEnd(Compression compression) {
    byte[] packed = ForgedBatch.pack(compression, RECORDS);
    for (int more : new int[] {1, 3, 30, 3000}) {
      refuse(compression, Arrays.copyOf(packed, packed.length + more), "");
      byte[] text = Arrays.copyOf(packed, packed.length + more);
      Arrays.fill(text, packed.length, text.length, (byte) 'x');
      refuse(compression, text, "");
    }
  }

  @ParameterizedTest
  @EnumSource(value = Compression.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void stopsUnpackingAtTheLimit(Compression compression) {
    byte[] packed = ForgedBatch.pack(compression, new byte[64 << 20]);
    refuse(compression, packed, "unpacks to more than " + LIMIT + " bytes");
  }

  @Test
  void gzipOfSeveralMembersIsRead() {
    byte[] first = ForgedBatch.pack(Compression.GZIP, Arrays.copyOf(RECORDS, 9));
    byte[] second =
        ForgedBatch.pack(Compression.GZIP, Arrays.copyOfRange(RECORDS, 9, RECORDS.length));
    assertThat(count(Compression.GZIP, concat(first, second))).isEqualTo(2);
  }

  @Test
  void gzipHeaderWithAllFieldsIsRead() {
    byte[] plain = ForgedBatch.pack(Compression.GZIP, RECORDS);
    byte[] header = Arrays.copyOf(plain, 10);
    header[3] = 0x1e;
    byte[] fields = {2, 0, 'e', 'x', 'n', 0, 'c', 'c', 0, 1, 2};
    byte[] rest = Arrays.copyOfRange(plain, 10, plain.length);
    byte[] packed = concat(concat(header, fields), rest);
    assertThat(count(Compression.GZIP, packed)).isEqualTo(2);
    for (int length = 0; length < packed.length; length++) {
      refuse(Compression.GZIP, Arrays.copyOf(packed, length), "");
    }
  }

  @Test
  void gzipWithoutEndOfEmptyMembersNeitherHangsNorOverflowsTheStack() {
    byte[] empty = ForgedBatch.pack(Compression.GZIP, new byte[0]);
    refuse(Compression.GZIP, repeat(empty, 100_000), "can't hold 2 records");
  }

  @Test
  void gzipWithWrongChecksumOrSizeIsRefused() {
    byte[] packed = ForgedBatch.pack(Compression.GZIP, RECORDS);
    for (int i = 1; i <= 8; i++) {
      byte[] wrong = packed.clone();
      wrong[packed.length - i] ^= 1;
      refuse(Compression.GZIP, wrong, "checksum or size");
    }
  }

  @Test
  void snappyClaimsAreNotBelieved() {
    byte[] twoGigabytes = {-1, -1, -1, -1, 7, 0, 'x'};
    refuse(Compression.SNAPPY, twoGigabytes, "can't unpack");
    refuse(Compression.SNAPPY, concat(snappyHeader(), int32(7), twoGigabytes), "can't unpack");
    for (int length : new int[] {Integer.MAX_VALUE, 100, 0, -1, Integer.MIN_VALUE}) {
      refuse(Compression.SNAPPY, concat(snappyHeader(), int32(length), twoGigabytes), "impossible");
    }
  }

  @Test
  void snappyWithoutEndOfEmptyBlocksDoesNotHang() {
    byte[] blocks = repeat(concat(int32(1), new byte[1]), 200_000);
    refuse(Compression.SNAPPY, concat(snappyHeader(), blocks), "can't hold 2 records");
  }

  @Test
  void lz4FrameOfLargeBlocksCostsWhatItHolds() {
    byte[] stored = concat(lz4Header(0x60, 0x70), lz4Block(RECORDS), int32(0));
    assertThat(Allocation.of(() -> assertThat(count(Compression.LZ4, stored)).isEqualTo(2)))
        .isLessThan(OVERHEAD_BYTES);
    refuse(Compression.LZ4, lz4Header(0x60, 0x70), "ends too early");
  }

  @Test
  void lz4WithoutEndOfEmptyFramesIsRefused() {
    byte[] empty = concat(lz4Header(0x60, 0x70), int32(0));
    refuse(Compression.LZ4, repeat(empty, 100_000), "follow its LZ4 frame");
  }

  @Test
  void lz4WithoutEndOfEmptyBlocksIsRefused() {
    byte[] blocks = repeat(new byte[] {0, 0, 0, -128}, 100_000);
    refuse(Compression.LZ4, concat(lz4Header(0x60, 0x40), blocks), "impossible size");
  }

  @Test
  void lz4FramesThatLieOrAreOfUnsupportedKindsAreRefused() {
    byte[] content = concat(lz4Block(RECORDS), int32(0));
    refuse(Compression.LZ4, concat(lz4Header(0x40, 0x40), content), "unsupported kind");
    refuse(Compression.LZ4, concat(lz4Header(0x61, 0x40), content), "unsupported kind");
    refuse(Compression.LZ4, concat(lz4Header(0x62, 0x40), content), "unsupported kind");
    refuse(Compression.LZ4, concat(lz4Header(0xe0, 0x40), content), "unsupported kind");
    refuse(Compression.LZ4, concat(lz4Header(0x60, 0x30), content), "unsupported kind");
    refuse(Compression.LZ4, concat(lz4Header(0x60, 0xc0), content), "unsupported kind");
    refuse(Compression.LZ4, concat(lz4Header(0x60, 0x41), content), "unsupported kind");
    byte[] large = lz4Block(new byte[(64 << 10) + 1]);
    refuse(Compression.LZ4, concat(lz4Header(0x60, 0x40), large), "impossible size");

    int size = RECORDS.length;
    assertThat(count(Compression.LZ4, concat(lz4Header(0x68, 0x40, size), content))).isEqualTo(2);
    refuse(Compression.LZ4, concat(lz4Header(0x68, 0x40, size + 1), content), "another size");
    refuse(Compression.LZ4, concat(lz4Header(0x68, 0x40, -1), content), "another size");
    refuse(Compression.LZ4, concat(lz4Header(0x68, 0x40, 1L << 50), content), "another size");
  }

  @Test
  void lz4ChecksumsAreChecked() {
    byte[] hash =
        littleEndian(XXHashFactory.safeInstance().hash32().hash(RECORDS, 0, RECORDS.length, 0));
    byte[] block = concat(lz4Block(RECORDS), hash);
    byte[] packed = concat(lz4Header(0x74, 0x40), block, int32(0), hash);
    assertThat(count(Compression.LZ4, packed)).isEqualTo(2);
    for (int at : new int[] {4, 5, 6, 12, packed.length - 13, packed.length - 1}) {
      byte[] wrong = packed.clone();
      wrong[at] ^= 4;
      refuse(Compression.LZ4, wrong, "");
    }
  }

  @Test
  void zstdWindowsBeyondWhatAnyLevelWritesAreRefused() {
    for (int log : new int[] {28, 31, 41}) {
      refuse(Compression.ZSTD, zstdFrame((log - 10) << 3), "can't be unpacked");
    }
    byte[] largest = zstdFrame((27 - 10) << 3);
    assertThat(Allocation.of(() -> assertThat(count(Compression.ZSTD, largest)).isEqualTo(2)))
        .isLessThan(OVERHEAD_BYTES);
  }

  @Test
  void zstdContentSizeIsNotBelieved() {
    byte[] magic = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};
    byte[] singleSegment = {(byte) 0xe0, 0, 0, 0, 0, 0, 1, 0, 0};
    refuse(Compression.ZSTD, concat(magic, singleSegment, zstdBlock(0, RECORDS)), "");
    byte[] withWindow = {(byte) 0xc0, 0x38, 0, 0, 0, 0, 0, 1, 0, 0};
    refuse(Compression.ZSTD, concat(magic, withWindow, zstdBlock(0, RECORDS)), "");
  }

  @Test
  void zstdBlocksOfOneRepeatedByteStopAtTheLimit() {
    byte[] magic = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, 0x38};
    byte[] block = {0x02, 0, 0x10, 0}; // 128 KiB of zeros, and not the last block
    refuse(Compression.ZSTD, concat(magic, repeat(block, 250_000)), "unpacks to more than");
  }

  @Test
  void zstdWithoutEndOfEmptyFramesDoesNotHang() {
    byte[] empty = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, (byte) ((27 - 10) << 3), 1, 0, 0};
    refuse(Compression.ZSTD, repeat(empty, 100_000), "can't hold 2 records");
    byte[] skippable = {0x50, 0x2a, 0x4d, 0x18, 0, 0, 0, 0};
    refuse(Compression.ZSTD, repeat(skippable, 100_000), "can't hold 2 records");
    byte[] fourGigabytes = {0x50, 0x2a, 0x4d, 0x18, -1, -1, -1, -1};
    refuse(Compression.ZSTD, fourGigabytes, "");
  }

  /** Not read, and at no greater cost than a bound that grows with the bytes. */
  private static void refuse(Compression compression, byte[] packed, String message) {
    RecordBatch batch = batch(compression, packed);
    long allocated =
        Allocation.of(
            () ->
                assertThatThrownBy(() -> batch.records(LIMIT).forEach(record -> {}))
                    .isInstanceOfSatisfying(
                        StorageException.class,
                        e -> assertThat(e.code()).isEqualTo(StorageException.Code.INVALID_BATCH))
                    .hasMessageContaining(message));
    assertThat(allocated).isLessThan(OVERHEAD_BYTES + 4L * LIMIT + 4L * packed.length);
  }

  private static int count(Compression compression, byte[] packed) {
    int count = 0;
    for (LogRecord record : batch(compression, packed).records(LIMIT)) {
      assertThat(record.keyBytes()).containsExactly('k');
      count++;
    }
    return count;
  }

  private static RecordBatch batch(Compression compression, byte[] packed) {
    return new RecordBatches(ForgedBatch.of(compression, 2, packed)).iterator().next();
  }

  private static byte[] records() {
    RecordBatchBuilder builder = new RecordBatchBuilder();
    builder.append(1, new byte[] {'k'}, "some value".getBytes(UTF_8));
    builder.append(2, new byte[] {'k'}, null);
    return ForgedBatch.records(builder.build());
  }

  private static byte[] snappyHeader() {
    return new byte[] {-126, 'S', 'N', 'A', 'P', 'P', 'Y', 0, 0, 0, 0, 1, 0, 0, 0, 1};
  }

  private static byte[] lz4Header(int flags, int sizes) {
    return lz4Header(new byte[] {(byte) flags, (byte) sizes});
  }

  private static byte[] lz4Header(int flags, int sizes, long contentSize) {
    byte[] descriptor = {(byte) flags, (byte) sizes};
    byte[] size = ByteBuffer.allocate(8).order(LITTLE_ENDIAN).putLong(contentSize).array();
    return lz4Header(concat(descriptor, size));
  }

  private static byte[] lz4Header(byte[] descriptor) {
    int hash = XXHashFactory.safeInstance().hash32().hash(descriptor, 0, descriptor.length, 0);
    return concat(littleEndian(0x184D2204), descriptor, new byte[] {(byte) (hash >> 8)});
  }

  /** A block that is stored as it is. */
  private static byte[] lz4Block(byte[] content) {
    return concat(littleEndian(content.length | 0x8000_0000), content);
  }

  /** A frame with the records as they are. */
  private static byte[] zstdFrame(int windowDescriptor) {
    byte[] header = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, (byte) windowDescriptor};
    return concat(header, zstdBlock(0, RECORDS));
  }

  /** The last block of a frame. */
  private static byte[] zstdBlock(int type, byte[] content) {
    int header = content.length << 3 | type << 1 | 1;
    return concat(Arrays.copyOf(littleEndian(header), 3), content);
  }

  private static byte[] int32(int value) {
    return ByteBuffer.allocate(4).putInt(value).array();
  }

  private static byte[] littleEndian(int value) {
    return ByteBuffer.allocate(4).order(LITTLE_ENDIAN).putInt(value).array();
  }

  private static byte[] repeat(byte[] bytes, int times) {
    byte[] repeated = new byte[bytes.length * times];
    for (int i = 0; i < times; i++) {
      System.arraycopy(bytes, 0, repeated, i * bytes.length, bytes.length);
    }
    return repeated;
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
