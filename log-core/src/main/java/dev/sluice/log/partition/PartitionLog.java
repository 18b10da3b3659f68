package dev.sluice.log.partition;

import dev.sluice.log.StorageException;
import dev.sluice.log.StorageException.Code;
import dev.sluice.log.compaction.CompactionResult;
import dev.sluice.log.flush.FlushMode;
import dev.sluice.log.io.DiskTrouble;
import dev.sluice.log.partition.PendingAppend.Origin;
import dev.sluice.log.record.RecordBatch;
import dev.sluice.log.record.RecordBatchBuilder;
import dev.sluice.log.record.RecordBatches;
import dev.sluice.log.recovery.LogLoader;
import dev.sluice.log.retention.RetentionPlanner;
import dev.sluice.log.segment.LogSegment;
import dev.sluice.log.segment.SegmentDamagedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * The log of one partition. Thread-safe.
 *
 * <p>An append is checked and queued by its caller; a flusher numbers and writes everything queued
 * and, unless set otherwise, makes it durable with one force; then it is visible, and acknowledged.
 * Invariants: ACKNOWLEDGED-IS-DURABLE and VISIBLE-IS-DURABLE (under {@code FlushMode.ACK}), and
 * ACKNOWLEDGED-IS-VISIBLE: who got an answer can read what was written.
 *
 * <p>Appends wait for room only, reads for nothing; neither waits for a force that is under way.
 */
public final class PartitionLog implements AutoCloseable {

  private final LogServices services;
  private final String name;
  private final Path directory;
  private final GroupCommit commit;
  private final LogReader reader;
  private final LogReader committedReader;
  private final TimeLookup times;
  private final RetentionRun retention;
  private final CompactionRun compaction;
  private final ReplicaLog replica;
  private final TransactionLog transactions;

  private PartitionLog(LogServices services, String name, Path directory, GroupCommit commit) {
    this.services = services;
    this.name = name;
    this.directory = directory;
    this.commit = commit;
    this.reader = new LogReader(name, commit, commit::availableView);
    this.committedReader = new LogReader(name, commit, new StableView(commit::availableView));
    this.times = new TimeLookup(reader, commit);
    this.retention = new RetentionRun(services, name);
    this.compaction = new CompactionRun(services, name, directory, commit);
    this.replica = new ReplicaLog(name, commit, compaction);
    this.transactions = new TransactionLog(name, services.clock(), commit);
  }

  /**
   * Opens a partition, and creates it if there is none; recovers what an unclean stop left.
   *
   * @param name for messages and metrics
   * @throws StorageException {@code CORRUPT}, {@code DISK_FULL}, {@code IO}
   */
  public static PartitionLog open(
      LogServices services, String name, Path directory, PartitionSettings settings) {
    try {
      services.storage().createDirectories(directory);
      LogWriter writer = load(services, name, directory, settings);
      return new PartitionLog(
          services, name, directory, new GroupCommit(services, name, directory, settings, writer));
    } catch (IOException e) {
      throw failed("open", name, directory, e);
    }
  }

  public String name() {
    return name;
  }

  public Path directory() {
    return directory;
  }

  public PartitionSettings settings() {
    return commit.settings();
  }

  /** The side of this log that replication works on. */
  public ReplicaLog replica() {
    return replica;
  }

  /** What this log knows of producers and their transactions. */
  public TransactionLog transactions() {
    return transactions;
  }

  /** Changes the settings, from the next append or retention run on. */
  public void update(PartitionSettings newSettings) {
    commit.update(newSettings);
  }

