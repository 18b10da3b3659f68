package dev.sluice.log.check;

import dev.sluice.log.checkpoint.PartitionCheckpoint;
import dev.sluice.log.io.Storage;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * What the checks of one partition share.
 *
 * @param checkpoint of the partition, if it can be read
 * @param progress is told how many more bytes of log files have been checked
 */
record Scope(
    Storage storage,
    Path directory,
    Optional<PartitionCheckpoint> checkpoint,
    Findings findings,
    LongConsumer progress) {

  /**
   * Whether a place was durable when the checkpoint was written, with its index entries. What lies
   * behind is looked at again by the next start anyway.
   */
  boolean isDurable(long segmentBaseOffset, long offset) {
    return checkpoint
        .filter(
            known ->
                segmentBaseOffset < known.segmentBaseOffset()
                    || (segmentBaseOffset == known.segmentBaseOffset() && offset < known.offset()))
        .isPresent();
  }

  /**
   * Whether a segment may have been sealed without being forced: what is missing from there on is
   * no damage then.
   */
  boolean maySealUnforced(long segmentBaseOffset) {
    return checkpoint
        .filter(known -> known.maySealUnforced() && segmentBaseOffset >= known.segmentBaseOffset())
        .isPresent();
  }
}
