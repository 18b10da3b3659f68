package dev.sluice.broker.kafka;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The budget of memory for requests, all connections together: buffers that they are read into, and
 * a charge for what becomes of those with very many fields. Thread-safe.
 *
 * <p>Buffers of the usual sizes are outside the heap, so that bytes come from the socket without
 * another copy, and are reused; as many as are kept are ever made, so none is left to the garbage
 * collector. Those beyond are on the heap.
 *
 * <p>Requests above {@link #LARGE_BYTES} share three quarters of the budget, so that a few huge
 * ones leave room for all others. Who comes while there is room gets it, even if someone waits for
 * more than there is.
 */
final class RequestMemory {

  /** Up to this size, buffers are reused. */
  static final int LARGE_BYTES = 1 << 20;

  private static final int UNIT_BYTES = 1024;
  private static final int MEDIUM_BYTES = 128 * 1024;

  private final Duration patience;
  private final int totalUnits;
  private final Semaphore units;
  private final Semaphore largeUnits;
  private final Pool small;
  private final Pool medium = new Pool(MEDIUM_BYTES, 64);
  private final Pool big = new Pool(LARGE_BYTES, 16);

  /**
   * A budget.
   *
   * @param smallBytes the size of the buffers that every connection has
   * @param patience for how long who needs memory waits for it
   */
  RequestMemory(long maxBytes, int smallBytes, Duration patience) {
    this.patience = patience;
    this.totalUnits = (int) Math.min(Integer.MAX_VALUE, maxBytes / UNIT_BYTES);
    this.units = new Semaphore(totalUnits);
    this.largeUnits = new Semaphore(totalUnits - totalUnits / 4);
    this.small = new Pool(smallBytes, 1024);
  }

  /** A cleared buffer for a connection's own use, beside the budget: connections are counted. */
  ByteBuffer takeSmall() {
    return small.take();
  }

  void giveSmall(ByteBuffer buffer) {
    small.give(buffer);
  }

  /**
   * A cleared buffer with room for so many bytes at least; waits until there is memory.
   *
   * @return null if there was none in time
   */
  @Nullable ByteBuffer take(int bytes) throws InterruptedException {
    int capacity = bytes <= MEDIUM_BYTES ? MEDIUM_BYTES : Math.max(bytes, LARGE_BYTES);
    if (!acquire(capacity)) {
      return null;
    }
    try {
      return switch (capacity) {
        case MEDIUM_BYTES -> medium.take();
        case LARGE_BYTES -> big.take();
        default -> ByteBuffer.allocate(capacity);
      };
    } catch (OutOfMemoryError e) {
      release(capacity);
      throw e;
    }
  }

  /** Takes a buffer back, which nobody may use any more. */
  void give(ByteBuffer buffer) {
    switch (buffer.capacity()) {
      case MEDIUM_BYTES -> medium.give(buffer);
      case LARGE_BYTES -> big.give(buffer);
      default -> {} // On the heap, and used once.
    }
    release(buffer.capacity());
  }

  /** Memory that one request holds beside its buffer; nothing at first. */
  Charge charge() {
    return new Charge();
  }

  /** How much of the budget is taken. */
  long usedBytes() {
    return (long) (totalUnits - units.availablePermits()) * UNIT_BYTES;
  }

  private boolean acquire(int bytes) throws InterruptedException {
    boolean isLarge = bytes > LARGE_BYTES;
    if (isLarge && !acquire(largeUnits, bytes)) {
      return false;
    }
    boolean isAcquired = false;
    try {
      isAcquired = acquire(units, bytes);
      return isAcquired;
    } finally {
      if (isLarge && !isAcquired) {
        largeUnits.release(units(bytes));
      }
    }
  }

  private boolean acquire(Semaphore from, int bytes) throws InterruptedException {
    return from.tryAcquire(units(bytes))
        || from.tryAcquire(units(bytes), patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void release(int bytes) {
    units.release(units(bytes));
    if (bytes > LARGE_BYTES) {
      largeUnits.release(units(bytes));
    }
  }

  private static int units(int bytes) {
    return Math.max(1, bytes / UNIT_BYTES);
  }

  /** What one request holds of the budget. Used by one thread at a time, which hands it on. */
  final class Charge {

    private int held;

    private Charge() {}

    /** Takes so much more; false if there was none in time. */
    boolean add(int bytes) throws InterruptedException {
      if (!acquire(units, bytes)) {
        return false;
      }
      held += units(bytes);
      return true;
    }

    long bytes() {
      return (long) held * UNIT_BYTES;
    }

    /** Gives all of it back; a second time does nothing. */
    void release() {
      units.release(held);
      held = 0;
    }
  }

  /** Buffers of one size. */
  private static final class Pool {

    private final int bytes;
    private final int max;
    private final Deque<ByteBuffer> free = new ArrayDeque<>();
    private int made;

    private Pool(int bytes, int max) {
      this.bytes = bytes;
      this.max = max;
    }

    private ByteBuffer take() {
      synchronized (this) {
        ByteBuffer pooled = free.poll();
        if (pooled != null) {
          return pooled.clear();
        }
        if (made < max) {
          ByteBuffer fresh = ByteBuffer.allocateDirect(bytes);
          made++;
          return fresh;
        }
      }
      return ByteBuffer.allocate(bytes);
    }

    private synchronized void give(ByteBuffer buffer) {
      if (buffer.isDirect()) {
        free.push(buffer);
      }
    }
  }
}
