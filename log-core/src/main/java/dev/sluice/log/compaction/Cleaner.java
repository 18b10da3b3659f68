package dev.sluice.log.compaction;

import dev.sluice.log.StorageException;
import dev.sluice.log.StorageException.Code;
import dev.sluice.log.record.RecordBatch;
import dev.sluice.log.segment.BatchInfo;
import dev.sluice.log.segment.LogSegment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One pass over the sealed segments of a partition: learns the latest offset of each key in the
 * dirty part, as far as memory allows, then rewrites the segments from the first on, group by
 * group. One thread.
 *
 * <p>Groups are swapped in the order of the log, so that a crash between two of them leaves older
 * records removed and newer ones not: NO-RESURRECTION holds at any point.
 */
public final class Cleaner {

  /** Puts a rewritten segment, which is durable, in the place of those that it was made of. */
  public interface Exchange {

    /**
     * Exchanges.
     *
     * @return false if these are no longer what the log consists of, and nothing was done
     */
    boolean exchange(List<LogSegment> old, SegmentSwap.Intent intent) throws IOException;
  }

  /** Ends a pass before its end. */
  private static final class StoppedException extends Exception {

    private static final long serialVersionUID = 1L;
  }

  private final Workbench bench;
  private final CompactionJob job;
  private final SegmentSwap swap;
  private final ByteBuffer window;
  private @Nullable ByteBuffer copyWindow;
  private long segmentsBefore;
  private long bytesBefore;
  private long segmentsAfter;
  private long bytesAfter;

  public Cleaner(Workbench bench, CompactionJob job) {
    this.bench = bench;
    this.job = job;
    this.window = BatchSource.window(largestBytes(job));
    this.swap = new SegmentSwap(bench.storage(), bench.directory());
  }

  /**
   * Makes the pass. If the map became full before the plan's end, the result's progress says where
   * the next one begins.
   *
   * @throws dev.sluice.log.segment.SegmentDamagedException at bytes that are not what was written;
   *     the segment that holds them is as it was
   * @throws IOException if something can't be read or written; what is exchanged by then stays so
   * @throws StorageException what the exchange throws
   */
  public CompactionResult run(Exchange exchange) throws IOException {
    try {
      swap.clear();
      CompactionResult result = pass(exchange);
      swap.clear();
      return result;
    } catch (IOException e) {
      clearAfter(e);
      throw e;
    } catch (StorageException e) {
      if (e.code() != Code.OFFLINE) { // Else a swap may be half done: the next start looks at it.
        clearAfter(e);
      }
      throw e;
    }
  }

  private CompactionResult pass(Exchange exchange) throws IOException {
    CompactionPlan plan = job.plan();
    OffsetMap map = new OffsetMap(bench.mapBytes(), plan.endOffset() - plan.firstDirtyOffset());
    CompactionTally tally = new CompactionTally();
    try {
      long mapEnd = fill(map);
      BatchCompactor compactor = new BatchCompactor(map, mapEnd, job, tally);
      boolean isComplete = rewriteBelow(mapEnd, compactor, exchange);
      CompactionProgress now = new CompactionProgress(mapEnd, tally.nextHorizonMillis());
      return result(isComplete ? now : job.progress(), isComplete, tally);
    } catch (StoppedException e) {
      return result(job.progress(), false, tally);
    }
  }

  /** Fills the map; returns the offset up to which it knows all keys. */
  private long fill(OffsetMap map) throws IOException, StoppedException {
    CompactionPlan plan = job.plan();
    LatestOffsets latest = new LatestOffsets(map, job.state(), plan.firstDirtyOffset());
    for (SealedSegment sealed : job.sealed()) {
      SegmentSummary summary = sealed.summary();
      if (summary.endOffset() > plan.firstDirtyOffset()
          && summary.endOffset() <= plan.endOffset()
          && summary.sizeBytes() > 0) {
        long full = fill(latest, sealed.segment());
        if (full >= 0) {
          return full;
        }
      }
    }
    return plan.endOffset();
  }

  private long fill(LatestOffsets latest, LogSegment segment) throws IOException, StoppedException {
    retain(segment);
    try {
      BatchInfo first = segment.find(job.plan().firstDirtyOffset(), segment.sizeBytes());
      if (first == null) {
        return -1;
      }
      BatchSource source = new BatchSource(segment, window, first.position());
      for (RecordBatch batch = source.next(); batch != null; batch = source.next()) {
        checkStopped();
        long full = latest.add(batch);
        if (full >= 0) {
          return full;
        }
      }
      return -1;
    } finally {
      segment.release();
    }
  }

