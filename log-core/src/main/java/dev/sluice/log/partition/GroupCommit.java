package dev.sluice.log.partition;

import dev.sluice.log.StorageException;
import dev.sluice.log.StorageException.Code;
import dev.sluice.log.io.DiskFullException;
import dev.sluice.log.io.DiskTrouble;
import dev.sluice.log.io.ReadOnlyDiskException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes appends from many threads and commits what has gathered in one go: write, force, publish,
 * acknowledge. Owner of the writer and of what is visible, guarded by the I/O lock, which is held
 * during writes and forces but never while callers' code runs. Thread-safe.
 */
final class GroupCommit {

  private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
  private static final int LEADER_EPOCH = 0;

  /** Work on the writer, under the I/O lock, while the partition is available. */
  interface Work {
    void run(LogWriter writer) throws IOException;
  }

  /** Makes a writer of what is on disk. */
  interface Loader {
    LogWriter load() throws IOException;
  }

  private final LogServices services;
  private final String name;
  private final AppendQueue queue;
  private final Acknowledger acknowledger;
  private final Waiters waiters = new Waiters();
  private final ReentrantLock ioLock = new ReentrantLock();
  private LogWriter writer;
  private @Nullable Future<?> timedForce;
  private volatile PartitionSettings settings;
  private volatile LogView view;
  private volatile @Nullable StorageException unavailable;

  GroupCommit(LogServices services, String name, PartitionSettings settings, LogWriter writer) {
    this.services = services;
    this.name = name;
    this.settings = settings;
    this.writer = writer;
    this.view = writer.view();
    this.acknowledger = new Acknowledger(name);
    this.queue = new AppendQueue(writer.writtenOffset());
  }

  PartitionSettings settings() {
    return settings;
  }

  void update(PartitionSettings newSettings) {
    settings = newSettings;
  }

  AppendQueue queue() {
    return queue;
  }

  Waiters waiters() {
    return waiters;
  }

  /** What is visible, available or not. */
  LogView view() {
    return view;
  }

  @Nullable StorageException unavailable() {
    return unavailable;
  }

  /** What is visible, or the reason why nothing is. */
  LogView availableView() {
    StorageException reason = unavailable;
    if (reason != null) {
      throw reason.again();
    }
    return view;
  }

  /** Numbers and queues checked batches. */
  CompletableFuture<AppendResult> append(ByteBuffer batches) {
    int bytes = batches.remaining();
    try {
      services.flusher().budget().take(bytes);
    } catch (InterruptedException e) {
      return interrupted();
    }
    AppendQueue.Added added;
    try {
      added = queue.add(batches, LEADER_EPOCH, settings.maxUnflushedBytes());
    } catch (InterruptedException e) {
      services.flusher().budget().give(bytes);
      return interrupted();
    }
    if (!added.isQueued()) {
      services.flusher().budget().give(bytes);
    }
    if (added.isFirst()) {
      queueFlush();
    }
    return added.future();
  }

  /** Commits what has gathered; fails it if the partition is unavailable. */
  void flush() {
    List<PendingChunk> chunks = new ArrayList<>();
    StorageException failure;
    long committedOffset;
    ioLock.lock();
    try {
      chunks.addAll(queue.take());
      failure = unavailable != null ? unavailable : commit(chunks);
      committedOffset = unavailable != null ? Long.MIN_VALUE : view.highWatermark();
    } finally {
      ioLock.unlock();
    }
    List<PendingAppend> appends = new ArrayList<>();
    chunks.forEach(chunk -> appends.addAll(chunk.appends()));
    long bytes = appends.stream().mapToLong(PendingAppend::sizeBytes).sum();
    services.flusher().budget().give(bytes);
    acknowledger.execute(
        () -> {
          answer(appends, committedOffset, failure);
          queue.release(bytes);
          wakeWaiters();
        });
    if (queue.endFlush()) {
      queueFlush();
    }
  }

  /**
   * Runs work on the writer between flushes; what it has written and deleted is visible then.
   *
   * @throws StorageException what kept it from being done; the partition is offline if the state of
   *     its files is unknown now
   */
  void exclusively(String task, Work work) {
    ioLock.lock();
    try {
      LogView unused = availableView();
      work.run(writer);
      view = writer.view();
    } catch (DiskFullException e) {
      throw diskFull(e);
    } catch (IOException e) {
      throw goOffline("Could not " + task + " " + name, e).again();
    } finally {
      ioLock.unlock();
    }
  }

  /** Goes online again with what is durable. Does nothing if the partition is not offline. */
  void reopen(Loader loader) throws IOException {
    ioLock.lock();
    try {
      if (unavailable == null || isClosed()) {
        return;
      }
      LogWriter old = writer;
      old.truncateToDurable();
      writer = loader.load();
      old.release();
      long lost = view.highWatermark() - writer.writtenOffset();
      view = writer.view();
      queue.accept(writer.writtenOffset());
      unavailable = null;
      LOG.info("{} is online again, with records up to offset {}", name, view.highWatermark());
      if (lost > 0) {
        LOG.warn("{} lost {} records that its flush setting had not made durable", name, lost);
      }
    } finally {
      ioLock.unlock();
    }
  }

