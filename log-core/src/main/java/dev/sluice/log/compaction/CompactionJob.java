package dev.sluice.log.compaction;

import java.time.Duration;
import java.util.List;

/**
 * What a pass has to do, and has to know for it.
 *
 * @param sealed all sealed segments, by offset
 * @param plan what to look at
 * @param progress how far the log is compacted already
 * @param state what is known beside the segments, of the moment when they were listed
 * @param maxSegmentBytes of what is made of several segments
 * @param tombstoneGrace how long a tombstone stays after a pass has met it
 * @param nowMillis the time
 */
public record CompactionJob(
    List<SealedSegment> sealed,
    CompactionPlan plan,
    CompactionProgress progress,
    LogState state,
    long maxSegmentBytes,
    Duration tombstoneGrace,
    long nowMillis) {

  /** Until when a tombstone stays that this pass is the first to meet. */
  long newHorizonMillis() {
    return nowMillis + CompactionPlanner.millis(tombstoneGrace);
  }
}
