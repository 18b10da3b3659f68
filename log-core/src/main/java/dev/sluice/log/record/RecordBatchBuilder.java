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
 * Builds one record batch after the other in buffers that are kept and grow as needed: appending a
 * record allocates nothing. Not thread-safe.
 *
 * <p>Offsets are deltas from zero; the log assigns the base offset.
 */
public final class RecordBatchBuilder {

  /** No batch grows beyond this. */
  public static final int MAX_BYTES = 1 << 30;

  private final Compression compression;
  private final int maxBytes;
  private final CRC32C crc = new CRC32C();
  private final Output packed = new Output();
  private byte[] buffer;
  private int size;
  private int count;
  private long baseTimestampMillis;
  private long maxTimestampMillis;
  private long producerId;
  private short producerEpoch;
  private int baseSequence;
  private int flags;

  /** A builder of uncompressed batches. */
  public RecordBatchBuilder() {
    this(Compression.NONE, 16 * 1024);
  }

  /** A builder of batches up to {@link #MAX_BYTES}. */
  public RecordBatchBuilder(Compression compression, int initialBytes) {
    this(compression, initialBytes, MAX_BYTES);
  }

  /**
   * A builder.
   *
   * @param initialBytes room to begin with
   * @param maxBytes what a batch may have, header included, before compression and after it. With
   *     the limit of a partition here, a record is too large if a batch of its own would be: there
   *     is no other limit for records
   */
  public RecordBatchBuilder(Compression compression, int initialBytes, int maxBytes) {
    if (maxBytes < BatchLayout.RECORDS || maxBytes > MAX_BYTES) {
      throw new IllegalArgumentException("A batch can't be limited to " + maxBytes + " bytes");
    }
    this.compression = compression;
    this.maxBytes = maxBytes;
    this.buffer = new byte[Math.max(Math.min(initialBytes, maxBytes), BatchLayout.RECORDS)];
    reset();
  }

  /** Appends a record without headers. */
  public void append(long timestampMillis, byte @Nullable [] key, byte @Nullable [] value) {
    append(timestampMillis, key, value, List.of());
  }

  /**
   * Appends a record. The arrays are copied.
   *
   * @throws StorageException {@code TOO_LARGE} if the batch would exceed its limit; it stays as it
   *     was
   */
  public void append(
      long timestampMillis,
      byte @Nullable [] key,
      byte @Nullable [] value,
      List<RecordHeader> headers) {
    long base = count == 0 ? timestampMillis : baseTimestampMillis;
    long timestampDelta = timestampMillis - base;
    int bodySize = bodySize(timestampDelta, key, value, headers);
    ensureRoom(bodySize);

    int at = Varints.writeInt(buffer, size, bodySize);
    buffer[at++] = 0;
    at = Varints.writeLong(buffer, at, timestampDelta);
    at = Varints.writeInt(buffer, at, count);
    at = writeBytes(at, key);
    at = writeBytes(at, value);
    at = writeHeaders(at, headers);
    baseTimestampMillis = base;
    maxTimestampMillis =
        count == 0 ? timestampMillis : Math.max(maxTimestampMillis, timestampMillis);
    size = at;
    count++;
  }

  /**
   * Makes the batch one of an idempotent producer. To be set anew after each {@link #reset}: no two
   * batches have the same sequence.
   *
   * @param baseSequence the sequence of the first record
   * @param transactional whether it belongs to the transaction that the producer has begun
   */
  public void producer(long id, short epoch, int baseSequence, boolean transactional) {
    this.producerId = id;
    this.producerEpoch = epoch;
    this.baseSequence = baseSequence;
    this.flags =
        transactional
            ? flags | BatchLayout.TRANSACTIONAL_FLAG
            : flags & ~BatchLayout.TRANSACTIONAL_FLAG;
  }

  /** Makes it a control batch. */
  void control() {
    flags |= BatchLayout.CONTROL_FLAG;
  }

  /** Records so far. */
  public int count() {
    return count;
  }

  /** Bytes so far, before compression. */
  public int sizeBytes() {
    return size;
  }

