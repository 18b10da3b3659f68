package dev.sluice.log.scrub;

import dev.sluice.log.recovery.TailInspector;
import dev.sluice.log.segment.BatchInfo;
import dev.sluice.log.segment.BatchScanner;
import dev.sluice.log.segment.LogSegment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One sealed segment on its way from its first to its last batch. Holds it only during a step, so
 * that one which is deleted meanwhile gives its space back. Not thread-safe.
 */
final class SegmentReading {

  /**
   * Reading goes through the system's page cache, where it pushes out what is used less: through a
   * small window, at the pace of the settings, that is little, and old pages of this very file are
   * the first to go.
   */
  private static final int WINDOW_BYTES = 64 * 1024;

  private final String partition;
  private final LogSegment segment;
  private final List<Damage> damage = new ArrayList<>();
  private long position;
  private long nextOffset;

  SegmentReading(String partition, LogSegment segment) {
    this.partition = partition;
    this.segment = segment;
    this.nextOffset = segment.baseOffset();
  }

  LogSegment segment() {
    return segment;
  }

  /** What was found so far. */
  List<Damage> damage() {
    return damage;
  }

  boolean isDone() {
    return position >= segment.sizeBytes();
  }

  /**
   * Reads on, one batch at least.
   *
   * @param bytes stop when so many have been read
   * @return how many were
   */
  long step(long bytes) {
    if (!segment.retain()) {
      return giveUp(); // Deleted.
    }
    long start = position;
    try {
      read(bytes);
    } catch (IOException e) {
      damage.add(damage("It can't be read: " + e.getMessage()));
      return giveUp();
    } finally {
      release();
    }
    return position - start;
  }

  private void read(long bytes) throws IOException {
    long end = segment.sizeBytes();
    long start = position;
    BatchScanner scanner = segment.scanner(position, end, true, WINDOW_BYTES);
    BatchInfo batch = scanner.next();
    while (batch != null) {
      position = scanner.position();
      nextOffset = batch.lastOffset() + 1;
      batch = position - start < bytes ? scanner.next() : null;
    }
    if (scanner.problem() != null) {
      damage.add(damage("Damaged: there is " + scanner.problem()));
      Optional<BatchInfo> behind =
          new TailInspector(segment.file(), end).validBatchBehind(position, nextOffset);
      position = behind.map(BatchInfo::position).orElse(end);
    }
  }

  private Damage damage(String problem) {
    return new Damage(partition, segment.path(), position, problem);
  }

  private long giveUp() {
    position = segment.sizeBytes();
    return 0;
  }

  private void release() {
    try {
      segment.release();
    } catch (IOException e) {
      damage.add(damage("It can't be closed: " + e.getMessage()));
    }
  }
}
