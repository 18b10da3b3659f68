package dev.sluice.log.partition;

import dev.sluice.log.checkpoint.AtomicFile;
import dev.sluice.log.checkpoint.PartitionCheckpoint;
import java.io.IOException;

/** Keeps a partition's checkpoint and its file the same. Not thread-safe. */
final class RecoveryPoint {

  private final AtomicFile file;
  private PartitionCheckpoint checkpoint;
  private boolean isStored;

  /**
   * A checkpoint as it was loaded.
   *
   * @param isStored whether the file says the same
   */
  RecoveryPoint(AtomicFile file, PartitionCheckpoint checkpoint, boolean isStored) {
    this.file = file;
    this.checkpoint = checkpoint;
    this.isStored = isStored;
  }

  PartitionCheckpoint checkpoint() {
    return checkpoint;
  }

  /** Whether nothing lies behind it. */
  boolean isAt(long offset, long segmentBaseOffset) {
    return isStored
        && checkpoint.offset() == offset
        && checkpoint.segmentBaseOffset() == segmentBaseOffset;
  }

  /** Whether it lies, as it is stored, in a segment behind the one with this base offset. */
  boolean isBehind(long segmentBaseOffset) {
    return isStored && checkpoint.segmentBaseOffset() > segmentBaseOffset;
  }

  /** Replaces it, durably. */
  void move(PartitionCheckpoint next) throws IOException {
    next.write(file);
    checkpoint = next;
    isStored = true;
  }
}
