package dev.sluice.log.partition;

import dev.sluice.log.StorageException;
import dev.sluice.log.StorageException.Code;
import dev.sluice.log.flush.FlushMode;
import dev.sluice.log.io.DiskFullException;
import dev.sluice.log.io.DiskTrouble;
import dev.sluice.log.io.ReadOnlyDiskException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
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
  private final BackgroundForce background;
  private volatile PartitionSettings settings;
  private volatile LogView view;
  private volatile @Nullable StorageException unavailable;

  GroupCommit(
      LogServices services,
      String name,
      Path directory,
      PartitionSettings settings,
      LogWriter writer)
      throws IOException {
    this.services = services;
    this.name = name;
    this.settings = settings;
    this.writer = writer;
    this.view = writer.view();
    this.acknowledger = new Acknowledger(name, services.metrics());
    this.queue = new AppendQueue(services.flusher().buffers());
    this.background = new BackgroundForce(services, name, directory, ioLock, new Lazy());
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

  /**
   * How often visible bytes have been taken back. Whoever finds it unchanged after reading a file
   * has read what its view showed.
   */
  int truncations() {
    return view.truncations();
  }

  /** The same, but waits until a truncation that is under way has ended: for who met damage. */
  int settledTruncations() {
    ioLock.lock();
    try {
      return view.truncations();
    } finally {
      ioLock.unlock();
    }
  }

  /** What is visible, or the reason why nothing is. */
  LogView availableView() {
    StorageException reason = unavailable;
    if (reason != null) {
      throw reason.again();
    }
    return view;
  }

  /**
   * Writes checked batches at once, behind what has gathered: handing over to a flusher and back
   * takes longer than a write to the page cache. Call it only if acknowledged does not mean
   * durable.
   *
   * @param batches are numbered where they are
   */
  void appendNow(PendingAppend append, ByteBuffer batches) {
    ioLock.lock();
    commitAndUnlock(append, batches);
  }

  /**
   * The same if nobody is writing at the moment.
   *
   * @return false if somebody is, and nothing has been done: what is queued now is written with
   *     what others queue meanwhile, in one go
   */
  boolean tryAppendNow(PendingAppend append, ByteBuffer batches) {
    if (!ioLock.tryLock()) {
      return false;
    }
    commitAndUnlock(append, batches);
    return true;
  }

  /** Called under the I/O lock, which it gives up before callers' code runs. */
  private void commitAndUnlock(PendingAppend append, ByteBuffer batches) {
    List<PendingChunk> own = List.of(PendingChunk.of(append, batches));
    List<PendingChunk> gathered;
    StorageException failure;
    long committedOffset;
    try {
      gathered = queue.take();
      failure = unavailable != null ? unavailable : commit(gathered);
      if (failure == null) {
        failure = commit(own);
      }
      if (failure != null) {
        gathered.addAll(queue.take());
      }
      committedOffset = unavailable != null ? Long.MIN_VALUE : view.logEndOffset();
      if (failure != null) {
        endRound(gathered, committedOffset);
        endRound(own, committedOffset);
      }
    } finally {
      ioLock.unlock();
    }
    if (!gathered.isEmpty()) {
      acknowledge(gathered, committedOffset, failure);
    }
    acknowledger.answer(own, committedOffset, failure);
    wakeWaiters();
  }

  /** Queues checked batches; the append is told what became of them. */
  void append(PendingAppend append, ByteBuffer batches) {
    int bytes = append.sizeBytes();
    try {
      services.flusher().budget().take(bytes);
    } catch (InterruptedException e) {
      interrupted(append);
      return;
    }
    AppendQueue.Added added = AppendQueue.Added.REFUSED;
    try {
      added = queue.add(append, batches, settings.maxUnflushedBytes());
    } catch (InterruptedException e) {
      interrupted(append);
    }
    switch (added) {
      case QUEUED -> {}
      case QUEUED_FIRST -> queueFlush();
      case REFUSED -> services.flusher().budget().give(bytes);
    }
  }

  /** Commits what has gathered; fails it if the partition is unavailable. */
  void flush() {
    List<PendingChunk> chunks;
    StorageException failure;
    long committedOffset;
    ioLock.lock();
    try {
      chunks = queue.take();
      failure = unavailable != null ? unavailable : commit(chunks);
      if (failure != null) {
        chunks.addAll(queue.take()); // What was queued behind a failed append must not overtake it.
      }
      committedOffset = unavailable != null ? Long.MIN_VALUE : view.logEndOffset();
      if (failure != null) {
        endRound(chunks, committedOffset);
      }
    } finally {
      ioLock.unlock();
    }
    acknowledge(chunks, committedOffset, failure);
    if (queue.endFlush()) {
      queueFlush();
    }
  }

  /** What failed breaks its order now, before anything else can be written. */
  private static void endRound(List<PendingChunk> chunks, long committedOffset) {
    for (PendingChunk chunk : chunks) {
      for (PendingAppend append : chunk.appends()) {
        append.endRound(committedOffset);
      }
    }
  }

  /** Has the callers of committed or failed appends told, by another thread than this one. */
  private void acknowledge(
      List<PendingChunk> chunks, long committedOffset, @Nullable StorageException failure) {
    long bytes = giveBack(chunks);
    acknowledger.execute(
        () -> {
          acknowledger.answer(chunks, committedOffset, failure);
          queue.release(bytes);
          wakeWaiters();
        });
  }

  /** Ends the chunks' claims on shared memory; returns how many bytes they had. */
  private long giveBack(List<PendingChunk> chunks) {
    long bytes = 0;
    for (PendingChunk chunk : chunks) {
      bytes += chunk.bytes().position();
      services.flusher().buffers().give(chunk.bytes());
    }
    services.flusher().budget().give(bytes);
    return bytes;
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
      old.durability().truncateToDurable();
      old.durability().retire();
      writer = loader.load();
      writer.succeed(old);
      old.release();
      long lost = view.highWatermark() - writer.writtenOffset();
      view = writer.view();
      queue.accept();
      unavailable = null;
      LOG.info("{} is online again, with records up to offset {}", name, view.highWatermark());
      if (lost > 0) {
        LOG.warn("{} lost {} records that its flush setting had not made durable", name, lost);
      }
    } finally {
      ioLock.unlock();
    }
  }

  /**
   * Commits what has gathered, then gives the files up.
   *
   * @param isKept whether the files stay, for a next start
   */
  void close(StorageException reason, boolean isKept) {
    flush();
    ioLock.lock();
    try {
      if (isClosed()) {
        return;
      }
      boolean wasAvailable = unavailable == null;
      unavailable = reason;
      queue.refuse(reason);
      background.cancel();
      try {
        if (wasAvailable && isKept) {
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

  /** Null if all that was admitted is committed, else why the rest is not. */
  private @Nullable StorageException commit(List<PendingChunk> chunks) {
    StorageException failure = null;
    try {
      try {
        for (PendingChunk chunk : chunks) {
          writer.write(chunk, settings);
        }
      } catch (DiskFullException e) {
        failure = diskFull(e);
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
    if (writer.durability().isComplete()) {
      return;
    }
    switch (settings.flush().mode()) {
      case ACK -> writer.durability().force();
      case INTERVAL -> {
        background.forceWithin(settings.flush().interval());
        background.forceAhead();
      }
      case OS -> background.forceAhead();
    }
  }

  /** The side of a commit that is acknowledged before it is durable. */
  private final class Lazy implements BackgroundForce.Partition {

    @Override
    public LogWriter writer() {
      return writer;
    }

    @Override
    public boolean isAvailable() {
      return unavailable == null;
    }

    @Override
    public void failed(Throwable cause) {
      StorageException unused = goOffline("Could not force " + name, cause);
      acknowledger.execute(GroupCommit.this::wakeWaiters);
    }
  }

  /**
   * Makes what is written durable while appends go on, if that is not what each of them does
   * anyway.
   */
  void forceBeside() {
    if (settings.flush().mode() != FlushMode.ACK) {
      background.forceNow();
    }
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
    background.cancel();
    LOG.error("{}", reason.getMessage(), cause);
    services.metrics().failed(name, reason.code());
    try {
      // What was written but not forced can be read back although it may never reach the disk.
      writer.durability().truncateToDurable();
    } catch (IOException e) {
      LOG.warn("The end of {} could not be cut off either: {}", name, e.getMessage());
    }
    return reason;
  }

  private StorageException diskFull(DiskFullException e) {
    services.metrics().failed(name, Code.DISK_FULL);
    return DiskTrouble.failed("No space left for " + name, e);
  }

  /** Tells those whose record is visible now, or all if the partition is unavailable. */
  void wakeWaiters() {
    waiters.wake(unavailable == null ? view.highWatermark() : Long.MAX_VALUE);
  }

  private boolean isClosed() {
    StorageException reason = unavailable;
    return reason != null && reason.code() == Code.CLOSED;
  }

  private void interrupted(PendingAppend append) {
    Thread.currentThread().interrupt();
    boolean unused =
        append.completeExceptionally(
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
