package dev.sluice.log.partition;

import dev.sluice.log.StorageException;
import dev.sluice.log.StorageException.Code;
import dev.sluice.log.checkpoint.AtomicFile;
import dev.sluice.log.compaction.Cleaner;
import dev.sluice.log.compaction.Compaction;
import dev.sluice.log.compaction.CompactionJob;
import dev.sluice.log.compaction.CompactionPlan;
import dev.sluice.log.compaction.CompactionPlanner;
import dev.sluice.log.compaction.CompactionProgress;
import dev.sluice.log.compaction.CompactionResult;
import dev.sluice.log.compaction.LastBatch;
import dev.sluice.log.compaction.LogState;
import dev.sluice.log.compaction.SealedSegment;
import dev.sluice.log.compaction.SegmentSummary;
import dev.sluice.log.compaction.SegmentSwap;
import dev.sluice.log.compaction.Workbench;
import dev.sluice.log.io.DiskFullException;
import dev.sluice.log.producer.AbortedTransaction;
import dev.sluice.log.producer.ProducerState;
import dev.sluice.log.segment.BatchInfo;
import dev.sluice.log.segment.LogSegment;
import dev.sluice.log.segment.SegmentDamagedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compacts a partition beside its appends and reads: copies without the I/O lock, which is held for
 * the swap of files only. Owner of the partition's progress, guarded by its lock; whoever changes
 * segments in other ways than by appending and deleting {@link #halt}s it meanwhile. Thread-safe.
 */
final class CompactionRun {

  private static final Logger LOG = LoggerFactory.getLogger(CompactionRun.class);

  /** A failed attempt has cost a copy of the log: the next one waits. */
  private static final long RETRY_AFTER_MILLIS = 5 * 60_000;

  private final LogServices services;
  private final String name;
  private final Path directory;
  private final GroupCommit commit;
  private final AtomicFile progressFile;
  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicInteger halts = new AtomicInteger();
  private @Nullable CompactionProgress progress;
  private long notBeforeMillis = Long.MIN_VALUE;
  private boolean isDamaged;

  CompactionRun(LogServices services, String name, Path directory, GroupCommit commit) {
    this.services = services;
    this.name = name;
    this.directory = directory;
    this.commit = commit;
    this.progressFile = CompactionProgress.file(services.storage(), directory);
  }

  /** Keeps compaction away until closed. */
  interface Halt extends AutoCloseable {
    @Override
    void close();
  }

  /** Stops a compaction, waits until it has stopped, and lets none begin. */
  Halt halt() {
    int unused = halts.incrementAndGet();
    lock.lock();
    isDamaged = false;
    return () -> {
      lock.unlock();
      int unusedToo = halts.decrementAndGet();
    };
  }

  /**
   * As {@link #halt}, and forgets what was compacted from an offset on, durably: other records will
   * be there.
   */
  Halt haltBefore(long offset) {
    Halt halt = halt();
    try {
      CompactionProgress before = progress(commit.availableView());
      if (before.cleanOffset() > offset) {
        CompactionProgress less = new CompactionProgress(offset, before.nextHorizonMillis());
        progress = less;
        less.write(progressFile);
      }
      return halt;
    } catch (IOException e) {
      halt.close();
      throw new StorageException(
          Code.IO,
          "Could not write down how far " + name + " is compacted: " + e.getMessage(),
          "Check space, permissions and health of the disk",
          e);
    } catch (StorageException e) {
      halt.close();
      throw e;
    }
  }

  /** How dirty the partition is, if it is time to compact it. */
  OptionalDouble due() throws IOException {
    if (!lock.tryLock()) {
      return OptionalDouble.empty();
    }
    try {
      Compaction settings = commit.settings().compaction();
      if (settings == null || isDamaged || services.clock().millis() < notBeforeMillis) {
        return OptionalDouble.empty();
      }
      CompactionPlan plan = plan(commit.availableView(), settings).plan();
      return plan.isDue() ? OptionalDouble.of(plan.dirtyRatio()) : OptionalDouble.empty();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Compacts if it is time to, in as many passes as memory makes necessary.
   *
   * @throws IOException if something can't be read or written; no record is lost
   */
  Optional<CompactionResult> run(long mapBytes, BooleanSupplier isStopped) throws IOException {
    if (due().isEmpty() || !lock.tryLock()) {
      return Optional.empty();
    }
    try {
      return compact(mapBytes, isStopped);
    } catch (IOException | StorageException e) {
      isDamaged = e instanceof SegmentDamagedException;
      notBeforeMillis = services.clock().millis() + RETRY_AFTER_MILLIS;
      throw e;
    } finally {
      lock.unlock();
    }
  }

  private Optional<CompactionResult> compact(long mapBytes, BooleanSupplier isStopped)
      throws IOException {
    Compaction settings = commit.settings().compaction();
    if (settings == null) {
      return Optional.empty();
    }
    long startNanos = System.nanoTime();
    CompactionJob job = job(settings);
    long end = job.plan().endOffset();
    CompactionResult done = pass(job, mapBytes, isStopped);
    long cleanBefore = job.progress().cleanOffset();
    long clean = done.progress().cleanOffset();
    while (done.isComplete() && clean > cleanBefore && clean < end) {
      cleanBefore = clean;
      done = done.then(pass(job(settings), mapBytes, isStopped));
      clean = done.progress().cleanOffset();
    }
    report(done, (System.nanoTime() - startNanos) / 1_000_000);
    return Optional.of(done);
  }

  private CompactionResult pass(CompactionJob job, long mapBytes, BooleanSupplier isStopped)
      throws IOException {
    Workbench bench =
        new Workbench(
            services.storage(),
            directory,
            PartitionSettings.INDEX_INTERVAL_BYTES,
            mapBytes,
            () -> halts.get() > 0 || commit.unavailable() != null || isStopped.getAsBoolean());
    CompactionResult result = new Cleaner(bench, job).run(this::exchange);
    if (result.isComplete()) {
      progress = result.progress();
      result.progress().write(progressFile);
    }
    return result;
  }

  /** Swaps files and segments under the I/O lock. */
  private boolean exchange(List<LogSegment> old, SegmentSwap.Intent intent) throws IOException {
    boolean[] isDone = {false};
    commit.exclusively(
        "compact",
        writer -> {
          if (halts.get() == 0 && writer.hasSealed(old)) {
            writer.expectReplaced(old);
            swap(old, intent);
            writer.replace(old, rewritten(intent));
            isDone[0] = true;
          }
        });
    if (isDone[0]) {
      // Visible is the new one: who still reads the old ones holds them.
      old.forEach(this::release);
    }
    return isDone[0];
  }

  private void release(LogSegment segment) {
    try {
      segment.release();
    } catch (IOException e) {
      LOG.warn("Could not close {}: {}", segment, e.getMessage());
    }
  }

  private void swap(List<LogSegment> old, SegmentSwap.Intent intent) throws IOException {
    SegmentSwap swap = new SegmentSwap(services.storage(), directory);
    pin(old);
    swap.commit(intent);
    try {
      swap.carryOut(intent);
    } catch (DiskFullException e) {
      throw new IOException("A swap of segments could not be completed: " + e.getMessage(), e);
    }
  }

  /** What fails here has changed nothing, and does not take the partition offline. */
  private void pin(List<LogSegment> old) {
    try {
      for (LogSegment segment : old) {
        segment.pin();
      }
    } catch (IOException e) {
      throw new StorageException(
          Code.IO,
          "Could not open segments of " + name + " to replace them: " + e.getMessage(),
          "Nothing is lost, compaction tries again; check the disk and the limit of open files",
          e);
    }
  }

  private LogSegment rewritten(SegmentSwap.Intent intent) {
    return LogSegment.existing(
        services.storage(),
        directory,
        intent.baseOffset(),
        PartitionSettings.INDEX_INTERVAL_BYTES,
        intent.sizeBytes());
  }

  private CompactionJob job(Compaction settings) throws IOException {
    AtomicReference<LogView> view = new AtomicReference<>(commit.availableView());
    Map<Long, LastBatch> producers = new HashMap<>();
    commit.exclusively(
        "look at the producers of",
        writer -> {
          writer
              .durability()
              .forceSealed(); // What is noted as compacted must not be lost and written anew.
          view.set(writer.view());
          for (ProducerState producer : writer.admission().producers().list()) {
            producers.put(producer.producerId(), lastBatch(producer));
          }
        });
    Planned planned = plan(view.get(), settings);
    return new CompactionJob(
        planned.sealed(),
        planned.plan(),
        progress(view.get()),
        new LogState(view.get().lastStableOffset(), aborted(view.get()), producers),
        commit.settings().effectiveSegmentBytes(),
        settings.tombstoneGrace(),
        planned.nowMillis());
  }

  /** A plan, and what it was made of. */
  private record Planned(List<SealedSegment> sealed, CompactionPlan plan, long nowMillis) {}

  private Planned plan(LogView view, Compaction settings) throws IOException {
    long now = services.clock().millis();
    CompactionProgress before = progress(view);
    List<SealedSegment> sealed = sealed(view, settings, before.cleanOffset());
    CompactionPlan plan =
        CompactionPlanner.plan(
            sealed.stream().map(SealedSegment::summary).toList(),
            before,
            view.logStartOffset(),
            view.lastStableOffset(),
            settings,
            now);
    return new Planned(sealed, plan, now);
  }

  private static LastBatch lastBatch(ProducerState producer) {
    long lastDataOffset =
        producer.batches().isEmpty() ? -1 : producer.batches().getLast().lastOffset();
    return new LastBatch(lastDataOffset, producer.producerEpoch());
  }

  /**
   * All aborted transactions that may have records below the last stable offset. What is aborted
   * after the view was made begins behind.
   */
  private static List<AbortedTransaction> aborted(LogView view) throws IOException {
    List<AbortedTransaction> aborted = new ArrayList<>();
    for (LogSegment segment : view.segments()) {
      if (segment.retain()) {
        try {
          aborted.addAll(segment.transactions().all());
        } finally {
          segment.release();
        }
      }
    }
    return aborted;
  }

  private CompactionProgress progress(LogView view) throws IOException {
    CompactionProgress known = progress;
    if (known == null) {
      known = readProgress(view);
      progress = known;
    }
    return known;
  }

  private CompactionProgress readProgress(LogView view) throws IOException {
    try {
      CompactionProgress stored = CompactionProgress.read(progressFile);
      // A log that was cut by hand may have other records there by now.
      return stored.cleanOffset() <= view.highWatermark() ? stored : CompactionProgress.NONE;
    } catch (AtomicFile.CorruptException e) {
      LOG.warn("{}. {} is compacted from its start again.", e.getMessage(), name);
      return CompactionProgress.NONE;
    }
  }

  private static List<SealedSegment> sealed(LogView view, Compaction settings, long cleanOffset)
      throws IOException {
    List<SealedSegment> sealed = new ArrayList<>();
    for (int i = 0; i < view.segments().size() - 1; i++) {
      LogSegment segment = view.segments().get(i);
      boolean isDirty = view.endOffset(i) > cleanOffset && segment.sizeBytes() > 0;
      SegmentSummary summary =
          new SegmentSummary(
              segment.baseOffset(),
              view.endOffset(i),
              segment.sizeBytes(),
              isDirty && settings.hasMaxLag()
                  ? timestamp(segment, CompactionRun::firstTimestampMillis)
                  : Long.MAX_VALUE,
              settings.minLag().isZero()
                  ? Long.MIN_VALUE
                  : timestamp(segment, LogSegment::maxTimestampMillis));
      sealed.add(new SealedSegment(segment, summary));
    }
    return sealed;
  }

  /** Something that is read from a segment. */
  private interface Timestamp {
    long of(LogSegment segment) throws IOException;
  }

  /** What is deleted meanwhile holds up those behind it until the next attempt. */
  private static long timestamp(LogSegment segment, Timestamp timestamp) throws IOException {
    if (!segment.retain()) {
      return Long.MAX_VALUE;
    }
    try {
      return timestamp.of(segment);
    } finally {
      segment.release();
    }
  }

  private static long firstTimestampMillis(LogSegment segment) throws IOException {
    BatchInfo first = segment.find(segment.baseOffset(), segment.sizeBytes());
    return first == null ? Long.MAX_VALUE : first.maxTimestampMillis();
  }

  private void report(CompactionResult done, long millis) {
    services.metrics().compacted(name, done.bytesBefore(), done.bytesAfter(), millis);
    LOG.info(
        "{} {} up to offset {} in {} ms: removed {} of {} records; {} bytes in {} segments became {}"
            + " bytes in {}",
        done.isComplete() ? "Compacted" : "Began to compact",
        name,
        done.progress().cleanOffset(),
        millis,
        done.removedRecords(),
        done.records(),
        done.bytesBefore(),
        done.segmentsBefore(),
        done.bytesAfter(),
        done.segmentsAfter());
    if (done.recordsWithoutKey() > 0 || done.malformedBatches() > 0) {
      LOG.warn(
          "{} keeps {} records without a key and {} batches that can't be read: compaction removes"
              + " neither",
          name,
          done.recordsWithoutKey(),
          done.malformedBatches());
    }
  }
}
