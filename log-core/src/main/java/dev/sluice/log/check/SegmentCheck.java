package dev.sluice.log.check;

import dev.sluice.log.checkpoint.PartitionCheckpoint;
import dev.sluice.log.io.StorageFile;
import dev.sluice.log.partition.PartitionSettings;
import dev.sluice.log.record.RecordBatch;
import dev.sluice.log.recovery.TailInspector;
import dev.sluice.log.recovery.TailInspector.Tail;
import dev.sluice.log.segment.BatchInfo;
import dev.sluice.log.segment.BatchScanner;
import dev.sluice.log.segment.SegmentNames;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Walks the batches of one segment, and its indexes along with them. Used once. */
final class SegmentCheck {

  /** The checks that go from segment to segment. */
  record Walk(LogOrder order, BatchCheck batches, StateCheck state) {}

  private static final int WINDOW_BYTES = 1 << 20;
  private static final String DAMAGE_CURE =
      "Restore the partition's directory from a backup or a replica; readers can go on behind the"
          + " damage";

  private final Scope scope;
  private final Walk walk;
  private final Path path;
  private final long baseOffset;
  private final long sizeBytes;
  private final boolean mayBeCut;
  private long batchCount;

  /**
   * A check.
   *
   * @param walk what goes on from the segments before this one
   * @param sizeBytes of the log file
   * @param mayBeCut whether a write may have been interrupted at its end
   */
  SegmentCheck(Scope scope, Walk walk, long baseOffset, long sizeBytes, boolean mayBeCut) {
    this.scope = scope;
    this.walk = walk;
    this.path = SegmentNames.path(scope.directory(), baseOffset, SegmentNames.LOG);
    this.baseOffset = baseOffset;
    this.sizeBytes = sizeBytes;
    this.mayBeCut = mayBeCut;
  }

  /** Does it, and answers the number of good batches. */
  long run() {
    walk.order().begin(path, baseOffset);
    try (StorageFile file = scope.storage().openToRead(path);
        IndexEntries offsetEntries =
            entries(SegmentNames.OFFSET_INDEX, OffsetIndexCheck.ENTRY_BYTES);
        IndexEntries timeEntries = entries(SegmentNames.TIME_INDEX, TimeIndexCheck.ENTRY_BYTES)) {
      walk(file, new IndexChecks(scope, baseOffset, offsetEntries, timeEntries));
    } catch (NoSuchFileException e) {
      scope
          .findings()
          .note(
              path,
              0,
              "It was deleted while the partition was checked",
              "Nothing: a running log deletes what it need not keep");
    } catch (IOException e) {
      scope
          .findings()
          .error(
              path,
              0,
              "A file of the segment can't be read: " + e.getMessage(),
              "Check permissions, the disk and the system's log");
    }
    return batchCount;
  }

  private IndexEntries entries(String ending, int entryBytes) throws IOException {
    return new IndexEntries(
        scope.storage(), SegmentNames.path(scope.directory(), baseOffset, ending), entryBytes);
  }

  private void walk(StorageFile file, IndexChecks indexes) throws IOException {
    long start = 0;
    while (start < sizeBytes) {
      BatchScanner scanner = new BatchScanner(file, start, sizeBytes, true, WINDOW_BYTES);
      for (BatchInfo batch = scanner.next(); batch != null; batch = scanner.next()) {
        if (isUnplaced(file, batch)) {
          indexes.giveUp();
          walk.state().giveUp();
          start = skipTail(batch.position(), "the offset of a batch was never written");
          break;
        }
        see(file, batch, indexes);
      }
      if (start == sizeBytes) {
        break;
      }
      String problem = scanner.problem();
      if (problem == null) {
        break;
      }
      indexes.giveUp();
      walk.state().giveUp();
      start = skip(file, scanner.position(), problem);
    }
    indexes.end();
    walk.order().end(sizeBytes);
    walk.state().end(baseOffset);
  }

