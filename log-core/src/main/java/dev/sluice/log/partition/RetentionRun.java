package dev.sluice.log.partition;

import dev.sluice.log.DeletionReason;
import dev.sluice.log.StorageException;
import dev.sluice.log.StorageException.Code;
import dev.sluice.log.retention.Retention;
import dev.sluice.log.retention.RetentionPlanner;
import dev.sluice.log.retention.SegmentFacts;
import dev.sluice.log.segment.LogSegment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes from the start of a partition: moves the log start under the I/O lock, then deletes files
 * without it, and tells what went for which reason.
 */
final class RetentionRun {

  private static final Logger LOG = LoggerFactory.getLogger(RetentionRun.class);

  /**
   * What one reason has deleted.
   *
   * @param segments those whose last record it took, or that had been below the log start before
   */
  record Deletion(
      DeletionReason reason, long fromOffset, long toOffset, List<LogSegment> segments) {}

  private final LogServices services;
  private final String name;

  RetentionRun(LogServices services, String name) {
    this.services = services;
    this.name = name;
  }

  /** What the settings no longer keep of what is visible; needs no lock. */
  RetentionPlanner.Plan plan(LogView view, PartitionSettings settings, OptionalLong consumedOffset)
      throws IOException {
    return RetentionPlanner.plan(
        facts(view, settings.retention()),
        view.logStartOffset(),
        settings.retention(),
        consumedOffset,
        services.clock().millis());
  }

  /**
   * Moves the log start as planned, and seals the active segment if it is old enough; returns what
   * to delete. Appends since the plan was made are kept: they only keep the files of what is
   * deleted a little longer.
   */
  List<Deletion> advance(RetentionPlanner.Plan plan, LogWriter writer, PartitionSettings settings)
      throws IOException {
    boolean isWholeLogGone =
        plan.rollsActive() && plan.newLogStartOffset() == writer.writtenOffset();
    if (isWholeLogGone || writer.isActiveAged(settings)) {
      writer.rollUsed(settings.flush().mode());
    }
    DeletionReason before =
        settings.retention().consumed() ? DeletionReason.CONSUMED : DeletionReason.REQUEST;
    return advance(plan.steps(), before, writer);
  }

  /** Moves the log start to an offset; returns what to delete. */
  List<Deletion> advanceTo(long offset, LogWriter writer) throws IOException {
    long end = writer.view().highWatermark();
    if (offset > end) {
      throw new StorageException(
          Code.OFFSET_OUT_OF_RANGE,
          "Can't delete before " + offset + ": " + name + " ends at " + end,
          "Name an offset up to there");
    }
    RetentionPlanner.Step step = new RetentionPlanner.Step(DeletionReason.REQUEST, offset);
    return advance(List.of(step), DeletionReason.REQUEST, writer);
  }

  /**
   * Moves the log start along the steps, as far as the log reaches now.
   *
   * @param before why segments are below the log start already, as far as one knows
   */
  private static List<Deletion> advance(
      List<RetentionPlanner.Step> steps, DeletionReason before, LogWriter writer)
      throws IOException {
    LogView view = writer.view();
    List<Deletion> deletions = new ArrayList<>();
    long start = view.logStartOffset();
    deletions.add(new Deletion(before, start, start, new ArrayList<>()));
    for (RetentionPlanner.Step step : steps) {
      long end = Math.min(step.endOffset(), view.highWatermark());
      if (end > start) {
        deletions.add(new Deletion(step.reason(), start, end, new ArrayList<>()));
        start = end;
      }
    }
    if (start > view.logStartOffset()) {
      writer.startAt(start);
    }
    int number = 0;
    for (LogSegment removed : writer.removeBelowStart()) {
      owner(deletions, view.endOffset(number)).segments().add(removed);
      number++;
    }
    deletions.removeIf(d -> d.toOffset() == d.fromOffset() && d.segments().isEmpty());
    return deletions;
  }

  /** Who has deleted the last record of a segment that ends at an offset. */
  private static Deletion owner(List<Deletion> deletions, long segmentEnd) {
    for (Deletion deletion : deletions) {
      if (segmentEnd <= deletion.toOffset()) {
        return deletion;
      }
    }
    return deletions.getLast();
  }

  /**
   * Deletes the files of segments that are no longer visible. Readers that hold one read on. What
   * can't be deleted now is found below the log start, and deleted, after the next start.
   */
  void delete(List<Deletion> deletions) {
    for (Deletion deletion : deletions) {
      long bytes = 0;
      for (LogSegment segment : deletion.segments()) {
        bytes += segment.sizeBytes();
        delete(segment);
      }
      tell(deletion, bytes);
    }
  }

  private static void delete(LogSegment segment) {
    try {
      segment.delete();
      segment.release();
    } catch (IOException e) {
      LOG.warn("Could not delete {}: {}", segment, e.getMessage());
    }
  }

  private void tell(Deletion deletion, long bytes) {
    long records = deletion.toOffset() - deletion.fromOffset();
    int segments = deletion.segments().size();
    String why = deletion.reason().words();
    if (records > 0) {
      LOG.info(
          "Deleted offsets {} to {} of {}, freeing {} segments with {} bytes: {}",
          deletion.fromOffset(),
          deletion.toOffset() - 1,
          name,
          segments,
          bytes,
          why);
    } else {
      LOG.info(
          "Freed {} segments with {} bytes of {}, deleted before: {}", segments, bytes, name, why);
    }
    services.metrics().deleted(name, deletion.reason(), records, segments, bytes);
  }

  /** Times are looked up as far as segments may have expired; those behind count as new. */
  private List<SegmentFacts> facts(LogView view, Retention retention) throws IOException {
    List<SegmentFacts> facts = new ArrayList<>();
    boolean mayBeExpired = retention.time() != null;
    long oldest =
        retention.time() == null
            ? Long.MIN_VALUE
            : services.clock().millis() - retention.time().toMillis();
    for (int i = 0; i < view.segments().size(); i++) {
      LogSegment segment = view.segments().get(i);
      long newest = mayBeExpired ? maxTimestampMillis(segment) : Long.MAX_VALUE;
      mayBeExpired &= newest < oldest;
      facts.add(new SegmentFacts(segment.baseOffset(), view.endOffset(i), view.limit(i), newest));
    }
    return facts;
  }

  private static long maxTimestampMillis(LogSegment segment) throws IOException {
    if (!segment.retain()) {
      return Long.MAX_VALUE; // Deleted meanwhile: the next run sees what is left.
    }
    try {
      return segment.maxTimestampMillis();
    } finally {
      segment.release();
    }
  }
}
