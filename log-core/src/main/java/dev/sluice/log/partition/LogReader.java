package dev.sluice.log.partition;

import dev.sluice.log.StorageException;
import dev.sluice.log.StorageException.Code;
import dev.sluice.log.io.DiskTrouble;
import dev.sluice.log.record.RecordBatch;
import dev.sluice.log.record.RecordBatches;
import dev.sluice.log.segment.BatchInfo;
import dev.sluice.log.segment.LogSegment;
import dev.sluice.log.segment.SegmentDamagedException;
import dev.sluice.log.segment.SegmentRead;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads what a view shows. Thread-safe. */
final class LogReader {

  private static final String DAMAGE_CURE =
      "The records there are lost unless a backup or a replica has them; read on from a later offset"
          + " to skip them";

  private final String name;
  private final GroupCommit commit;
  private final Supplier<LogView> views;

  /**
   * A reader.
   *
   * @param views what it may see
   */
  LogReader(String name, GroupCommit commit, Supplier<LogView> views) {
    this.name = name;
    this.commit = commit;
    this.views = views;
  }

  /** Work on a segment that is retained meanwhile; null if it has nothing visible from there on. */
  private interface Work<T> {
    @Nullable T run(LogSegment segment, long offset, long limit, long endOffset) throws IOException;
  }

  ReadResult read(long offset, int maxBytes) {
    LogView view = views.get();
    checkRange(offset, view);
    if (offset == view.highWatermark()) {
      return new ReadResult(List.of(), offset, view.highWatermark());
    }
    List<RecordBatch> batches =
        at(
            offset,
            (segment, wanted, limit, endOffset) -> {
              SegmentRead read = segment.read(wanted, limit, maxBytes);
              return read == null ? null : batches(segment, read);
            });
    if (batches == null) {
      return new ReadResult(List.of(), view.highWatermark(), view.highWatermark());
    }
    return new ReadResult(batches, batches.getLast().nextOffset(), view.highWatermark());
  }

  @Nullable LogRegion region(long offset, int maxBytes) {
    LogView view = views.get();
    checkRange(offset, view);
    if (offset == view.highWatermark()) {
      return null;
    }
    return at(
        offset,
        (segment, wanted, limit, endOffset) -> {
          BatchInfo first = segment.find(wanted, limit);
          if (first == null) {
            return null;
          }
          long room = limit - first.position();
          int size = (int) Math.max(first.sizeBytes(), Math.min(maxBytes, room));
          if (!segment.retain()) {
            throw new IllegalStateException("Released while it was held: " + segment);
          }
          return new LogRegion(segment, first.position(), size, endOffset);
        });
  }

  /** Null if nothing visible is at or behind the offset. */
  private <T> @Nullable T at(long offset, Work<T> work) {
    while (true) {
      LogView view = views.get();
      checkRange(offset, view);
      int number = view.segmentOf(offset);
      LogSegment segment = view.segments().get(number);
      if (!segment.retain()) {
        continue; // Deleted or replaced since; the next view says by what.
      }
      try {
        for (long wanted = offset; ; number++) {
          long limit = view.limit(number);
          T result = limit == 0 ? null : work.run(segment, wanted, limit, view.endOffset(number));
          if (commit.truncations() != view.truncations()) {
            discard(result);
            break; // It may be what was written where the view's bytes have been.
          }
          if (result != null) {
            return result;
          }
          if (view.isLast(number)) {
            return null;
          }
          LogSegment next = view.segments().get(number + 1);
          if (!next.retain()) {
            break;
          }
          release(segment);
          segment = next;
          wanted = Math.max(wanted, next.baseOffset());
        }
      } catch (IOException e) {
        boolean isCutOff = commit.settledTruncations() != view.truncations();
        LogView now = views.get();
        checkRange(offset, now); // It may have been deleted before it was ever opened.
        if (!isCutOff && now.segments().contains(segment)) {
          throw failed(e, segment);
        } // Else it was replaced meanwhile.
      } finally {
        release(segment);
      }
    }
  }

  private static <T> void discard(@Nullable T result) throws IOException {
    if (result instanceof LogRegion region) {
      region.close();
    }
  }

  /** The whole batches of what was read, checked. */
  List<RecordBatch> batches(LogSegment segment, SegmentRead read) throws IOException {
    List<RecordBatch> batches = new ArrayList<>();
    long position = read.position();
    try {
      for (RecordBatch batch : new RecordBatches(read.bytes(), name)) {
        batch.validate();
        batches.add(batch);
        position += batch.sizeBytes();
      }
    } catch (StorageException e) {
      if (batches.isEmpty()) {
        throw new SegmentDamagedException(String.valueOf(e.getMessage()), segment.path(), position);
      }
      return batches; // The next read begins with the damage, and says so.
    }
    if (batches.isEmpty()) {
      throw new SegmentDamagedException(
          "only " + read.bytes().limit() + " bytes of a batch can be read",
          segment.path(),
          position);
    }
    read.endedAt(batches.getLast().nextOffset(), position);
    return batches;
  }

  private void checkRange(long offset, LogView view) {
    if (offset < view.logStartOffset() || offset > view.highWatermark()) {
      throw new StorageException(
          Code.OFFSET_OUT_OF_RANGE,
          "Offset "
              + offset
              + " of "
              + name
              + " is outside "
              + view.logStartOffset()
              + " to "
              + view.highWatermark(),
          "Read from the log start or the high watermark on");
    }
  }

  /** What to tell of a read that failed. */
  StorageException failed(IOException e, LogSegment segment) {
    if (e instanceof SegmentDamagedException damaged) {
      return new StorageException(
          Code.CORRUPT,
          "Damaged bytes in " + name + ": " + damaged.problem(),
          damaged.file(),
          damaged.position(),
          DAMAGE_CURE,
          e);
    }
    return DiskTrouble.failed("Could not read " + segment + " of " + name, e);
  }

  /** Lets a segment go after reading. */
  static void release(LogSegment segment) {
    try {
      segment.release();
    } catch (IOException e) {
      throw DiskTrouble.failed("Could not close " + segment, e);
    }
  }
}
