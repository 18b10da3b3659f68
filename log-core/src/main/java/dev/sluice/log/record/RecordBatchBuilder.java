package dev.sluice.log.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.log.StorageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Builds one record batch after the other in a buffer that is kept and grows as needed: appending a
 * record allocates nothing. Not thread-safe.
 *
 * <p>Offsets are deltas from zero; the log assigns the base offset.
 */
public final class RecordBatchBuilder {

  /** No batch grows beyond this. */
  public static final int MAX_BYTES = 1 << 30;

  private final Compression compression;
  private final CRC32C crc = new CRC32C();
  private byte[] buffer;
  private int size = BatchLayout.RECORDS;
  private int count;
  private long baseTimestampMillis;
  private long maxTimestampMillis;

  /** A builder of uncompressed batches. */
  public RecordBatchBuilder() {
    this(Compression.NONE, 16 * 1024);
  }

  /**
   * A builder.
   *
   * @param initialBytes room to begin with
   */
  public RecordBatchBuilder(Compression compression, int initialBytes) {
    this.compression = compression;
    this.buffer = new byte[Math.max(initialBytes, BatchLayout.RECORDS)];
  }

  /** Appends a record without headers. */
  public void append(long timestampMillis, byte @Nullable [] key, byte @Nullable [] value) {
    append(timestampMillis, key, value, List.of());
  }

  /**
   * Appends a record. The arrays are copied.
   *
   * @throws StorageException {@code TOO_LARGE} if the batch would exceed {@link #MAX_BYTES}; the
   *     batch stays as it was
   */
  public void append(
      long timestampMillis,
      byte @Nullable [] key,
      byte @Nullable [] value,
      List<RecordHeader> headers) {
    if (count == 0) {
      baseTimestampMillis = timestampMillis;
      maxTimestampMillis = timestampMillis;
    } else if (timestampMillis > maxTimestampMillis) {
      maxTimestampMillis = timestampMillis;
    }
    long timestampDelta = timestampMillis - baseTimestampMillis;
    int bodySize = bodySize(timestampDelta, key, value, headers);
    ensureRoom((long) bodySize + 5);

    int at = Varints.writeInt(buffer, size, bodySize);
    buffer[at++] = 0;
    at = Varints.writeLong(buffer, at, timestampDelta);
    at = Varints.writeInt(buffer, at, count);
    at = writeBytes(at, key);
    at = writeBytes(at, value);
    at = writeHeaders(at, headers);
    size = at;
    count++;
  }

  /** Records so far. */
  public int count() {
    return count;
  }

  /** Bytes so far, before compression. */
  public int sizeBytes() {
    return size;
  }

  /** Begins a new batch; views of the last one are no longer valid. */
  public void reset() {
    size = BatchLayout.RECORDS;
    count = 0;
  }

  /**
   * Completes the batch's header and checksum. The builder may go on with the same batch, which is
   * then to be built anew.
   *
   * @return a view of the builder's buffer (of a fresh one if compressed), valid until the next
   *     call of {@link #append} or {@link #reset}
   * @throws IllegalStateException if there is no record
   */
  public RecordBatch build() {
    if (count == 0) {
      throw new IllegalStateException("A batch has at least one record");
    }
    byte[] bytes = buffer;
    int end = size;
    if (compression != Compression.NONE) {
      bytes = compressed();
      end = bytes.length;
    }
    ByteBuffer batch = ByteBuffer.wrap(bytes, 0, end);
    batch.putLong(BatchLayout.BASE_OFFSET, 0L);
    batch.putInt(BatchLayout.LENGTH, end - BatchLayout.OVERHEAD);
    batch.putInt(BatchLayout.LEADER_EPOCH, -1);
    batch.put(BatchLayout.MAGIC, BatchLayout.MAGIC_V2);
    batch.putShort(BatchLayout.ATTRIBUTES, (short) compression.ordinal());
    batch.putInt(BatchLayout.LAST_OFFSET_DELTA, count - 1);
    batch.putLong(BatchLayout.BASE_TIMESTAMP, baseTimestampMillis);
    batch.putLong(BatchLayout.MAX_TIMESTAMP, maxTimestampMillis);
    batch.putLong(BatchLayout.PRODUCER_ID, -1L);
    batch.putShort(BatchLayout.PRODUCER_EPOCH, (short) -1);
    batch.putInt(BatchLayout.BASE_SEQUENCE, -1);
    batch.putInt(BatchLayout.RECORD_COUNT, count);
    crc.reset();
    crc.update(bytes, BatchLayout.ATTRIBUTES, end - BatchLayout.ATTRIBUTES);
    batch.putInt(BatchLayout.CRC, (int) crc.getValue());
    return new RecordBatch(batch);
  }

