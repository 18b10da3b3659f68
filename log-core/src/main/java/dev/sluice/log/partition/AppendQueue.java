package dev.sluice.log.partition;

import dev.sluice.log.StorageException;
import dev.sluice.log.flush.BufferPool;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the bytes of appends until the writer takes them; their order here is their order in the
 * log. Everything is guarded by its lock. Bytes count as unflushed from {@link #add} until {@link
 * #release}, and their number is bounded.
 */
final class AppendQueue {

  /** The outcome of {@link #add}. */
  enum Added {
    /** It waits, and a flush is on its way. */
    QUEUED,
    /** It waits, and its caller has to queue a flush. */
    QUEUED_FIRST,
    /** It was refused, and has been told so. */
    REFUSED
  }

  private final BufferPool buffers;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private List<PendingChunk> chunks = new ArrayList<>();
  private volatile long unflushedBytes;
  private boolean isFlushQueued;
  private @Nullable StorageException refusal;

  AppendQueue(BufferPool buffers) {
    this.buffers = buffers;
  }

  /** Queues batches, waiting while too much is unflushed. */
  Added add(PendingAppend append, ByteBuffer batches, long maxUnflushedBytes)
      throws InterruptedException {
    int size = append.sizeBytes();
    lock.lockInterruptibly();
    try {
      while (refusal == null && unflushedBytes > 0 && unflushedBytes + size > maxUnflushedBytes) {
        room.await();
      }
      if (refusal != null) {
        boolean unused = append.completeExceptionally(refusal.again());
        return Added.REFUSED;
      }
      chunkWithRoom(size).add(append, batches);
      unflushedBytes += size;
      boolean isFirst = !isFlushQueued;
      isFlushQueued = true;
      return isFirst ? Added.QUEUED_FIRST : Added.QUEUED;
    } finally {
      lock.unlock();
    }
  }

  /** Takes everything that waits. */
  List<PendingChunk> take() {
    lock.lock();
    try {
      List<PendingChunk> taken = chunks;
      chunks = new ArrayList<>();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends a flush.
   *
   * @return whether more has come since, and the flush is to be queued again
   */
  boolean endFlush() {
    lock.lock();
    try {
      isFlushQueued = !chunks.isEmpty();
      return isFlushQueued;
    } finally {
      lock.unlock();
    }
  }

  /** The callers of appends with so many bytes have got their answers. */
  void release(long bytes) {
    lock.lock();
    try {
      unflushedBytes -= bytes;
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Refuses all further appends; what waits stays until it is taken. */
  void refuse(StorageException reason) {
    lock.lock();
    try {
      refusal = reason;
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Takes appends again, after a reopening. */
  void accept() {
    lock.lock();
    try {
      refusal = null;
    } finally {
      lock.unlock();
    }
  }

  /** Bytes that wait for the disk, or whose callers wait for their answers. */
  long unflushedBytes() {
    return unflushedBytes;
  }

  private PendingChunk chunkWithRoom(int size) {
    if (!chunks.isEmpty() && chunks.getLast().bytes().remaining() >= size) {
      return chunks.getLast();
    }
    PendingChunk chunk = new PendingChunk(buffers.take(size));
    chunks.add(chunk);
    return chunk;
  }
}