  private boolean isUnplaced(StorageFile file, BatchInfo batch) throws IOException {
    return batch.baseOffset() < walk.order().nextOffset()
        && mayBeCut
        && !isBeforeRecoveryPoint(batch.position())
        && new TailInspector(file, sizeBytes).isStartUnwritten(batch.position(), Long.MAX_VALUE);
  }

  private void see(StorageFile file, BatchInfo batch, IndexChecks indexes) throws IOException {
    RecordBatch read = walk.batches().check(file, path, batch);
    walk.order().see(batch, read == null ? -1 : read.leaderEpoch());
    if (read != null) {
      walk.state().see(baseOffset, read);
    }
    indexes.see(batch);
    batchCount++;
    scope.progress().accept(batch.sizeBytes());
  }

  /** Judges bytes that are no batch, and answers where to go on; the file's end if nowhere. */
  private long skip(StorageFile file, long position, String problem) throws IOException {
    TailInspector inspector = new TailInspector(file, sizeBytes);
    if (!mayBeCut || isBeforeRecoveryPoint(position)) {
      return skipRot(
          position, problem, inspector.validBatchBehind(position, walk.order().nextOffset()));
    }
    Tail tail = inspector.judge(position, walk.order().nextOffset(), Long.MAX_VALUE);
    return switch (tail) {
      case Tail.Torn torn -> skipTail(position, problem);
      case Tail.Holed holed -> skipTail(position, problem + ", behind a page never written");
      case Tail.Rotten rotten -> skipRot(position, problem, Optional.of(rotten.behind()));
    };
  }

  private long skipTail(long position, String problem) {
    walk.order().end(position);
    scope
        .findings()
        .warning(
            path,
            position,
            "The last " + (sizeBytes - position) + " bytes are of an interrupted write: " + problem,
            "Nothing: the next start cuts them off; they were not durable");
    scope.progress().accept(sizeBytes - position);
    return sizeBytes;
  }

  private long skipRot(long position, String problem, Optional<BatchInfo> behind) {
    long end = behind.map(BatchInfo::position).orElse(sizeBytes);
    String offsets =
        behind
            .map(
                batch -> "offsets " + walk.order().nextOffset() + " to " + (batch.baseOffset() - 1))
            .orElse("all offsets of this segment from " + walk.order().nextOffset() + " on");
    scope
        .findings()
        .error(
            path,
            position,
            "Damaged: there is "
                + problem
                + "; "
                + (end - position)
                + " bytes with "
                + offsets
                + " can't be read",
            DAMAGE_CURE);
    walk.order().skipDamage();
    scope.progress().accept(end - position);
    return end;
  }

  private boolean isBeforeRecoveryPoint(long position) {
    Optional<PartitionCheckpoint> known = scope.checkpoint();
    return known.isPresent()
        && (baseOffset < known.get().segmentBaseOffset()
            || (baseOffset == known.get().segmentBaseOffset()
                && position < known.get().position()));
  }

  /** Both indexes, side by side. */
  private static final class IndexChecks {

    private final IndexFindings offsetFindings;
    private final IndexFindings timeFindings;
    private final OffsetIndexCheck offsets;
    private final TimeIndexCheck times;

    IndexChecks(Scope scope, long baseOffset, IndexEntries offsetEntries, IndexEntries timeEntries)
        throws IOException {
      offsetFindings = new IndexFindings(scope, offsetEntries.path(), baseOffset);
      timeFindings = new IndexFindings(scope, timeEntries.path(), baseOffset);
      offsets =
          new OffsetIndexCheck(
              offsetEntries, offsetFindings, baseOffset, PartitionSettings.INDEX_INTERVAL_BYTES);
      times = new TimeIndexCheck(timeEntries, timeFindings, baseOffset);
    }

    void see(BatchInfo batch) throws IOException {
      offsets.see(batch);
      times.see(batch);
    }

    void end() {
      offsets.end();
      times.end();
    }

    void giveUp() {
      offsetFindings.giveUp();
      timeFindings.giveUp();
    }
  }
}