  /** Commits what has gathered, then gives the files up. */
  void close(StorageException reason) {
    flush();
    ioLock.lock();
    try {
      if (isClosed()) {
        return;
      }
      boolean wasAvailable = unavailable == null;
      unavailable = reason;
      queue.refuse(reason);
      cancelTimedForce();
      try {
        if (wasAvailable) {
          writer.checkpoint();
        }
      } finally {
        writer.release();
      }
    } catch (IOException e) {
      LOG.warn("{} was not closed cleanly; the next start checks its end", name, e);
    } finally {
      ioLock.unlock();
    }
    flush(); // Fails what came in between.
  }

  /**
   * Null if all is committed, else why the rest is not; adds to the chunks what fails with them.
   */
  private @Nullable StorageException commit(List<PendingChunk> chunks) {
    StorageException failure = null;
    try {
      try {
        for (PendingChunk chunk : chunks) {
          writer.write(chunk, settings);
        }
      } catch (DiskFullException e) {
        failure = diskFull(e);
        chunks.addAll(queue.rollBack(writer.writtenOffset()));
        LOG.warn("{}", failure.getMessage());
      }
      forceAsSet();
      view = writer.view();
      return failure;
    } catch (IOException | RuntimeException | Error e) {
      return goOffline("Could not write to " + name, e);
    }
  }

  private void forceAsSet() throws IOException {
    if (writer.isDurable()) {
      return;
    }
    switch (settings.flush().mode()) {
      case ACK -> writer.force();
      case INTERVAL -> queueTimedForce();
      case OS -> {}
    }
  }

  private void queueTimedForce() {
    if (timedForce == null) {
      timedForce = services.flusher().schedule(this::forceOnTime, settings.flush().interval());
    }
  }

  private void cancelTimedForce() {
    if (timedForce != null) {
      boolean unused = timedForce.cancel(false);
      timedForce = null;
    }
  }

  private void forceOnTime() {
    ioLock.lock();
    try {
      timedForce = null;
      if (unavailable == null && !writer.isDurable()) {
        writer.force();
      }
    } catch (IOException e) {
      StorageException unused = goOffline("Could not force " + name, e);
    } finally {
      ioLock.unlock();
    }
    acknowledger.execute(this::wakeWaiters);
  }

  /** Called under the I/O lock. What still waits in the queue fails with the next flush. */
  private StorageException goOffline(String problem, Throwable cause) {
    boolean isReadOnly = cause instanceof ReadOnlyDiskException;
    StorageException reason =
        new StorageException(
            isReadOnly ? Code.READ_ONLY : Code.OFFLINE,
            problem + ", which is offline now: " + cause.getMessage(),
            isReadOnly
                ? DiskTrouble.cure(cause)
                : "Check the disk and the system's log; then reopen the partition, or restart",
            cause);
    unavailable = reason;
    queue.refuse(reason);
    cancelTimedForce();
    LOG.error("{}", reason.getMessage(), cause);
    services.metrics().failed(name, reason.code());
    try {
      // What was written but not forced can be read back although it may never reach the disk.
      writer.truncateToDurable();
    } catch (IOException e) {
      LOG.warn("The end of {} could not be cut off either: {}", name, e.getMessage());
    }
    return reason;
  }

  private StorageException diskFull(DiskFullException e) {
    services.metrics().failed(name, Code.DISK_FULL);
    return DiskTrouble.failed("No space left for " + name, e);
  }

  private void answer(
      List<PendingAppend> appends, long committedOffset, @Nullable StorageException failure) {
    long bytes = 0;
    long records = 0;
    for (PendingAppend append : appends) {
      AppendResult result = append.result();
      if (failure == null || result.lastOffset() < committedOffset) {
        bytes += append.sizeBytes();
        records += result.lastOffset() - result.baseOffset() + 1;
        boolean unused = append.future().complete(result);
      } else {
        boolean unused = append.future().completeExceptionally(failure);
      }
    }
    if (records > 0) {
      services.metrics().appended(name, records, bytes);
    }
  }

  /** Tells those whose record is visible now, or all if the partition is unavailable. */
  void wakeWaiters() {
    waiters.wake(unavailable == null ? view.highWatermark() : Long.MAX_VALUE);
  }

  private boolean isClosed() {
    StorageException reason = unavailable;
    return reason != null && reason.code() == Code.CLOSED;
  }

  private CompletableFuture<AppendResult> interrupted() {
    Thread.currentThread().interrupt();
    return CompletableFuture.failedFuture(
        new StorageException(
            Code.INTERRUPTED,
            "Interrupted while an append to " + name + " waited for room",
            "Nothing was appended; append again if it is still wanted"));
  }

  private void queueFlush() {
    try {
      services.flusher().execute(this::flush);
    } catch (RejectedExecutionException e) {
      flush(); // The flusher is gone: whoever still appends does its work.
    }
  }
}
