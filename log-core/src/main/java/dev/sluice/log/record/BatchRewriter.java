package dev.sluice.log.record;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/**
 * The records of a batch, unpacked once, to be looked at and to be written again without some of
 * them. What stays keeps its bytes, order and offset; the batch keeps its first and last offset,
 * leader epoch, producer, sequences and compression. Not thread-safe.
 *
 * <p>A delete horizon (KIP-534) is the time from which on tombstones and markers of a batch may be
 * removed. It takes the place of the base timestamp, with bit 6 of the attributes set; timestamp
 * deltas then count from it.
 */
public final class BatchRewriter {

  /** The base timestamp of a batch without records, as Kafka writes it. */
  private static final long NO_TIMESTAMP = -1;

  /** What a record can grow by when its timestamp delta changes: that, and its length field. */
  private static final int MAX_GROWTH_BYTES = 10;

  private final RecordBatch batch;
  private final ByteBuffer unpacked;

  /**
   * Unpacks a batch.
   *
   * @throws dev.sluice.log.StorageException {@code INVALID_BATCH} if it can't be, or would become
   *     larger than {@link RecordBatch#DEFAULT_MAX_UNPACKED_BYTES}
   */
  public BatchRewriter(RecordBatch batch) {
    this.batch = batch;
    ByteBuffer packed = batch.bytes().position(BatchLayout.RECORDS);
    Compression compression = batch.compression();
    this.unpacked =
        compression == Compression.NONE
            ? packed
            : Unpacker.unpack(compression, packed, RecordBatch.DEFAULT_MAX_UNPACKED_BYTES);
  }

  /** The batch's delete horizon, if it has one. */
  public static OptionalLong deleteHorizonMillis(RecordBatch batch) {
    return (attributes(batch) & BatchLayout.DELETE_HORIZON_FLAG) == 0
        ? OptionalLong.empty()
        : OptionalLong.of(batch.baseTimestampMillis());
  }

  /**
   * The records; may be gone through more than once. Iterators throw {@code INVALID_BATCH} at the
   * first malformed byte.
   */
  public Iterable<LogRecord> records() {
    return () -> new RecordIterator(batch, unpacked.duplicate());
  }

  /**
   * Writes the batch again with some of its records, of which there is one at least. Call when all
   * records have been gone through without an exception.
   *
   * @param kept the numbers of the records that stay, from 0 on
   * @param newHorizonMillis becomes the batch's delete horizon; without it the batch keeps what it
   *     has
   */
  public RecordBatch rewritten(BitSet kept, OptionalLong newHorizonMillis) {
    long base = newHorizonMillis.orElse(batch.baseTimestampMillis());
    long shift = batch.baseTimestampMillis() - base;
    int growth = shift == 0 ? 0 : Math.multiplyExact(kept.cardinality(), MAX_GROWTH_BYTES);
    byte[] target = new byte[Math.addExact(BatchLayout.RECORDS + unpacked.remaining(), growth)];
    int size = BatchLayout.RECORDS;
    long maxTimestamp = Long.MIN_VALUE;
    ByteBuffer view = unpacked.duplicate();
    RecordIterator records = new RecordIterator(batch, view);
    for (int i = 0; records.hasNext(); i++) {
      int start = view.position();
      LogRecord record = records.next();
      if (kept.get(i)) {
        ByteBuffer bytes = unpacked.duplicate().limit(view.position()).position(start);
        size = shift == 0 ? copy(bytes, target, size) : copyShifted(bytes, shift, target, size);
        maxTimestamp = Math.max(maxTimestamp, record.timestampMillis());
      }
    }
    int attributes = attributes(batch);
    if (newHorizonMillis.isPresent()) {
      attributes |= BatchLayout.DELETE_HORIZON_FLAG;
    }
    ByteBuffer bytes = compressed(target, size);
    return complete(bytes, attributes, base, maxTimestamp, kept.cardinality());
  }

  /** A batch without its records: what is left when only its producer's sequences must be known. */
  public static RecordBatch emptied(RecordBatch batch) {
    int dropped = BatchLayout.COMPRESSION_MASK | BatchLayout.DELETE_HORIZON_FLAG;
    BatchRewriter rewriter = new BatchRewriter(batch, ByteBuffer.allocate(0));
    return rewriter.complete(
        ByteBuffer.allocate(BatchLayout.RECORDS),
        attributes(batch) & ~dropped,
        NO_TIMESTAMP,
        batch.maxTimestampMillis(),
        0);
  }

  private BatchRewriter(RecordBatch batch, ByteBuffer unpacked) {
    this.batch = batch;
    this.unpacked = unpacked;
  }

  private static int copy(ByteBuffer record, byte[] target, int at) {
    int length = record.remaining();
    record.get(target, at, length);
    return at + length;
  }

  /** Copies a record with another timestamp delta, and so another length. */
  private static int copyShifted(ByteBuffer record, long shift, byte[] target, int at) {
    int unusedLength = Varints.readInt(record);
    byte attributes = record.get();
    long timestampDelta = Varints.readLong(record) + shift;
    int length = 1 + Varints.sizeOfLong(timestampDelta) + record.remaining();
    int place = Varints.writeInt(target, at, length);
    target[place++] = attributes;
    place = Varints.writeLong(target, place, timestampDelta);
    return copy(record, target, place);
  }

  /** Room for a header, and the records behind it as the batch's compression has them. */
  private ByteBuffer compressed(byte[] records, int end) {
    Compression compression = batch.compression();
    if (compression == Compression.NONE) {
      return ByteBuffer.wrap(records, 0, end);
    }
    ByteArrayOutputStream target = new ByteArrayOutputStream(end / 2 + BatchLayout.RECORDS);
    target.write(records, 0, BatchLayout.RECORDS);
    try (OutputStream stream = compression.compress(target)) {
      stream.write(records, BatchLayout.RECORDS, end - BatchLayout.RECORDS);
    } catch (IOException e) {
      throw new UncheckedIOException("Compressing in memory", e);
    }
    return ByteBuffer.wrap(target.toByteArray());
  }

  /** Fills in the header: the batch's own but for what has changed. */
  private RecordBatch complete(
      ByteBuffer bytes, int attributes, long baseTimestamp, long maxTimestamp, int count) {
    bytes.put(0, batch.bytes(), 0, BatchLayout.RECORDS);
    bytes.putInt(BatchLayout.LENGTH, bytes.limit() - BatchLayout.OVERHEAD);
    bytes.putShort(BatchLayout.ATTRIBUTES, (short) attributes);
    bytes.putLong(BatchLayout.BASE_TIMESTAMP, baseTimestamp);
    bytes.putLong(BatchLayout.MAX_TIMESTAMP, maxTimestamp);
    bytes.putInt(BatchLayout.RECORD_COUNT, count);
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate().position(BatchLayout.ATTRIBUTES));
    bytes.putInt(BatchLayout.CRC, (int) crc.getValue());
    return new RecordBatches(bytes).iterator().next();
  }

  private static int attributes(RecordBatch batch) {
    return batch.bytes().getShort(BatchLayout.ATTRIBUTES);
  }
}
