package dev.sluice.log.compaction;

import dev.sluice.log.StorageException;
import dev.sluice.log.record.BatchLayout;
import dev.sluice.log.record.RecordBatch;
import dev.sluice.log.record.RecordBatches;
import dev.sluice.log.segment.LogSegment;
import dev.sluice.log.segment.SegmentDamagedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the batches of a sealed segment one behind the other, with their checksums. The segment is
 * to be retained meanwhile. Not thread-safe.
 */
final class BatchSource {

  /** What is read at a time; only a larger batch takes more. */
  private static final int WINDOW_BYTES = 1 << 20;

  private final LogSegment segment;
  private final ByteBuffer window;
  private final long end;
  private long windowStart;
  private long position;

  /** A window for segments up to a size; small logs need little memory. */
  static ByteBuffer window(long segmentBytes) {
    return ByteBuffer.allocate((int) Math.clamp(segmentBytes, BatchLayout.RECORDS, WINDOW_BYTES));
  }

  /**
   * A source.
   *
   * @param window a buffer on the heap that nobody else uses meanwhile
   * @param position where a batch begins
   */
  BatchSource(LogSegment segment, ByteBuffer window, long position) {
    this.segment = segment;
    this.window = window.limit(0);
    this.end = segment.sizeBytes();
    this.position = position;
  }

  /**
   * The next batch, valid until the one after it is asked for.
   *
   * @return null at the end
   * @throws SegmentDamagedException if the bytes are not what was written
   */
  @Nullable RecordBatch next() throws IOException {
    if (position == end) {
      return null;
    }
    int size = sizeOfNext();
    ByteBuffer bytes = size <= window.capacity() ? window.slice(fill(size), size) : large(size);
    RecordBatch batch = new RecordBatches(bytes).iterator().next();
    if (!batch.isChecksumValid()) {
      throw damaged("a batch whose checksum does not fit its bytes");
    }
    if (batch.baseOffset() < 0 || batch.lastOffset() < batch.baseOffset()) {
      throw damaged("a batch with impossible offsets");
    }
    position += size;
    return batch;
  }

  /** Where the next batch begins. */
  long position() {
    return position;
  }

  boolean isAtEnd() {
    return position == end;
  }

  private int sizeOfNext() throws IOException {
    if (end - position < BatchLayout.RECORDS) {
      throw damaged("the file ends within a batch header");
    }
    try {
      int size = RecordBatches.sizeAt(window, fill(BatchLayout.RECORDS));
      if (size > end - position) {
        throw damaged("the file ends within a batch");
      }
      return size;
    } catch (StorageException e) {
      throw damaged(String.valueOf(e.getMessage()));
    }
  }

  /** A batch that does not fit the window; memory is taken once its checksum is known to fit. */
  private ByteBuffer large(int size) throws IOException {
    if (segment.scanner(position, end, true, window.capacity()).next() == null) {
      throw damaged("a batch whose checksum does not fit its bytes");
    }
    ByteBuffer bytes = ByteBuffer.allocate(size);
    read(bytes);
    return bytes.flip();
  }

  /** Brings bytes at the position into the window and returns their place there. */
  private int fill(int needed) throws IOException {
    if (position < windowStart || position + needed > windowStart + window.limit()) {
      window.clear().limit((int) Math.min(window.capacity(), end - position));
      read(window);
      window.position(0);
      windowStart = position;
    }
    return (int) (position - windowStart);
  }

  private void read(ByteBuffer target) throws IOException {
    int wanted = target.remaining();
    if (segment.file().read(target, position) < wanted) {
      throw damaged("the file became shorter while it was read");
    }
  }

  private SegmentDamagedException damaged(String problem) {
    return new SegmentDamagedException(problem, segment.path(), position);
  }
}
