package dev.sluice.log.partition;

import dev.sluice.log.segment.LogSegment;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/**
 * Visible batches as a region of a file, to hand to a socket without looking at them. The last
 * batch may be cut off. Keeps the file open until closed, by one thread at a time.
 */
public final class LogRegion implements AutoCloseable {

  private final LogSegment segment;
  private final long position;
  private final int sizeBytes;
  private final long endOffset;
  private boolean isClosed;

  /** A region of a segment that is retained for it. */
  LogRegion(LogSegment segment, long position, int sizeBytes, long endOffset) {
    this.segment = segment;
    this.position = position;
    this.sizeBytes = sizeBytes;
    this.endOffset = endOffset;
  }

  public int sizeBytes() {
    return sizeBytes;
  }

  /** No record of the region is at or behind this offset. */
  public long endOffset() {
    return endOffset;
  }

  /**
   * Sends bytes from a place in the region on.
   *
   * @return the number of bytes that went, perhaps fewer than are left
   */
  public long transferTo(WritableByteChannel target, int from) throws IOException {
    return segment.file().transferTo(position + from, sizeBytes - from, target);
  }

  @Override
  public void close() throws IOException {
    if (!isClosed) {
      isClosed = true;
      segment.release();
    }
  }
}
