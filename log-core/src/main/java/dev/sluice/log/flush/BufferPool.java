package dev.sluice.log.flush;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Buffers outside the heap in which appends of all partitions wait for the disk: what is written
 * from there is not copied once more. Thread-safe; never waits.
 */
public final class BufferPool {

  /** What a pooled buffer holds. */
  public static final int BUFFER_BYTES = 1 << 20;

  private static final int LEAST_BYTES = 8 * 1024;

  private final int maxBuffers;
  private final Deque<ByteBuffer> free = new ArrayDeque<>();
  private int made;

  /** A pool that keeps at most so many bytes; buffers are made when first needed. */
  BufferPool(long maxBytes) {
    this.maxBuffers = (int) Math.max(1, maxBytes / BUFFER_BYTES);
  }

  /**
   * A buffer of the pool, or, when all are taken or more is asked for, one of the heap that is just
   * large enough.
   */
  public ByteBuffer take(int leastBytes) {
    if (leastBytes <= BUFFER_BYTES) {
      synchronized (free) {
        ByteBuffer pooled = free.poll();
        if (pooled != null) {
          return pooled;
        }
        if (made < maxBuffers) {
          made++;
          return ByteBuffer.allocateDirect(BUFFER_BYTES);
        }
      }
    }
    return ByteBuffer.allocate(Math.max(leastBytes, LEAST_BYTES));
  }

  /** Takes a buffer back, which nobody may use any more. */
  public void give(ByteBuffer buffer) {
    if (buffer.isDirect()) {
      synchronized (free) {
        free.push(buffer.clear());
      }
    }
  }
}
