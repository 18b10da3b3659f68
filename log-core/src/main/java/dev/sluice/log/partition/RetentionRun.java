package dev.sluice.log.partition;

import dev.sluice.log.StorageException;
import dev.sluice.log.StorageException.Code;
import dev.sluice.log.retention.Retention;
import dev.sluice.log.retention.RetentionPlanner;
import dev.sluice.log.retention.SegmentFacts;
import dev.sluice.log.segment.LogSegment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes from the start of a partition: moves the log start under the I/O lock, then deletes files
 * without it.
 */
final class RetentionRun {

  private static final Logger LOG = LoggerFactory.getLogger(RetentionRun.class);

  private final LogServices services;
  private final String name;

  RetentionRun(LogServices services, String name) {
    this.services = services;
    this.name = name;
  }

  /** What the settings no longer keep of what is visible; needs no lock. */
  RetentionPlanner.Plan plan(LogView view, PartitionSettings settings) throws IOException {
    return RetentionPlanner.plan(
        facts(view, settings.retention()),
        view.logStartOffset(),
        settings.retention(),
        services.clock().millis());
  }

  /**
   * Moves the log start as planned, and seals the active segment if it is old enough; returns the
   * segments to delete. Appends since the plan was made are kept: they only keep the files of what
   * is deleted a little longer.
   */
  List<LogSegment> advance(RetentionPlanner.Plan plan, LogWriter writer, PartitionSettings settings)
      throws IOException {
    boolean isWholeLogGone =
        plan.rollsActive() && plan.newLogStartOffset() == writer.writtenOffset();
    if (isWholeLogGone || writer.isActiveAged(settings)) {
      writer.rollUsed();
    }
    if (plan.newLogStartOffset() > writer.logStartOffset()) {
      writer.startAt(plan.newLogStartOffset());
    }
    return writer.removeBelowStart();
  }

  /** Moves the log start to an offset; returns the segments to delete. */
  List<LogSegment> advanceTo(long offset, LogWriter writer) throws IOException {
    LogView view = writer.view();
    if (offset > view.highWatermark()) {
      throw new StorageException(
          Code.OFFSET_OUT_OF_RANGE,
          "Can't delete before " + offset + ": " + name + " ends at " + view.highWatermark(),
          "Name an offset up to there");
    }
    if (offset > view.logStartOffset()) {
      writer.startAt(offset);
    }
    return writer.removeBelowStart();
  }

  /**
   * Deletes the files of segments that are no longer visible. Readers that hold one read on. What
   * can't be deleted now is found below the log start, and deleted, after the next start.
   */
  void delete(List<LogSegment> removed, String reason) {
    long bytes = 0;
    for (LogSegment segment : removed) {
      bytes += segment.sizeBytes();
      try {
        segment.delete();
        segment.release();
      } catch (IOException e) {
        LOG.warn("Could not delete {}: {}", segment, e.getMessage());
      }
    }
    if (!removed.isEmpty()) {
      LOG.info(
          "Deleted {} segments with {} bytes of {}, up to {}: {}",
          removed.size(),
          bytes,
          name,
          removed.getLast(),
          reason);
      services.metrics().deleted(name, removed.size(), bytes);
    }
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
