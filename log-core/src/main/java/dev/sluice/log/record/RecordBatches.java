package dev.sluice.log.record;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Batches that follow each other in a buffer. Iterating never changes the buffer; an incomplete
 * batch at the end is left out, as a read of a limited number of bytes may cut one.
 */
public final class RecordBatches implements Iterable<RecordBatch> {

  private final ByteBuffer buffer;
  private final String origin;

  /** Views the bytes between position and limit. */
  public RecordBatches(ByteBuffer buffer) {
    this(buffer, "");
  }

  /**
   * Views the bytes between position and limit.
   *
   * @param origin the partition that they are from, for the messages of exceptions
   */
  public RecordBatches(ByteBuffer buffer, String origin) {
    this.buffer = buffer.slice();
    this.origin = origin;
  }

  /**
   * The size of the batch that begins at a place in a buffer.
   *
   * @return its bytes with all overhead, or -1 if fewer than a header's bytes are left before the
   *     limit
   * @throws dev.sluice.log.StorageException {@code INVALID_BATCH} if length or magic can't be
   */
  public static int sizeAt(ByteBuffer buffer, int at) {
    if (buffer.limit() - at < BatchLayout.RECORDS) {
      return -1;
    }
    int length = buffer.getInt(at + BatchLayout.LENGTH);
    if (length < BatchLayout.RECORDS - BatchLayout.OVERHEAD
        || length > Integer.MAX_VALUE - BatchLayout.OVERHEAD) {
      throw BatchProblems.corrupt("impossible length " + length);
    }
    byte magic = buffer.get(at + BatchLayout.MAGIC);
    if (magic != BatchLayout.MAGIC_V2) {
      throw BatchProblems.corrupt("format version " + magic + " where only 2 is supported");
    }
    return length + BatchLayout.OVERHEAD;
  }

  /** Sets the fields that the log assigns; the checksum does not cover them. */
  public static void assign(ByteBuffer buffer, int at, long baseOffset, int leaderEpoch) {
    buffer.putLong(at + BatchLayout.BASE_OFFSET, baseOffset);
    buffer.putInt(at + BatchLayout.LEADER_EPOCH, leaderEpoch);
  }

  /**
   * Gives all records of a batch one time, that of its append, in place: no record is touched. The
   * checksum is computed anew, whether it was right or not: check it before.
   *
   * @param at where a complete batch begins, in a buffer on or off the heap
   */
  public static void stamp(ByteBuffer buffer, int at, long appendTimeMillis) {
    int attributes = buffer.getShort(at + BatchLayout.ATTRIBUTES);
    buffer.putShort(
        at + BatchLayout.ATTRIBUTES, (short) (attributes | BatchLayout.LOG_APPEND_TIME_FLAG));
    buffer.putLong(at + BatchLayout.MAX_TIMESTAMP, appendTimeMillis);
    int size = buffer.getInt(at + BatchLayout.LENGTH) + BatchLayout.OVERHEAD;
    buffer.putInt(at + BatchLayout.CRC, Checksums.of(buffer, at, size));
  }

  /** Bytes, an incomplete batch at the end included. */
  public int sizeBytes() {
    return buffer.limit();
  }

  @Override
  public Iterator<RecordBatch> iterator() {
    return new Iterator<>() {
      private int at = 0;

      @Override
      public boolean hasNext() {
        return nextSize() >= 0;
      }

      @Override
      public RecordBatch next() {
        int size = nextSize();
        if (size < 0) {
          throw new NoSuchElementException();
        }
        RecordBatch batch = new RecordBatch(buffer.slice(at, size), origin);
        at += size;
        return batch;
      }

      private int nextSize() {
        int size = sizeAt(buffer, at);
        return size <= buffer.limit() - at ? size : -1;
      }
    };
  }
}
