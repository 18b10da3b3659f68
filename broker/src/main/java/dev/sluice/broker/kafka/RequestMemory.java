package dev.sluice.broker.kafka;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Buffers for requests, all connections together: outside the heap, so that bytes come from the
 * socket without another copy, and reused. Thread-safe.
 */
final class RequestMemory {

  private static final int UNIT_BYTES = 1024;
  private static final int POOLED_BYTES = 1 << 20;
  private static final int MAX_POOLED = 16;

  private final Semaphore units;
  private final Deque<ByteBuffer> pool = new ArrayDeque<>();

  RequestMemory(long maxBytes) {
    this.units = new Semaphore((int) Math.min(Integer.MAX_VALUE, maxBytes / UNIT_BYTES), true);
  }

  /**
   * A cleared buffer with room for so many bytes at least; waits until there is memory.
   *
   * @return null if there was none in time
   */
  @Nullable ByteBuffer take(int bytes, Duration patience) throws InterruptedException {
    int capacity = bytes <= POOLED_BYTES ? POOLED_BYTES : bytes;
    if (!units.tryAcquire(units(capacity), patience.toNanos(), TimeUnit.NANOSECONDS)) {
      return null;
    }
    if (capacity == POOLED_BYTES) {
      synchronized (pool) {
        ByteBuffer pooled = pool.poll();
        if (pooled != null) {
          return pooled.clear();
        }
      }
      return ByteBuffer.allocateDirect(capacity);
    }
    return ByteBuffer.allocate(capacity);
  }

  /** Takes a buffer back, which nobody may use any more. */
  void give(ByteBuffer buffer) {
    if (buffer.isDirect()) {
      synchronized (pool) {
        if (pool.size() < MAX_POOLED) {
          pool.push(buffer);
        }
      }
    }
    units.release(units(buffer.capacity()));
  }

  private static int units(int bytes) {
    return Math.max(1, bytes / UNIT_BYTES);
  }
}
