package dev.sluice.log.check;

import dev.sluice.log.checkpoint.PartitionCheckpoint;
import dev.sluice.log.segment.BatchInfo;
import java.nio.file.Path;

/**
 * Follows the batches of a partition from segment to segment: offsets ascend, leader epochs never
 * go back, and the recovery point lies between two batches. Gaps between offsets are noted only:
 * compaction leaves them. Not thread-safe.
 */
final class LogOrder {

  private static final String CURE =
      "Restore the partition's directory from a backup or a replica, and report this as a defect";

  private final Scope scope;
  private Path path;
  private long baseOffset;
  private long nextOffset = -1;
  private int leaderEpoch = -1;
  private long gaps;
  private long missingOffsets;
  private boolean isRecoveryPointMet;
  private boolean isBehindDamage;
  private boolean isSegmentDamaged;

  LogOrder(Scope scope) {
    this.scope = scope;
    this.path = scope.directory();
  }

  /** The offset that the next batch has, or a higher one. */
  long nextOffset() {
    return nextOffset;
  }

  /** A segment begins. */
  void begin(Path newPath, long newBaseOffset) {
    isSegmentDamaged = false;
    path = newPath;
    baseOffset = newBaseOffset;
    if (nextOffset > newBaseOffset) {
      scope
          .findings()
          .error(
              path,
              0,
              "The segment begins before the end of the one before it, at offset " + nextOffset,
              CURE);
    }
    gap(newBaseOffset);
    nextOffset = Math.max(nextOffset, newBaseOffset);
  }

  /** A batch follows. */
  void see(BatchInfo batch, int newLeaderEpoch) {
    meetRecoveryPoint(batch.position());
    if (batch.baseOffset() < nextOffset) {
      error(
          batch.position(),
          "Offset "
              + batch.baseOffset()
              + " follows where at least "
              + nextOffset
              + " is expected");
    } else if (batch.lastOffset() - baseOffset > Integer.MAX_VALUE) {
      error(batch.position(), "Offset " + batch.lastOffset() + " is too high for this segment");
    }
    gap(batch.baseOffset());
    nextOffset = batch.lastOffset() + 1; // Told once, not for every batch that follows.
    if (newLeaderEpoch >= 0 && newLeaderEpoch < leaderEpoch) {
      error(batch.position(), "Leader epoch " + newLeaderEpoch + " follows epoch " + leaderEpoch);
    }
    leaderEpoch = newLeaderEpoch >= 0 ? newLeaderEpoch : leaderEpoch;
  }

  /** Damage, which was told, reaches up to the batch that comes next, or the next segment. */
  void skipDamage() {
    isBehindDamage = true;
    isSegmentDamaged = true;
  }

  /** The segment's batches end. */
  void end(long position) {
    meetRecoveryPoint(position);
  }

  /** There are no more segments. */
  void finish() {
    if (gaps > 0) {
      scope
          .findings()
          .note(
              scope.directory(),
              0,
              missingOffsets + " offsets are not there, in " + gaps + " gaps between batches",
              "Nothing if the topic is, or was, compacted; else a segment file may have been lost");
    }
  }

  private void gap(long offset) {
    if (nextOffset >= 0 && offset > nextOffset && !isBehindDamage) {
      gaps++;
      missingOffsets += offset - nextOffset;
    }
    isBehindDamage = false;
  }

  private void meetRecoveryPoint(long position) {
    PartitionCheckpoint known = scope.checkpoint().orElse(null);
    if (known == null
        || isRecoveryPointMet
        || isSegmentDamaged
        || known.segmentBaseOffset() != baseOffset
        || position < known.position()) {
      return;
    }
    isRecoveryPointMet = true;
    if (position != known.position()) {
      error(known.position(), "The recovery point is here, but no batch begins");
    } else if (nextOffset != known.offset()) {
      error(
          position,
          "The recovery point is here with offset " + known.offset() + ", not " + nextOffset);
    }
  }

  private void error(long position, String problem) {
    scope.findings().error(path, position, problem, CURE);
  }
}
