package dev.sluice.log.record;

import dev.sluice.log.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.OptionalLong;

/**
 * A view of one complete batch; see {@link BatchLayout} for its bytes. Thread-safe as long as
 * nobody writes to them.
 */
public final class RecordBatch {

  /** What a compressed batch may unpack to, unless the caller says otherwise: 64 MiB. */
  public static final int DEFAULT_MAX_UNPACKED_BYTES = 64 << 20;

  private final ByteBuffer bytes;
  private final String origin;

  /**
   * A view of exactly these bytes, already known to be framed as one batch.
   *
   * @param origin where they are from, for messages; may be empty
   */
  RecordBatch(ByteBuffer bytes, String origin) {
    this.bytes = bytes;
    this.origin = origin;
  }

  public long baseOffset() {
    return BatchHeader.baseOffset(bytes, 0);
  }

  public long lastOffset() {
    return BatchHeader.lastOffset(bytes, 0);
  }

  /** The offset behind the batch. */
  public long nextOffset() {
    return lastOffset() + 1;
  }

  public int lastOffsetDelta() {
    return BatchHeader.lastOffsetDelta(bytes, 0);
  }

  public int leaderEpoch() {
    return BatchHeader.leaderEpoch(bytes, 0);
  }

  public long baseTimestampMillis() {
    return BatchHeader.baseTimestampMillis(bytes, 0);
  }

  public long maxTimestampMillis() {
    return BatchHeader.maxTimestampMillis(bytes, 0);
  }

  /** Who gave the records their time. */
  public TimestampType timestampType() {
    return BatchHeader.timestampType(bytes, 0);
  }

  /** See {@link BatchHeader#deleteHorizonMillis}. */
  public OptionalLong deleteHorizonMillis() {
    return BatchHeader.deleteHorizonMillis(bytes, 0);
  }

  /**
   * Whether its producer is idempotent: then it has an epoch too, and unless a marker sequences.
   */
  public boolean hasProducerId() {
    return producerId() != BatchHeader.NO_PRODUCER;
  }

  public long producerId() {
    return BatchHeader.producerId(bytes, 0);
  }

  public short producerEpoch() {
    return BatchHeader.producerEpoch(bytes, 0);
  }

  public int baseSequence() {
    return BatchHeader.baseSequence(bytes, 0);
  }

  /** The sequence of the last record, or {@link BatchHeader#NO_SEQUENCE}. */
  public int lastSequence() {
    return BatchHeader.lastSequence(bytes, 0);
  }

  /** The number of records that the header claims. */
  public int count() {
    return BatchHeader.count(bytes, 0);
  }

  /** See {@link BatchHeader#compression}. */
  public Compression compression() {
    return BatchHeader.compression(bytes, 0);
  }

  public boolean isTransactional() {
    return BatchHeader.isTransactional(bytes, 0);
  }

  /** Whether its records are markers of the log itself, not for applications. */
  public boolean isControl() {
    return BatchHeader.isControl(bytes, 0);
  }

  public int sizeBytes() {
    return bytes.limit();
  }

  /** Its bytes, read-only, from position 0 on. */
  public ByteBuffer bytes() {
    return bytes.asReadOnlyBuffer().position(0);
  }

  /** Whether the checksum fits the bytes. */
  public boolean isChecksumValid() {
    return Checksums.of(bytes, 0, bytes.limit()) == bytes.getInt(BatchLayout.CRC);
  }

  /**
   * Checks header and checksum, not the records inside.
   *
   * @throws StorageException {@code INVALID_BATCH} that says what is wrong
   */
  public void validate() {
    if (!isChecksumValid()) {
      throw BatchProblems.corrupt(this, "its checksum does not fit its bytes");
    }
    int count = count();
    int delta = lastOffsetDelta();
    if (count < 0 || delta < 0 || delta < count - 1) {
      throw BatchProblems.corrupt(
          this,
          "record count " + count + " and last offset delta " + delta + " contradict each other");
    }
    if (baseOffset() < 0 || lastOffset() < 0) {
      throw BatchProblems.corrupt(this, "its offsets are out of range");
    }
    if (count > mostRecords()) {
      throw BatchProblems.corrupt(this, "it can't hold " + count + " records");
    }
  }

  /**
   * What its bytes can hold at most: without this, a batch of a hundred bytes could take two
   * thousand million offsets, and so a segment of its own.
   */
  private int mostRecords() {
    int recordBytes =
        compression() == Compression.NONE
            ? sizeBytes() - BatchLayout.RECORDS
            : DEFAULT_MAX_UNPACKED_BYTES;
    return recordBytes / RecordCursor.MIN_RECORD_BYTES;
  }

  /** Its records, decoded as they are asked for; compressed ones are unpacked at once. */
  public Iterable<LogRecord> records() {
    return records(DEFAULT_MAX_UNPACKED_BYTES);
  }

  /**
   * Its records. Getting an iterator, and each step of it, throws {@link StorageException} {@code
   * INVALID_BATCH} at the first malformed byte; what came before it has been given out. Who wants
   * to skip the rest goes on at {@link #nextOffset}.
   *
   * @param maxUnpackedBytes refuse a compressed batch that would become larger
   */
  public Iterable<LogRecord> records(int maxUnpackedBytes) {
    return () -> iterator(maxUnpackedBytes);
  }

  /**
   * Checks, for a topic that is kept by key, that each record has one. Does nothing for a control
   * batch.
   *
   * @param maxUnpackedBytes refuse a compressed batch that would become larger
   * @throws StorageException {@code INVALID_RECORD} if one has not, naming its offset within the
   *     batch; {@code INVALID_BATCH} if the records are malformed
   */
  public void requireKeys(int maxUnpackedBytes) {
    if (isControl()) {
      return;
    }
    try {
      RecordCursor cursor = new RecordCursor(this, unpacked(maxUnpackedBytes));
      while (cursor.hasNext()) {
        cursor.next();
        if (!cursor.hasKey()) {
          throw new StorageException(
              StorageException.Code.INVALID_RECORD,
              "Record " + cursor.offsetDelta() + " of the batch has no key",
              "This topic keeps the latest record of each key: give every record one");
        }
        var unused = cursor.headers();
      }
    } catch (IOException e) {
      throw BatchProblems.corrupt(this, e);
    }
  }

  private Iterator<LogRecord> iterator(int maxUnpackedBytes) {
    try {
      return new RecordIterator(this, unpacked(maxUnpackedBytes));
    } catch (IOException e) {
      throw BatchProblems.corrupt(this, e);
    }
  }

  /**
   * The bytes of its records, for who reads them more than once.
   *
   * @throws StorageException {@code INVALID_BATCH} if they can't be unpacked
   */
  ByteBuffer unpackedRecords(int maxUnpackedBytes) {
    try {
      return unpacked(maxUnpackedBytes);
    } catch (IOException e) {
      throw BatchProblems.corrupt(this, e);
    }
  }

  /** The bytes of its records, in a buffer whose position and limit are the caller's. */
  private ByteBuffer unpacked(int maxUnpackedBytes) throws IOException {
    Compression compression = compression();
    return compression == Compression.NONE
        ? bytes.asReadOnlyBuffer().position(BatchLayout.RECORDS)
        : Unpacker.unpack(compression, bytes, BatchLayout.RECORDS, maxUnpackedBytes);
  }

  /** Where it is: offsets, and what it is from if that is known. */
  @Override
  public String toString() {
    String place = "with offsets " + baseOffset() + " to " + lastOffset();
    return origin.isEmpty() ? place : place + " of " + origin;
  }
}
