package dev.sluice.log.partition;

import dev.sluice.log.StorageException;
import dev.sluice.log.record.RecordBatch;
import dev.sluice.log.record.RecordBatches;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Numbers appends and gathers their bytes until the writer takes them. Owner of the log end offset;
 * everything here is guarded by its lock. Bytes count as unflushed from {@link #add} until {@link
 * #release}, and their number is bounded.
 */
final class AppendQueue {

  private static final int FIRST_CHUNK_BYTES = 8 * 1024;
  private static final int CHUNK_BYTES = 256 * 1024;

  /**
   * The outcome of {@link #add}.
   *
   * @param isQueued false if it was refused
   * @param isFirst whether the caller has to queue a flush
   */
  record Added(CompletableFuture<AppendResult> future, boolean isQueued, boolean isFirst) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private List<PendingChunk> chunks = new ArrayList<>();
  private long endOffset;
  private long unflushedBytes;
  private boolean isFlushQueued;
  private @Nullable StorageException refusal;

  AppendQueue(long endOffset) {
    this.endOffset = endOffset;
  }

  /** Numbers and queues batches, waiting while too much is unflushed. */
  Added add(ByteBuffer batches, int leaderEpoch, long maxUnflushedBytes)
      throws InterruptedException {
    int size = batches.remaining();
    lock.lockInterruptibly();
    try {
      while (refusal == null && unflushedBytes > 0 && unflushedBytes + size > maxUnflushedBytes) {
        room.await();
      }
      if (refusal != null) {
        return new Added(CompletableFuture.failedFuture(refusal.again()), false, false);
      }
      PendingChunk chunk = chunkWithRoom(size);
      AppendResult result = copy(batches, chunk.bytes(), leaderEpoch);
      CompletableFuture<AppendResult> future = new CompletableFuture<>();
      chunk.appends().add(new PendingAppend(result, size, future));
      unflushedBytes += size;
      boolean isFirst = !isFlushQueued;
      isFlushQueued = true;
      return new Added(future, true, isFirst);
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

  /**
   * Takes back the offsets from the given one on, with everything that waits: what was numbered
   * behind a failed append can't be written either.
   */
  List<PendingChunk> rollBack(long toOffset) {
    lock.lock();
    try {
      endOffset = toOffset;
      return take();
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
  void accept(long fromOffset) {
    lock.lock();
    try {
      refusal = null;
      endOffset = fromOffset;
    } finally {
      lock.unlock();
    }
  }

  /** The offset that the next record gets. */
  long endOffset() {
    lock.lock();
    try {
      return endOffset;
    } finally {
      lock.unlock();
    }
  }

  long unflushedBytes() {
    lock.lock();
    try {
      return unflushedBytes;
    } finally {
      lock.unlock();
    }
  }

  private PendingChunk chunkWithRoom(int size) {
    int capacity = FIRST_CHUNK_BYTES;
    if (!chunks.isEmpty()) {
      PendingChunk last = chunks.getLast();
      if (last.bytes().remaining() >= size) {
        return last;
      }
      capacity = Math.min(CHUNK_BYTES, 2 * last.bytes().capacity());
    }
    PendingChunk chunk = new PendingChunk(Math.max(capacity, size));
    chunks.add(chunk);
    return chunk;
  }

  /** Copies batches to a chunk and gives them their offsets there. */
  private AppendResult copy(ByteBuffer batches, ByteBuffer target, int leaderEpoch) {
    int start = target.position();
    target.put(batches.duplicate());
    long baseOffset = endOffset;
    int at = start;
    for (RecordBatch batch : new RecordBatches(batches)) {
      RecordBatches.assign(target, at, endOffset, leaderEpoch);
      endOffset += batch.lastOffsetDelta() + 1L;
      at += batch.sizeBytes();
    }
    return new AppendResult(baseOffset, endOffset - 1);
  }
}
