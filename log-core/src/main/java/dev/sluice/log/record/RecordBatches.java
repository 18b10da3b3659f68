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

  /** Views the bytes between position and limit. */
  public RecordBatches(ByteBuffer buffer) {
    this.buffer = buffer.slice();
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
        int size = sizeAt(buffer, at);
        return size > 0 && size <= buffer.limit() - at;
      }

      @Override
      public RecordBatch next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        int size = sizeAt(buffer, at);
        RecordBatch batch = new RecordBatch(buffer.slice(at, size));
        at += size;
        return batch;
      }
    };
  }
}
