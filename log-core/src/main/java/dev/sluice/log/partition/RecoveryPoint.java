package dev.sluice.log.partition;

import dev.sluice.log.checkpoint.AtomicFile;
import dev.sluice.log.checkpoint.PartitionCheckpoint;
import dev.sluice.log.producer.ProducerState;
import dev.sluice.log.recovery.ProducerSnapshots;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Keeps a partition's checkpoint and its file the same, and the snapshot of producers beside it.
 * Thread-safe: the writer moves it under the I/O lock, and {@link #follow} is for who has none.
 */
final class RecoveryPoint {

  private final AtomicFile file;
  private final ProducerSnapshots snapshots;
  private PartitionCheckpoint checkpoint;
  private boolean isStored;
  private boolean isRetired;

  /**
   * A checkpoint as it was loaded.
   *
   * @param isStored whether the file says the same
   */
  RecoveryPoint(
      AtomicFile file,
      ProducerSnapshots snapshots,
      PartitionCheckpoint checkpoint,
      boolean isStored) {
    this.file = file;
    this.snapshots = snapshots;
    this.checkpoint = checkpoint;
    this.isStored = isStored;
  }

  synchronized PartitionCheckpoint checkpoint() {
    return checkpoint;
  }

  /** Whether nothing lies behind it. */
  synchronized boolean isAt(long offset, long segmentBaseOffset) {
    return isStored
        && checkpoint.offset() == offset
        && checkpoint.segmentBaseOffset() == segmentBaseOffset;
  }

  /** Whether it lies, as it is stored, in a segment behind the one with this base offset. */
  synchronized boolean isBehind(long segmentBaseOffset) {
    return isStored && checkpoint.segmentBaseOffset() > segmentBaseOffset;
  }

  /** Whether the file says that sealed segments may not be durable; it does if this does. */
  synchronized boolean maySealUnforced() {
    return checkpoint.maySealUnforced();
  }

  /** Replaces it, durably. */
  synchronized void move(PartitionCheckpoint next) throws IOException {
    next.write(file);
    checkpoint = next;
    isStored = true;
  }

  /**
   * Replaces it, durably, and the snapshots that were for an earlier one.
   *
   * @param producers those at the offset of the new one
   */
  synchronized void move(PartitionCheckpoint next, Collection<ProducerState> producers)
      throws IOException {
    if (!producers.isEmpty()) {
      snapshots.write(next.offset(), producers);
    }
    move(next);
    Set<Long> wanted = new HashSet<>(next.segments());
    wanted.add(next.offset());
    snapshots.retainOnly(wanted);
  }

  /**
   * Goes on as {@link #move(PartitionCheckpoint, Collection)} does, unless it has been moved or
   * retired since.
   *
   * @param seen what it was when the next one was made
   */
  synchronized void follow(
      PartitionCheckpoint seen, PartitionCheckpoint next, Collection<ProducerState> producers)
      throws IOException {
    if (checkpoint == seen && !isRetired) {
      move(next, producers);
    }
  }

  /** The files are another's from now on: who still comes to {@link #follow} comes too late. */
  synchronized void retire() {
    isRetired = true;
  }
}