  private byte[] compressed() {
    ByteArrayOutputStream target = new ByteArrayOutputStream(size / 2 + BatchLayout.RECORDS);
    target.write(buffer, 0, BatchLayout.RECORDS);
    try (OutputStream stream = compression.compress(target)) {
      stream.write(buffer, BatchLayout.RECORDS, size - BatchLayout.RECORDS);
    } catch (IOException e) {
      throw new UncheckedIOException("Compressing in memory", e);
    }
    return target.toByteArray();
  }

  private int bodySize(
      long timestampDelta,
      byte @Nullable [] key,
      byte @Nullable [] value,
      List<RecordHeader> headers) {
    long bytes =
        1L
            + Varints.sizeOfLong(timestampDelta)
            + Varints.sizeOfInt(count)
            + sizeOfBytes(key)
            + sizeOfBytes(value)
            + Varints.sizeOfInt(headers.size());
    for (int i = 0; i < headers.size(); i++) {
      RecordHeader header = headers.get(i);
      int keyBytes = utf8Length(header.key());
      bytes += Varints.sizeOfInt(keyBytes) + keyBytes + sizeOfBytes(header.value());
    }
    if (bytes > MAX_BYTES) {
      throw tooLarge();
    }
    return (int) bytes;
  }

  private static long sizeOfBytes(byte @Nullable [] bytes) {
    return bytes == null ? 1L : (long) Varints.sizeOfInt(bytes.length) + bytes.length;
  }

  private void ensureRoom(long bytes) {
    long needed = size + bytes;
    if (needed <= buffer.length) {
      return;
    }
    if (needed > MAX_BYTES) {
      throw tooLarge();
    }
    buffer = Arrays.copyOf(buffer, (int) Math.min(MAX_BYTES, Math.max(needed, 2L * buffer.length)));
  }

  private int writeBytes(int at, byte @Nullable [] bytes) {
    if (bytes == null) {
      return Varints.writeInt(buffer, at, -1);
    }
    int start = Varints.writeInt(buffer, at, bytes.length);
    System.arraycopy(bytes, 0, buffer, start, bytes.length);
    return start + bytes.length;
  }

  private int writeHeaders(int at, List<RecordHeader> headers) {
    int place = Varints.writeInt(buffer, at, headers.size());
    for (int i = 0; i < headers.size(); i++) {
      RecordHeader header = headers.get(i);
      place = writeBytes(place, header.key().getBytes(UTF_8));
      place = writeBytes(place, header.value());
    }
    return place;
  }

  /** The length that {@code getBytes(UTF_8)} has: an unpaired surrogate becomes one '?'. */
  private static int utf8Length(String text) {
    int bytes = 0;
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        bytes += 4;
        i += 2;
        continue;
      }
      bytes += c < 0x80 || Character.isSurrogate(c) ? 1 : c < 0x800 ? 2 : 3;
      i++;
    }
    return bytes;
  }

  private static StorageException tooLarge() {
    return new StorageException(
        StorageException.Code.TOO_LARGE,
        "A record batch would exceed " + MAX_BYTES + " bytes",
        "Send smaller records or fewer of them in one batch");
  }
}