  /**
   * Appends the builder's records as one batch. The builder may be reset as soon as this returns.
   * Blocks while too much is waiting for the disk.
   *
   * @return completes once the batch is durable under the flush setting, in the order of offsets;
   *     or with a {@link StorageException}. What is chained to it runs on a thread of this
   *     partition: while it blocks, no other append here is answered, and it must not append here
   *     itself
   */
  public CompletableFuture<AppendResult> append(RecordBatchBuilder builder) {
    ByteBuffer batch = builder.buildBytes();
    try {
      checkBuilt(batch);
      return append(Origin.CLIENT, batch, builder.count());
    } catch (StorageException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * The same for a caller whose appends must not be stored behind one of them that failed.
   *
   * @return also fails with {@code PREDECESSOR_FAILED}
   */
  public CompletableFuture<AppendResult> append(RecordBatchBuilder builder, AppendOrder order) {
    ByteBuffer batch = builder.buildBytes();
    PendingAppend append = new PendingAppend(batch.remaining(), builder.count(), order);
    try {
      checkBuilt(batch);
      commit.append(append, batch);
    } catch (StorageException e) {
      boolean unused = append.completeExceptionally(e);
    }
    return append;
  }

  private void checkBuilt(ByteBuffer batch) {
    AppendCheck.checkSize(batch.remaining(), settings().maxBatchBytes());
    requireKeys(batch);
  }

  /**
   * Appends complete batches of format v2 from outside, after a check of headers and checksums. A
   * batch of an idempotent producer must be the one that follows its last one; if it is in the log
   * already, the answer is the first one once more. Everything else is as with a builder.
   *
   * @param batches from position to limit; copied
   */
  public CompletableFuture<AppendResult> append(ByteBuffer batches) {
    try {
      long offsets = AppendCheck.check(batches, settings().maxBatchBytes());
      requireKeys(batches);
      return append(Origin.CLIENT, batches, offsets);
    } catch (StorageException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * Appends the builder's records as one batch, and waits until that is done: for who has nothing
   * else to do meanwhile.
   *
   * @throws StorageException what {@link #append(RecordBatchBuilder)} fails with
   */
  public AppendResult appendNow(RecordBatchBuilder builder) {
    ByteBuffer batch = builder.buildBytes();
    AppendCheck.checkSize(batch.remaining(), settings().maxBatchBytes());
    requireKeys(batch);
    return appendNow(batch, builder.count());
  }

  /**
   * The same with batches from outside.
   *
   * @param batches from position to limit; their offsets and epochs may be overwritten
   */
  public AppendResult appendNow(ByteBuffer batches) {
    long offsets = AppendCheck.check(batches, settings().maxBatchBytes());
    requireKeys(batches);
    return appendNow(batches, offsets);
  }

  private AppendResult appendNow(ByteBuffer batches, long offsets) {
    PendingAppend append = new PendingAppend(Origin.CLIENT, batches.remaining(), offsets);
    if (mayWriteNow(batches)) {
      commit.appendNow(append, batches);
    } else {
      commit.append(append, batches);
    }
    return append.await();
  }

  /**
   * As {@link #append(ByteBuffer)}, but without a copy and a change of threads where acknowledged
   * does not mean durable and nobody else is writing: then the answer is there when this returns,
   * perhaps before those of others' earlier appends.
   *
   * @param batches from position to limit; their offsets and epochs may be overwritten
   */
  public CompletableFuture<AppendResult> appendInPlace(ByteBuffer batches) {
    try {
      long offsets = AppendCheck.check(batches, settings().maxBatchBytes());
      requireKeys(batches);
      PendingAppend append = new PendingAppend(Origin.CLIENT, batches.remaining(), offsets);
      if (!mayWriteNow(batches) || !commit.tryAppendNow(append, batches)) {
        commit.append(append, batches);
      }
      return append;
    } catch (StorageException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private boolean mayWriteNow(ByteBuffer batches) {
    return settings().flush().mode() != FlushMode.ACK && !batches.isReadOnly();
  }

  private void requireKeys(ByteBuffer batches) {
    if (settings().compaction() != null) {
      for (RecordBatch batch : new RecordBatches(batches)) {
        batch.requireKeys(RecordBatch.DEFAULT_MAX_UNPACKED_BYTES);
      }
    }
  }

  private CompletableFuture<AppendResult> append(Origin origin, ByteBuffer batches, long offsets) {
    PendingAppend append = new PendingAppend(origin, batches.remaining(), offsets);
    commit.append(append, batches);
    return append;
  }

  /**
   * Reads visible batches, without waiting, within one segment.
   *
   * @param offset between log start and high watermark; at the high watermark there is nothing
   * @param maxBytes stop after so many bytes; at least one batch is read if there is one
   * @throws StorageException {@code OFFSET_OUT_OF_RANGE}, {@code CORRUPT}, {@code OFFLINE}, {@code
   *     CLOSED}, {@code IO}
   */
  public ReadResult read(long offset, int maxBytes) {
    return read(offset, maxBytes, Isolation.READ_UNCOMMITTED);
  }

  /** The same for a reader who may see less; the high watermark is the end of what it may see. */
  public ReadResult read(long offset, int maxBytes, Isolation isolation) {
    return reader(isolation).read(offset, maxBytes);
  }

  /** Like {@link #read}, as a region of a file, to be closed; checksums are the receiver's job. */
  public Optional<LogRegion> readRegion(long offset, int maxBytes) {
    return readRegion(offset, maxBytes, Isolation.READ_UNCOMMITTED);
  }

  /** The same for a reader who may see less. */
  public Optional<LogRegion> readRegion(long offset, int maxBytes, Isolation isolation) {
    return Optional.ofNullable(reader(isolation).region(offset, maxBytes));
  }

  private LogReader reader(Isolation isolation) {
    return isolation == Isolation.READ_COMMITTED ? committedReader : reader;
  }

  /** The first visible record with this time or a later one. */
  public Optional<TimestampedOffset> offsetForTimestamp(long timestampMillis) {
    return times.findTime(timestampMillis);
  }

  /** The first visible record with the largest time of all. */
  public Optional<TimestampedOffset> maxTimestamp() {
    return times.findMax();
  }

  /** The first offset that may be read. */
  public long logStartOffset() {
    return commit.view().logStartOffset();
  }

  /** The offset behind the last visible record. */
  public long highWatermark() {
    return commit.view().highWatermark();
  }

  /** The offset behind the last record that is written; it may not be durable yet. */
  public long logEndOffset() {
    return commit.view().logEndOffset();
  }

  /** Bytes of all visible batches on disk. */
  public long sizeBytes() {
    return commit.view().sizeBytes();
  }

  /** Bytes that wait for the disk. */
  public long unflushedBytes() {
    return commit.queue().unflushedBytes();
  }

  /** Why the partition can't be used, if so. */
  public Optional<StorageException> unavailable() {
    return Optional.ofNullable(commit.unavailable());
  }

  /**
   * Runs an action once, when a record at the offset or behind it is visible or the partition
   * becomes unavailable; at once if that is so already. The action runs on a flusher thread or this
   * one, and must be quick.
   *
   * @return gives the wait up
   */
  public Runnable whenVisible(long offset, Runnable action) {
    Runnable cancel = commit.waiters().add(offset, action);
    commit.wakeWaiters();
    return cancel;
  }

  /**
   * Deletes what is before the offset: at once and durably to readers' eyes, by whole segments on
   * disk.
   *
   * @throws StorageException {@code OFFSET_OUT_OF_RANGE} if it is beyond the high watermark
   */
  public void deleteBefore(long offset) {
    List<RetentionRun.Deletion> deleted = new ArrayList<>();
    commit.exclusively(
        "delete from", writer -> deleted.addAll(retention.advanceTo(offset, writer)));
    retention.delete(deleted);
  }

  /** As {@link #retain(OptionalLong)}, where no group has read anything. */
  public void retain() {
    retain(OptionalLong.empty());
  }

  /**
   * Deletes what retention no longer keeps, and seals the active segment if it is old enough.
   *
   * @param consumedOffset the offset before which every group that is to read the partition has
   *     done so; empty if there is none. Counts only where the settings say that records go once
   *     consumed
   */
  public void retain(OptionalLong consumedOffset) {
    PartitionSettings now = settings();
    RetentionPlanner.Plan plan;
    try {
      plan = retention.plan(commit.availableView(), now, consumedOffset);
    } catch (IOException e) {
      throw failed("plan the retention of", name, directory, e);
    }
    List<RetentionRun.Deletion> deleted = new ArrayList<>();
    commit.exclusively(
        "apply retention to", writer -> deleted.addAll(retention.advance(plan, writer, now)));
    retention.delete(deleted);
  }

  /**
   * How dirty the partition is, 0 to 1, if its settings have compaction and it is time for one.
   *
   * @throws StorageException {@code OFFLINE}, {@code CLOSED}, {@code IO}
   */
  public OptionalDouble compactionDue() {
    try {
      return compaction.due();
    } catch (IOException e) {
      throw failed("plan the compaction of", name, directory, e);
    }
  }

  /**
   * Compacts sealed segments if it is time to, on the calling thread and beside appends and reads;
   * only one call at a time does anything. After trouble the next attempts do nothing for a while,
   * after damage until the partition is reopened.
   *
   * @param mapBytes memory for the latest offsets of keys; with less, more passes are needed
   * @param isStopped asked all the time; what is done when it answers true stays done
   * @return what was done, if it was time
   * @throws StorageException {@code CORRUPT} at damaged bytes, {@code DISK_FULL}, {@code IO},
   *     {@code OFFLINE}, {@code CLOSED}; no record is lost
   */
  public Optional<CompactionResult> compact(long mapBytes, BooleanSupplier isStopped) {
    try {
      return compaction.run(mapBytes, isStopped);
    } catch (SegmentDamagedException e) {
      throw new StorageException(
          Code.CORRUPT,
          "Compaction of " + name + " stopped at damaged bytes: " + e.problem(),
          e.file(),
          e.position(),
          "Restore the partition's directory from a backup or a replica; until it is reopened it is"
              + " not compacted",
          e);
    } catch (IOException e) {
      throw failed("compact", name, directory, e);
    }
  }

  /** Closes files of sealed segments that nobody reads; they open again when needed. */
  public void closeIdleFiles() {
    LogView view = commit.view();
    for (int i = 0; i < view.segments().size() - 1; i++) {
      try {
        view.segments().get(i).closeIdle();
      } catch (IOException e) {
        throw failed("close files of", name, directory, e);
      }
    }
  }

  /** The segments that are not appended to any more; none while the partition is unavailable. */
  public List<LogSegment> sealedSegments() {
    if (commit.unavailable() != null) {
      return List.of();
    }
    List<LogSegment> segments = commit.view().segments();
    return segments.subList(0, segments.size() - 1);
  }

  /** Moves the recovery point up, so that the next start need not look at what is there now. */
  public void checkpoint() {
    commit.forceBeside(); // So that little is left to be forced while appends wait.
    commit.exclusively("checkpoint", LogWriter::checkpoint);
  }

  /**
   * Opens the partition anew in place after it went offline. What was not durable then is gone.
   * Does nothing if it is online or closed.
   *
   * @throws StorageException if it can't be opened; it stays offline then
   */
  public void reopen() {
    try (CompactionRun.Halt unused = compaction.halt()) {
      commit.reopen(() -> load(services, name, directory, settings()));
    } catch (IOException e) {
      throw failed("reopen", name, directory, e);
    }
  }

  /** Writes what is queued, makes it durable, and closes the files. Further calls do nothing. */
  @Override
  public void close() {
    close(true);
  }

  /**
   * Closes the files of a partition that is about to be deleted, without a mark for a next start.
   */
  public void discard() {
    close(false);
  }

  private void close(boolean isKept) {
    try (CompactionRun.Halt unused = compaction.halt()) {
      commit.close(
          new StorageException(Code.CLOSED, name + " is closed", "Use the log before it is closed"),
          isKept);
    }
  }

  private static LogWriter load(
      LogServices services, String name, Path directory, PartitionSettings settings)
      throws IOException {
    LogLoader loader =
        new LogLoader(
            services.storage(),
            directory,
            PartitionSettings.INDEX_INTERVAL_BYTES,
            settings.unforcedBytes(),
            services.clock().millis());
    return new LogWriter(services, name, directory, loader.load());
  }

  private static StorageException failed(String task, String name, Path directory, IOException e) {
    return DiskTrouble.failed("Could not " + task + " " + name + " in " + directory, e);
  }
}
