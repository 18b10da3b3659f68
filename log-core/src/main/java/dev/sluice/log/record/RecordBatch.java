package dev.sluice.log.record;

import dev.sluice.log.StorageException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.zip.CRC32C;

/**
 * A view of one complete batch; see {@link BatchLayout} for its bytes. Thread-safe as long as
 * nobody writes to them.
 */
public final class RecordBatch {

  /** What a compressed batch may unpack to, unless the caller says otherwise: 64 MiB. */
  public static final int DEFAULT_MAX_UNPACKED_BYTES = 64 << 20;

  private final ByteBuffer bytes;

  /** A view of exactly these bytes, already known to be framed as one batch. */
  RecordBatch(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  public long baseOffset() {
    return bytes.getLong(BatchLayout.BASE_OFFSET);
  }

  public long lastOffset() {
    return baseOffset() + lastOffsetDelta();
  }

  /** The offset behind the batch. */
  public long nextOffset() {
    return lastOffset() + 1;
  }

  public int lastOffsetDelta() {
    return bytes.getInt(BatchLayout.LAST_OFFSET_DELTA);
  }

  public int leaderEpoch() {
    return bytes.getInt(BatchLayout.LEADER_EPOCH);
  }

  public long baseTimestampMillis() {
    return bytes.getLong(BatchLayout.BASE_TIMESTAMP);
  }

  public long maxTimestampMillis() {
    return bytes.getLong(BatchLayout.MAX_TIMESTAMP);
  }

  public long producerId() {
    return bytes.getLong(BatchLayout.PRODUCER_ID);
  }

  public short producerEpoch() {
    return bytes.getShort(BatchLayout.PRODUCER_EPOCH);
  }

  public int baseSequence() {
    return bytes.getInt(BatchLayout.BASE_SEQUENCE);
  }

  /** The number of records that the header claims. */
  public int count() {
    return bytes.getInt(BatchLayout.RECORD_COUNT);
  }

  public Compression compression() {
    return Compression.ofCode(attributes() & BatchLayout.COMPRESSION_MASK);
  }

  /** Whether the log set the timestamps; else the application did. */
  public boolean isLogAppendTime() {
    return (attributes() & BatchLayout.LOG_APPEND_TIME_FLAG) != 0;
  }

  public boolean isTransactional() {
    return (attributes() & BatchLayout.TRANSACTIONAL_FLAG) != 0;
  }

  /** Whether its records are markers of the log itself, not for applications. */
  public boolean isControl() {
    return (attributes() & BatchLayout.CONTROL_FLAG) != 0;
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
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate().position(BatchLayout.ATTRIBUTES));
    return (int) crc.getValue() == bytes.getInt(BatchLayout.CRC);
  }

  /**
   * Checks header and checksum, not the records inside.
   *
   * @throws StorageException {@code INVALID_BATCH} that says what is wrong
   */
  public void validate() {
    if (!isChecksumValid()) {
      throw BatchProblems.corrupt("its checksum does not fit its bytes");
    }
    int count = count();
    int delta = lastOffsetDelta();
    if (count < 0 || delta < 0 || delta < count - 1) {
      throw BatchProblems.corrupt(
          "record count " + count + " and last offset delta " + delta + " contradict each other");
    }
    if (baseOffset() < 0 || lastOffset() < 0) {
      throw BatchProblems.corrupt("its offsets are out of range");
    }
    var unused = compression();
  }

  /** Its records, decoded as they are asked for; compressed ones are unpacked at once. */
  public Iterable<LogRecord> records() {
    return records(DEFAULT_MAX_UNPACKED_BYTES);
  }

  /**
   * Its records. Iterators throw {@link StorageException} {@code INVALID_BATCH} at the first
   * malformed byte.
   *
   * @param maxUnpackedBytes refuse a compressed batch that would become larger
   */
  public Iterable<LogRecord> records(int maxUnpackedBytes) {
    return () -> iterator(maxUnpackedBytes);
  }

  private Iterator<LogRecord> iterator(int maxUnpackedBytes) {
    ByteBuffer records = bytes.asReadOnlyBuffer().position(BatchLayout.RECORDS);
    Compression compression = compression();
    if (compression != Compression.NONE) {
      records = Unpacker.unpack(compression, records, maxUnpackedBytes);
    }
    return new RecordIterator(this, records);
  }

  private int attributes() {
    return bytes.getShort(BatchLayout.ATTRIBUTES);
  }
}
