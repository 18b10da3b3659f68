package dev.sluice.log.manager;

import dev.sluice.log.StorageException;
import dev.sluice.log.StorageException.Code;
import dev.sluice.log.io.DiskTrouble;
import dev.sluice.log.io.LockHeldException;
import dev.sluice.log.io.Storage;
import dev.sluice.log.partition.LogServices;
import dev.sluice.log.partition.PartitionId;
import dev.sluice.log.partition.PartitionLog;
import dev.sluice.log.partition.PartitionSettings;
import dev.sluice.log.scrub.Damage;
import dev.sluice.log.scrub.ScrubSettings;
import dev.sluice.log.scrub.Scrubber;
import dev.sluice.log.segment.LogSegment;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions of one data directory, each in {@code <topic>-<partition>/}, held against other
 * processes by the file {@code .lock}. Which partitions there should be, and their settings, is for
 * the caller to know. A partition that can't be opened is offline; the others go on.
 *
 * <p>Thread-safe; creation, opening and deletion of partitions take turns.
 */
public final class LogManager implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LogManager.class);
  private static final int OPENING_THREADS = 8;

  private final LogServices services;
  private final Path directory;
  private final PartitionDirectories directories;
  private final Storage.Lock lock;
  private final Map<PartitionId, Slot> slots = new ConcurrentHashMap<>();
  private final CompactionService compaction;
  private @Nullable Future<?> maintenance;
  private volatile @Nullable ScrubService scrubbing;
  private volatile ConsumedOffsets consumedOffsets = ConsumedOffsets.NONE;
  private volatile boolean isClosed;

  /**
   * A partition: either its log, or why it could not be opened.
   *
   * @param settings with which it was, or is to be, opened
   */
  private record Slot(
      PartitionSettings settings, @Nullable PartitionLog log, @Nullable StorageException failure) {}

  private LogManager(LogServices services, Path directory, Storage.Lock lock) {
    this.services = services;
    this.directory = directory;
    this.directories = new PartitionDirectories(services.storage(), directory);
    this.lock = lock;
    this.compaction = new CompactionService(this::openLogs, services.metrics());
  }

  /**
   * Takes a data directory, creating it if need be, and removes what deletions left in it.
   * Partitions are not opened yet.
   *
   * @throws StorageException {@code LOCKED} if another process, or this one, has the directory;
   *     {@code DISK_FULL}, {@code IO}
   */
  public static LogManager open(LogServices services, Path directory) {
    try {
      services.storage().createDirectories(directory);
      LogManager manager =
          new LogManager(
              services,
              directory,
              services.storage().lock(directory.resolve(DataDirectory.LOCK_FILE)));
      manager.directories.tidy();
      return manager;
    } catch (LockHeldException e) {
      throw new StorageException(
          Code.LOCKED,
          "The data directory "
              + directory
              + " is in use by "
              + (e.pid().isPresent() ? "process " + e.pid().getAsLong() : "another process"),
          "Stop that process, or choose another data directory",
          e);
    } catch (IOException e) {
      throw DiskTrouble.failed("Could not open the data directory " + directory, e);
    }
  }

  /** The partitions that have a directory, opened or not. */
  public Set<PartitionId> onDisk() {
    return directories.list();
  }

  /**
   * Opens partitions, several at a time, and creates those that have no directory. One that can't
   * be opened is offline: logged, and found by {@link #offlineReason}.
   */
  public synchronized void openAll(Map<PartitionId, PartitionSettings> partitions) {
    checkOpen();
    List<Callable<Void>> tasks = new ArrayList<>();
    partitions.forEach(
        (id, settings) -> {
          if (!slots.containsKey(id)) {
            tasks.add(
                () -> {
                  slots.put(id, slot(id, settings));
                  return null;
                });
          }
        });
    inParallel(tasks);
  }

  /**
   * Opens a partition, and creates it if there is none; durable when this returns.
   *
   * @return the log, which may be open already
   * @throws StorageException if it can't be opened; it is offline then
   */
  public synchronized PartitionLog open(PartitionId id, PartitionSettings settings) {
    checkOpen();
    Slot known = slots.get(id);
    if (known == null || known.log() == null) {
      slots.put(id, slot(id, settings));
    }
    return get(id);
  }

  /**
   * An open partition's log.
   *
   * @throws StorageException {@code UNKNOWN_PARTITION} if it was never opened, {@code OFFLINE} if
   *     it could not be
   */
  public PartitionLog get(PartitionId id) {
    Slot slot = slots.get(id);
    if (slot == null) {
      checkOpen();
      throw new StorageException(
          Code.UNKNOWN_PARTITION, "There is no partition " + id, "Create it first");
    }
    if (slot.log() != null) {
      return slot.log();
    }
    StorageException failure = slot.failure();
    throw new StorageException(
        Code.OFFLINE,
        id + " is offline: " + (failure == null ? "unknown" : failure.getMessage()),
        "Reopen it when that is done",
        failure);
  }

  /** Why a partition takes neither appends nor reads, if so. */
  public Optional<StorageException> offlineReason(PartitionId id) {
    Slot slot = slots.get(id);
    if (slot == null) {
      return Optional.empty();
    }
    return slot.log() != null ? slot.log().unavailable() : Optional.ofNullable(slot.failure());
  }

  /** Tries an offline partition again; does nothing to one that is online. */
  public synchronized PartitionLog reopen(PartitionId id) {
    checkOpen();
    Slot slot = slots.get(id);
    if (slot != null && slot.log() == null) {
      slots.put(id, slot(id, slot.settings()));
    }
    PartitionLog log = get(id);
    log.reopen();
    return log;
  }

  /** Changes a partition's settings, from now on. */
  public synchronized void update(PartitionId id, PartitionSettings settings) {
    slots.computeIfPresent(
        id,
        (key, slot) -> {
          if (slot.log() != null) {
            slot.log().update(settings);
          }
          return new Slot(settings, slot.log(), slot.failure());
        });
  }

  /**
   * Deletes a partition, open or not; gone for good once this returns, even if its files still take
   * space for a moment.
   */
  public void delete(PartitionId id) {
    deleteAll(List.of(id));
  }

  /**
   * The same for several, at the cost of one in most respects.
   *
   * @throws StorageException if one could not be deleted; the others are
   */
  public synchronized void deleteAll(Collection<PartitionId> ids) {
    checkOpen();
    discard(ids);
    directories.delete(ids);
  }

  private void discard(Collection<PartitionId> ids) {
    List<PartitionLog> logs = new ArrayList<>();
    for (PartitionId id : ids) {
      Slot slot = slots.remove(id);
      if (slot != null && slot.log() != null) {
        logs.add(slot.log());
      }
    }
    inParallel(logs, PartitionLog::discard);
  }

  private static void inParallel(List<PartitionLog> logs, Consumer<PartitionLog> work) {
    List<Callable<Void>> tasks = new ArrayList<>();
    for (PartitionLog log : logs) {
      tasks.add(
          () -> {
            work.accept(log);
            return null;
          });
    }
    inParallel(tasks);
  }

  /**
   * Tells retention what has been consumed, from the next run on. Until this is called, nothing is
   * deleted as consumed.
   */
  public void consumedBy(ConsumedOffsets offsets) {
    consumedOffsets = offsets;
  }

  /**
   * Does {@link #maintain} and {@link #compact} at an interval, until closed.
   *
   * @param scheduler its thread maintains, one is enough; compaction has a thread of its own
   */
  public synchronized void startMaintenance(ScheduledExecutorService scheduler, Duration interval) {
    checkOpen();
    if (maintenance == null) {
      maintenance =
          scheduler.scheduleWithFixedDelay(
              this::maintain, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
      compaction.start(interval);
    }
  }

  /** Runs retention once, moves the recovery points and closes idle files of all partitions. */
  public void maintain() {
    slots.forEach(
        (id, slot) -> {
          PartitionLog log = slot.log();
          if (log != null && !isClosed && log.unavailable().isEmpty()) {
            attempt("retention of " + id, log, it -> it.retain(consumedOffset(id, it)));
            attempt("the recovery point of " + id, log, PartitionLog::checkpoint);
            attempt("closing files of " + id, log, PartitionLog::closeIdleFiles);
          }
        });
  }

  /** Compacts the partitions for which it is time, one after the other, the dirtiest first. */
  public void compact() {
    compaction.round();
  }

  private OptionalLong consumedOffset(PartitionId id, PartitionLog log) {
    if (!log.settings().retention().consumed()) {
      return OptionalLong.empty();
    }
    try {
      return consumedOffsets.of(id);
    } catch (RuntimeException e) {
      // Not knowing who has read what keeps the records; the other limits still apply.
      LOG.warn("Could not tell what has been consumed of {}: {}", id, e.toString());
      return OptionalLong.empty();
    }
  }

  /**
   * Reads sealed segments again, slowly, until closed.
   *
   * @param scheduler its thread does the work; one that is for nothing else, as a step may wait for
   *     a slow disk
   */
  public synchronized void startScrubbing(
      ScheduledExecutorService scheduler, ScrubSettings settings) {
    checkOpen();
    if (scrubbing == null) {
      Scrubber scrubber =
          new Scrubber(
              this::sealedSegments, settings, services.clock(), new Random(), services.metrics());
      scrubbing = ScrubService.start(scheduler, scrubber);
    }
  }

  private List<Scrubber.Target> sealedSegments() {
    List<Scrubber.Target> targets = new ArrayList<>();
    slots.forEach(
        (id, slot) -> {
          if (slot.log() != null) {
            for (LogSegment segment : slot.log().sealedSegments()) {
              targets.add(new Scrubber.Target(id.toString(), segment));
            }
          }
        });
    return targets;
  }

  /** Places in sealed segments that scrubbing could not read back. */
  public List<Damage> damage() {
    ScrubService started = scrubbing;
    return started == null ? List.of() : started.damage();
  }

  /** Bytes that wait for the disk, of all partitions. */
  public long unflushedBytes() {
    return services.flusher().budget().usedBytes();
  }

  /**
   * Closes all partitions cleanly and lets the directory go. The flusher is the caller's to end.
   */
  @Override
  public synchronized void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    if (maintenance != null) {
      boolean unused = maintenance.cancel(false);
    }
    if (scrubbing != null) {
      scrubbing.close();
    }
    compaction.close();
    try {
      inParallel(openLogs(), PartitionLog::close);
    } finally {
      try {
        lock.close();
      } catch (IOException e) {
        LOG.warn("Could not let {} go: {}", directory, e.getMessage());
      }
    }
  }

  private List<PartitionLog> openLogs() {
    List<PartitionLog> open = new ArrayList<>();
    for (Slot slot : slots.values()) {
      PartitionLog log = slot.log();
      if (log != null) {
        open.add(log);
      }
    }
    return open;
  }

  private Slot slot(PartitionId id, PartitionSettings settings) {
    try {
      Path path = directories.of(id);
      return new Slot(settings, PartitionLog.open(services, id.toString(), path, settings), null);
    } catch (StorageException e) {
      LOG.error("{} is offline. {}", id, e.getMessage());
      services.metrics().failed(id.toString(), e.code());
      return new Slot(settings, null, e);
    }
  }

  private void attempt(String task, PartitionLog log, Consumer<PartitionLog> work) {
    try {
      work.accept(log);
    } catch (StorageException e) {
      if (e.code() != Code.CLOSED) {
        LOG.warn("Could not do {}: {}", task, e.getMessage());
        services.metrics().failed(log.name(), e.code());
      }
    }
  }

  private static void inParallel(List<Callable<Void>> tasks) {
    try (ExecutorService threads =
        Executors.newFixedThreadPool(Math.max(1, Math.min(OPENING_THREADS, tasks.size())))) {
      for (Future<Void> done : threads.invokeAll(tasks)) {
        var unused = done.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("A partition failed in an unforeseen way", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StorageException(
          Code.INTERRUPTED, "Interrupted while partitions were opened or closed", "Try again", e);
    }
  }

  private void checkOpen() {
    if (isClosed) {
      throw new StorageException(
          Code.CLOSED, "The log in " + directory + " is closed", "Use it before it is closed");
    }
  }
}