  /** Begins a new batch, without a producer; views of the last one are no longer valid. */
  public void reset() {
    size = BatchLayout.RECORDS;
    count = 0;
    producerId = BatchHeader.NO_PRODUCER;
    producerEpoch = BatchHeader.NO_PRODUCER;
    baseSequence = BatchHeader.NO_SEQUENCE;
    flags = 0;
  }

  /**
   * Completes the batch's header and checksum. The builder may go on with the same batch, which is
   * then to be built anew. A batch that compression would not make smaller stays as it is.
   *
   * @return a view of the builder's buffers, valid until the next call of {@link #append}, {@link
   *     #build} or {@link #reset}
   * @throws IllegalStateException if there is no record
   */
  public RecordBatch build() {
    return new RecordBatch(buildBytes(), "");
  }

  /**
   * The same as bytes, which the log may give their offset and epoch in place.
   *
   * @return from position to limit; valid as long as that batch
   */
  public ByteBuffer buildBytes() {
    if (count == 0) {
      throw new IllegalStateException("A batch has at least one record");
    }
    if (compression != Compression.NONE) {
      compress();
      if (packed.size() < size) {
        return complete(packed.array(), packed.size(), compression);
      }
    }
    return complete(buffer, size, Compression.NONE);
  }

  private ByteBuffer complete(byte[] bytes, int end, Compression actual) {
    ByteBuffer batch = ByteBuffer.wrap(bytes, 0, end);
    batch.putLong(BatchLayout.BASE_OFFSET, 0L);
    batch.putInt(BatchLayout.LENGTH, end - BatchLayout.OVERHEAD);
    batch.putInt(BatchLayout.LEADER_EPOCH, -1);
    batch.put(BatchLayout.MAGIC, BatchLayout.MAGIC_V2);
    batch.putShort(BatchLayout.ATTRIBUTES, (short) (actual.ordinal() | flags));
    batch.putInt(BatchLayout.LAST_OFFSET_DELTA, count - 1);
    batch.putLong(BatchLayout.BASE_TIMESTAMP, baseTimestampMillis);
    batch.putLong(BatchLayout.MAX_TIMESTAMP, maxTimestampMillis);
    batch.putLong(BatchLayout.PRODUCER_ID, producerId);
    batch.putShort(BatchLayout.PRODUCER_EPOCH, producerEpoch);
    batch.putInt(BatchLayout.BASE_SEQUENCE, baseSequence);
    batch.putInt(BatchLayout.RECORD_COUNT, count);
    crc.reset();
    crc.update(bytes, BatchLayout.ATTRIBUTES, end - BatchLayout.ATTRIBUTES);
    batch.putInt(BatchLayout.CRC, (int) crc.getValue());
    return batch;
  }

  /** Brings room for the header and the compressed records into {@link #packed}. */
  private void compress() {
    packed.reset();
    packed.write(buffer, 0, BatchLayout.RECORDS);
    try (OutputStream stream = compression.compress(packed)) {
      stream.write(buffer, BatchLayout.RECORDS, size - BatchLayout.RECORDS);
    } catch (IOException e) {
      throw new UncheckedIOException("Compressing in memory", e);
    }
  }

  /** Bytes that are used where they are. */
  private static final class Output extends ByteArrayOutputStream {

    Output() {
      super(0);
    }

    byte[] array() {
      return buf;
    }
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
    if (bytes > maxBytes) {
      throw tooLarge();
    }
    return (int) bytes;
  }

  private static long sizeOfBytes(byte @Nullable [] bytes) {
    return bytes == null ? 1L : (long) Varints.sizeOfInt(bytes.length) + bytes.length;
  }

  private void ensureRoom(int bodySize) {
    long needed = (long) size + Varints.sizeOfInt(bodySize) + bodySize;
    if (needed > maxBytes) {
      throw tooLarge();
    }
    if (needed > buffer.length) {
      long doubled = Math.min(maxBytes, 2L * buffer.length);
      buffer = Arrays.copyOf(buffer, (int) Math.max(needed, doubled));
    }
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

  private StorageException tooLarge() {
    return new StorageException(
        StorageException.Code.TOO_LARGE,
        "A record batch would exceed " + maxBytes + " bytes",
        "Send smaller records or fewer of them in one batch");
  }
}