  /** Rewrites all segments that begin below an offset; false if they are no longer the log's. */
  private boolean rewriteBelow(long mapEnd, BatchCompactor compactor, Exchange exchange)
      throws IOException, StoppedException {
    List<LogSegment> segments = new ArrayList<>();
    List<SegmentSummary> summaries = new ArrayList<>();
    for (SealedSegment sealed : job.sealed()) {
      SegmentSummary summary = sealed.summary();
      if (summary.baseOffset() < mapEnd && summary.endOffset() <= job.plan().endOffset()) {
        segments.add(sealed.segment());
        summaries.add(summary);
      }
    }
    int end = 0;
    for (int start = 0; start < segments.size(); start = end) {
      List<SegmentSummary> rest = summaries.subList(start, summaries.size());
      end = start + CompactionPlanner.groupSize(rest, job.maxSegmentBytes());
      List<LogSegment> group = List.copyOf(segments.subList(start, end));
      if (!rewrite(group, end == segments.size(), compactor, exchange)) {
        return false;
      }
    }
    return true;
  }

  private boolean rewrite(
      List<LogSegment> group, boolean isLastGroup, BatchCompactor compactor, Exchange exchange)
      throws IOException, StoppedException {
    List<LogSegment> held = new ArrayList<>();
    try {
      for (LogSegment segment : group) {
        retain(segment);
        held.add(segment);
      }
      SegmentSwap.Intent intent = copy(group, isLastGroup, compactor);
      if (intent != null && !exchange.exchange(group, intent)) {
        return false;
      }
      long bytes = group.stream().mapToLong(LogSegment::sizeBytes).sum();
      segmentsBefore += group.size();
      bytesBefore += bytes;
      segmentsAfter++;
      bytesAfter += intent == null ? bytes : intent.sizeBytes();
      return true;
    } finally {
      for (LogSegment segment : held) {
        segment.release();
      }
    }
  }

  /** Makes one segment of a group; null, and nothing is written, if it would be the one it was. */
  private SegmentSwap.@Nullable Intent copy(
      List<LogSegment> group, boolean isLastGroup, BatchCompactor compactor)
      throws IOException, StoppedException {
    RewrittenSegment target = group.size() > 1 ? create(group) : null;
    try {
      for (LogSegment segment : group) {
        boolean isLastSegment = isLastGroup && segment == group.getLast();
        if (target != null) {
          target.beginCopyOf(segment);
        }
        BatchSource source = new BatchSource(segment, window, 0);
        for (RecordBatch batch = source.next(); batch != null; batch = source.next()) {
          checkStopped();
          RecordBatch left = compactor.compact(batch, isLastSegment && source.isAtEnd());
          if (target == null && left != batch) {
            target = create(List.of(segment));
            copyUnchanged(segment, source.position() - batch.sizeBytes(), target);
          }
          if (target != null && left != null) {
            target.add(left);
          }
        }
      }
      return target == null
          ? null
          : new SegmentSwap.Intent(
              group.stream().map(LogSegment::baseOffset).toList(), target.finish());
    } finally {
      if (target != null) {
        target.close();
      }
    }
  }

  private RewrittenSegment create(List<LogSegment> sources) throws IOException {
    bench.storage().createDirectories(swap.workshop());
    long bytes = sources.stream().mapToLong(LogSegment::sizeBytes).sum();
    return new RewrittenSegment(bench, swap.workshop(), sources.getFirst().baseOffset(), bytes);
  }

  private static long largestBytes(CompactionJob job) {
    return job.sealed().stream().mapToLong(each -> each.summary().sizeBytes()).max().orElse(0);
  }

  /** Copies what came before the first change. */
  private void copyUnchanged(LogSegment segment, long end, RewrittenSegment target)
      throws IOException, StoppedException {
    if (copyWindow == null) {
      copyWindow = BatchSource.window(largestBytes(job));
    }
    target.beginCopyOf(segment);
    BatchSource source = new BatchSource(segment, copyWindow, 0);
    while (source.position() < end) {
      checkStopped();
      RecordBatch batch = source.next();
      if (batch == null) {
        throw new IOException(segment + " became shorter while it was read");
      }
      target.add(batch);
    }
  }

  private static void retain(LogSegment segment) throws StoppedException {
    if (!segment.retain()) {
      throw new StoppedException(); // Deleted meanwhile.
    }
  }

  private void checkStopped() throws StoppedException {
    if (bench.isStopped().getAsBoolean()) {
      throw new StoppedException();
    }
  }

  private void clearAfter(Exception cause) {
    try {
      swap.clear();
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private CompactionResult result(
      CompactionProgress progress, boolean isComplete, CompactionTally tally) {
    return new CompactionResult(
        progress,
        isComplete,
        segmentsBefore,
        bytesBefore,
        segmentsAfter,
        bytesAfter,
        tally.records(),
        tally.removedRecords(),
        tally.recordsWithoutKey(),
        tally.malformedBatches());
  }
}
