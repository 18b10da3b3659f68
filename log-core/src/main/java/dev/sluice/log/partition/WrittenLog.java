package dev.sluice.log.partition;

import dev.sluice.log.checkpoint.PartitionCheckpoint;
import dev.sluice.log.segment.LogSegment;
import java.util.List;

/**
 * What is written of a log, durable or not: its segments, where it begins and where it ends. Does
 * no I/O. Part of the writer, not thread-safe.
 */
final class WrittenLog {

  private static final long UNUSED = -1;

  private final SegmentList segments;
  private long startOffset;
  private long endOffset;
  private long activeSinceMillis;
  private int truncations;

  /** A log as it was loaded. */
  WrittenLog(List<LogSegment> segments, PartitionCheckpoint checkpoint, long nowMillis) {
    this.segments = new SegmentList(segments);
    this.startOffset = checkpoint.logStartOffset();
    this.endOffset = checkpoint.offset();
    this.activeSinceMillis = checkpoint.activeSinceMillis();
    if (activeSinceMillis == UNUSED && active().sizeBytes() > 0) {
      activeSinceMillis = nowMillis;
    }
  }

  SegmentList segments() {
    return segments;
  }

  LogSegment active() {
    return segments.active();
  }

  /** The first offset that may be read. */
  long startOffset() {
    return startOffset;
  }

  /** The offset behind what is written. */
  long endOffset() {
    return endOffset;
  }

  /** How often written bytes were taken back. */
  int truncations() {
    return truncations;
  }

  /** Counts on behind those of another writer of the same files, and one more. */
  void countBehind(int others) {
    truncations = others + 1;
  }

  /** Whether the active segment got its first batch so long ago. */
  boolean isActiveSince(long ageMillis, long nowMillis) {
    return activeSinceMillis != UNUSED && nowMillis - activeSinceMillis >= ageMillis;
  }

  /** The log has been written on. */
  void endAt(long offset, long nowMillis) {
    endOffset = offset;
    if (activeSinceMillis == UNUSED) {
      activeSinceMillis = nowMillis;
    }
  }

  /** The log begins later. */
  void startAt(long offset) {
    startOffset = offset;
  }

  /** A new segment is appended to from now on. */
  void rollTo(LogSegment next) {
    segments.add(next);
    activeSinceMillis = UNUSED;
  }

  /**
   * The log ends earlier, in what is the active segment now.
   *
   * @param position where in that segment
   */
  void cutTo(long offset, long position, long nowMillis) {
    truncations++;
    endOffset = offset;
    startOffset = Math.min(startOffset, offset);
    activeSinceMillis = position == 0 ? UNUSED : nowMillis;
  }

  /** What could not be made durable is gone. */
  void loseBehind(long offset) {
    truncations++;
    endOffset = offset;
  }

  /**
   * One empty segment is all there is.
   *
   * @return the others, the last one first
   */
  List<LogSegment> restartAt(LogSegment only, long offset) {
    List<LogSegment> others = segments.replaceAll(only);
    truncations++;
    startOffset = offset;
    endOffset = offset;
    activeSinceMillis = UNUSED;
    return others;
  }

  /**
   * A checkpoint at a position of the active segment that is the end of the log.
   *
   * @param hasProducers at that place
   * @param maySealUnforced what it is to say of that
   */
  PartitionCheckpoint checkpointAt(long position, boolean hasProducers, boolean maySealUnforced) {
    return new PartitionCheckpoint(
        startOffset,
        active().baseOffset(),
        position,
        endOffset,
        activeSinceMillis,
        hasProducers,
        maySealUnforced,
        segments.baseOffsets());
  }

  /** A checkpoint at the beginning of a segment; nothing is said of those behind it. */
  PartitionCheckpoint checkpointAtBase(
      long baseOffset, boolean hasProducers, boolean maySealUnforced) {
    return new PartitionCheckpoint(
        startOffset,
        baseOffset,
        0,
        baseOffset,
        baseOffset == active().baseOffset() ? activeSinceMillis : UNUSED,
        hasProducers,
        maySealUnforced,
        segments.baseOffsets().stream().filter(base -> base <= baseOffset).toList());
  }
}
