package dev.sluice.broker.kafka;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.common.protocol.ApiKeys;

/**
 * The budget of memory for answers that their clients have not taken yet, all connections together;
 * records that go out from files aside. Thread-safe.
 *
 * <p>How large an answer is shows when it is there. So room is asked for before a request is
 * handled: while the budget is used up, nobody begins whose answer may be large, as answers of the
 * same API have been of late. What is held exceeds the budget by no more than the answers that are
 * being made just then. Small ones fit into the system's buffers, and neither count nor wait.
 */
final class ResponseMemory {

  /** Answers up to this size don't count. */
  static final int SMALL_BYTES = 16 * 1024;

  private static final int LAST_API =
      Arrays.stream(ApiKeys.values()).mapToInt(api -> api.id).max().orElseThrow();

  private final long maxBytes;
  private final Duration patience;

  /** By the number of an API, what an answer is expected to take; 0 for a small one. */
  private final AtomicLongArray expected = new AtomicLongArray(LAST_API + 1);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long usedBytes;
  private int waiting;
  private boolean isClosed;

  /**
   * A budget.
   *
   * @param patience for how long who needs room waits for it
   */
  ResponseMemory(long maxBytes, Duration patience) {
    this.maxBytes = maxBytes;
    this.patience = patience;
  }

  /** The room of one answer; none at first. */
  Room room() {
    return new Room();
  }

  /** How much of the budget is taken. */
  long usedBytes() {
    lock.lock();
    try {
      return usedBytes;
    } finally {
      lock.unlock();
    }
  }

  /** Whether someone waits for others to take their answers. */
  boolean isWanted() {
    lock.lock();
    try {
      return waiting > 0;
    } finally {
      lock.unlock();
    }
  }

  /** Lets everyone go who waits here: there is no room any more. */
  void close() {
    lock.lock();
    try {
      isClosed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean take(long bytes) throws InterruptedException {
    lock.lock();
    try {
      long left = patience.toNanos();
      waiting++;
      try {
        while (usedBytes >= maxBytes && left > 0 && !isClosed) {
          left = changed.awaitNanos(left);
        }
      } finally {
        waiting--;
      }
      if (usedBytes >= maxBytes || isClosed) {
        return false;
      }
      usedBytes += bytes;
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void add(long bytes) {
    lock.lock();
    try {
      usedBytes += bytes;
      if (bytes < 0) {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** A large answer is remembered for a while; others come after it that are as large. */
  private void learn(ApiKeys api, long bytes) {
    long before = expected.get(api.id);
    long now = Math.max(bytes, before - before / 8);
    if (before != 0 || now > SMALL_BYTES) {
      expected.set(api.id, now > SMALL_BYTES ? now : 0);
    }
  }

  /** What one answer takes. Used by one thread at a time, which hands it on. */
  final class Room {

    private long held;

    private Room() {}

    /** Before a request is handled: waits until there is room; false if there was none in time. */
    boolean reserve(ApiKeys api) throws InterruptedException {
      long bytes = expected.get(api.id);
      if (bytes == 0) {
        return true;
      }
      if (!take(bytes)) {
        return false;
      }
      held = bytes;
      return true;
    }

    /** The answer is there, and takes so much, whether there is room or not. */
    void settle(ApiKeys api, long bytes) {
      learn(api, bytes);
      hold(bytes > SMALL_BYTES ? bytes : 0);
    }

    /** Gives all of it back; a second time does nothing. */
    void release() {
      hold(0);
    }

    private void hold(long bytes) {
      if (bytes != held) {
        add(bytes - held);
        held = bytes;
      }
    }
  }
}
