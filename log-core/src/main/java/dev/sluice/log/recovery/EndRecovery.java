package dev.sluice.log.recovery;

import dev.sluice.log.StorageException;
import dev.sluice.log.StorageException.Code;
import dev.sluice.log.checkpoint.PartitionCheckpoint;
import dev.sluice.log.io.Storage;
import dev.sluice.log.segment.BatchInfo;
import dev.sluice.log.segment.BatchScanner;
import dev.sluice.log.segment.LogSegment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks every byte behind the recovery point, and cuts off what was interrupted.
 *
 * <p>Bytes that are no batch may end the last segment: a write was interrupted there. Where
 * segments may have been sealed without being forced, they may end any segment from the recovery
 * point on, or a whole segment may be missing; then what follows goes too: it was not durable, nor
 * acknowledged as such. Anywhere else they are rot, and the partition is refused rather than
 * shortened.
 */
final class EndRecovery {

  private static final Logger LOG = LoggerFactory.getLogger(EndRecovery.class);
  private static final int WINDOW_BYTES = 1 << 20;

  private final Storage storage;
  private final Path directory;
  private final PartitionCheckpoint from;
  private final long unforcedBytes;
  private final StateReplay replay;

  /**
   * A recovery.
   *
   * @param from where it begins
   * @param unforcedBytes how much at the end of the last segment may not have been forced
   * @param replay is told of every batch
   */
  EndRecovery(
      Storage storage,
      Path directory,
      PartitionCheckpoint from,
      long unforcedBytes,
      StateReplay replay) {
    this.storage = storage;
    this.directory = directory;
    this.from = from;
    this.unforcedBytes = from.maySealUnforced() ? Long.MAX_VALUE : unforcedBytes;
    this.replay = replay;
  }

  /**
   * Checks segments, and drops the last ones if those before them are not whole.
   *
   * @return the offset behind the last record
   */
  long recover(List<LogSegment> segments) throws IOException {
    long next = from.offset();
    boolean isFollowing = false;
    for (int i = 0; i < segments.size(); i++) {
      LogSegment segment = segments.get(i);
      if (segment.baseOffset() < from.segmentBaseOffset()) {
        continue;
      }
      boolean isFirst = segment.baseOffset() == from.segmentBaseOffset();
      if (segment.baseOffset() < next && !isFirst) {
        throw corrupt(
            "The segment begins before the end of the one before it, at offset " + next,
            segment.path(),
            0);
      }
      if (isFollowing && from.maySealUnforced() && segment.baseOffset() > next) {
        drop(segments, i, next);
        return next;
      }
      next = recover(segment, isFirst, i == segments.size() - 1);
      isFollowing = true;
    }
    return next;
  }

  private long recover(LogSegment segment, boolean isFirst, boolean isLast) throws IOException {
    long start = isFirst ? from.position() : 0;
    long startOffset = isFirst ? from.offset() : segment.baseOffset();
    segment.transactions().truncateTo(startOffset);
    BatchScanner scanner = segment.scanner(start, segment.sizeBytes(), true, WINDOW_BYTES);
    long next = startOffset;
    BatchInfo unplaced = null;
    for (BatchInfo batch = scanner.next(); batch != null; batch = scanner.next()) {
      if (batch.baseOffset() < next) {
        unplaced = batch;
        break;
      }
      replay.take(scanner, batch, segment.transactions());
      next = batch.lastOffset() + 1;
    }
    long end = unplaced == null ? scanner.position() : unplaced.position();
    String problem = scanner.problem();
    if (unplaced != null) {
      problem =
          "Offset " + unplaced.baseOffset() + " follows where at least " + next + " is expected";
      requireUnwritten(segment, end, problem, isLast);
      cut(segment, end, next, problem);
    } else if (problem != null) {
      if (!isLast && !from.maySealUnforced()) {
        throw corrupt("In a sealed segment there is " + problem, segment.path(), end);
      }
      cutOrRefuse(segment, end, next, problem);
    }
    segment.resume(start, startOffset, end);
    if (!isLast || end > start || problem != null) {
      segment.forceAll(); // Read back is not yet durable: the last process may have died before.
    }
    return next;
  }

  /** A whole batch that is out of place is cut off only if its offset never got to the disk. */
  private void requireUnwritten(LogSegment segment, long position, String problem, boolean isLast)
      throws IOException {
    TailInspector inspector = new TailInspector(segment.file(), segment.sizeBytes());
    boolean mayBeCut = isLast || from.maySealUnforced();
    if (!mayBeCut || !inspector.isStartUnwritten(position, unforcedBytes)) {
      throw corrupt(problem, segment.path(), position);
    }
  }

  private void cutOrRefuse(LogSegment segment, long end, long next, String problem)
      throws IOException {
    long size = segment.sizeBytes();
    TailInspector inspector = new TailInspector(segment.file(), size);
    if (inspector.judge(end, next, unforcedBytes) instanceof TailInspector.Tail.Rotten rotten) {
      throw corrupt(
          "There is "
              + problem
              + ", but a valid batch behind it at byte "
              + rotten.behind().position()
              + ": acknowledged records may be damaged",
          segment.path(),
          end);
    }
    cut(segment, end, next, problem);
  }

  private static void cut(LogSegment segment, long end, long next, String problem)
      throws IOException {
    long size = segment.sizeBytes();
    segment.truncateLog(end);
    LOG.info(
        "Cut {} bytes off {} at byte {}, offset {}: {}. The last process was interrupted before they"
            + " were durable.",
        size - end,
        segment.path(),
        end,
        next,
        problem);
  }

  /** Deletes the segments from a number on: the records before them are not there. */
  private void drop(List<LogSegment> segments, int first, long endOffset) throws IOException {
    long lostOffset = endOfRecords(segments.getLast());
    long bytes = 0;
    int count = 0;
    while (segments.size() > first) {
      LogSegment last = segments.removeLast();
      bytes += last.sizeBytes();
      count++;
      last.delete();
      last.release();
      storage.syncDirectory(directory); // One after the other: a crash must not leave a gap.
    }
    LOG.warn(
        "{} has lost the {} records from offset {} on that its flush setting had not made durable;"
            + " dropped with them {} segments with {} bytes that lay behind the first one lost",
        directory,
        lostOffset - endOffset,
        endOffset,
        count,
        bytes);
  }

  /** The offset behind the last batch that can be told. */
  private static long endOfRecords(LogSegment segment) throws IOException {
    BatchScanner scanner = segment.scanner(0, segment.sizeBytes(), false, WINDOW_BYTES);
    long end = segment.baseOffset();
    for (BatchInfo batch = scanner.next(); batch != null; batch = scanner.next()) {
      end = batch.lastOffset() + 1;
    }
    return end;
  }

  static StorageException corrupt(String problem, Path file, long position) {
    return new StorageException(
        Code.CORRUPT,
        problem,
        file,
        position,
        "Restore the partition's directory from a backup or a replica; or, to go on without the"
            + " damaged records, move the named file and the later ones away and open again",
        null);
  }
}
