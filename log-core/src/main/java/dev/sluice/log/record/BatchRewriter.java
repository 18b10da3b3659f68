package dev.sluice.log.record;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;

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
    this.unpacked = batch.unpackedRecords(RecordBatch.DEFAULT_MAX_UNPACKED_BYTES);
  }

  /**
   * The records; may be gone through more than once. Iterators throw {@code INVALID_BATCH} at the
   * first malformed byte.
   */
  public Iterable<LogRecord> records() {
    return () -> iterator(unpacked.duplicate());
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
    long maxDelta = Long.MIN_VALUE;
    try {
      RecordCursor cursor = new RecordCursor(batch, unpacked.duplicate());
      for (int i = 0; cursor.hasNext(); i++) {
        int start = cursor.place();
        cursor.next();
        List<RecordHeader> unused = cursor.headers();
        if (kept.get(i)) {
          maxDelta = Math.max(maxDelta, cursor.timestampDelta());
          size =
              shift == 0
                  ? copy(start, cursor.place(), target, size)
                  : copyShifted(cursor, shift, target, size);
        }
      }
    } catch (MalformedException e) {
      throw BatchProblems.corrupt(batch, e);
    }
    long maxTimestamp =
        batch.timestampType() == TimestampType.APPEND_TIME
            ? batch.maxTimestampMillis()
            : batch.baseTimestampMillis() + maxDelta;
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

  private Iterator<LogRecord> iterator(ByteBuffer view) {
    try {
      return new RecordIterator(batch, view);
    } catch (MalformedException e) {
      throw BatchProblems.corrupt(batch, e);
    }
  }

  private BatchRewriter(RecordBatch batch, ByteBuffer unpacked) {
    this.batch = batch;
    this.unpacked = unpacked;
  }

  private int copy(int start, int end, byte[] target, int at) {
    unpacked.get(start, target, at, end - start);
    return at + end - start;
  }

  /** Copies a record with another timestamp delta, and so another length. */
  private int copyShifted(RecordCursor record, long shift, byte[] target, int at) {
    long timestampDelta = record.timestampDelta() + shift;
    int rest = record.place() - record.offsetDeltaPlace();
    int length = Byte.BYTES + Varints.sizeOfLong(timestampDelta) + rest;
    int place = Varints.writeInt(target, at, length);
    target[place++] = 0; // Attributes that mean nothing.
    place = Varints.writeLong(target, place, timestampDelta);
    return copy(record.offsetDeltaPlace(), record.place(), target, place);
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
    bytes.putInt(BatchLayout.CRC, Checksums.of(bytes, 0, bytes.limit()));
    return new RecordBatches(bytes).iterator().next();
  }

  private static int attributes(RecordBatch batch) {
    return batch.bytes().getShort(BatchLayout.ATTRIBUTES);
  }
}
