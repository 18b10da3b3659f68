package dev.sluice.log.partition;

import dev.sluice.log.StorageException;
import dev.sluice.log.StorageException.Code;
import dev.sluice.log.record.LogRecord;
import dev.sluice.log.record.RecordBatch;
import dev.sluice.log.record.RecordBatches;
import dev.sluice.log.segment.BatchInfo;
import dev.sluice.log.segment.LogSegment;
import dev.sluice.log.segment.SegmentDamagedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads what a view shows. Thread-safe. */
final class LogReader {

  private static final String DAMAGE_CURE =
      "The records there are lost unless a backup or a replica has them; read on from a later offset"
          + " to skip them";

  private final String name;
  private final Supplier<LogView> views;

  LogReader(String name, Supplier<LogView> views) {
    this.name = name;
    this.views = views;
  }

  /** Work on a batch in a segment that is retained meanwhile. */
  private interface Work<T> {
    T run(LogSegment segment, BatchInfo batch, long limit) throws IOException;
  }

  ReadResult read(long offset, int maxBytes) {
    LogView view = views.get();
    checkRange(offset, view);
    if (offset == view.highWatermark()) {
      return new ReadResult(List.of(), offset, view.highWatermark());
    }
    List<RecordBatch> batches =
        at(offset, (segment, batch, limit) -> read(segment, batch, limit, maxBytes));
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
        (segment, batch, limit) -> {
          int size = regionBytes(batch, limit, maxBytes);
          if (!segment.retain()) {
            throw new IllegalStateException("Released while it was held: " + segment);
          }
          return new LogRegion(segment, batch.position(), size);
        });
  }

  /** The first visible record with this time or a later one. */
  Optional<TimestampedOffset> findTime(long timestampMillis) {
    LogView view = views.get();
    for (int i = 0; i < view.segments().size(); i++) {
      LogSegment segment = view.segments().get(i);
      if (!segment.retain()) {
        return findTime(timestampMillis); // Deleted or replaced; the next view says by what.
      }
      try {
        Optional<TimestampedOffset> found = findTime(view, i, timestampMillis);
        if (found.isPresent()) {
          return found;
        }
      } catch (IOException e) {
        if (isGone(segment)) {
          return findTime(timestampMillis);
        }
        throw failed(e, segment);
      } finally {
        release(segment);
      }
    }
    return Optional.empty();
  }

  private Optional<TimestampedOffset> findTime(LogView view, int number, long timestampMillis)
      throws IOException {
    LogSegment segment = view.segments().get(number);
    long limit = view.limit(number);
    if (limit == 0 || segment.maxTimestampMillis() < timestampMillis) {
      return Optional.empty();
    }
    Optional<BatchInfo> first = segment.findTime(timestampMillis, limit);
    while (first.isPresent()) {
      BatchInfo info = first.get();
      for (RecordBatch batch : read(segment, info, limit, info.sizeBytes())) {
        for (LogRecord record : batch.records()) {
          if (record.timestampMillis() >= timestampMillis
              && record.offset() >= view.logStartOffset()) {
            return Optional.of(new TimestampedOffset(record.offset(), record.timestampMillis()));
          }
        }
      }
      // All of it is below the log start: go on behind it.
      first = Optional.ofNullable(segment.find(info.lastOffset() + 1, limit));
    }
    return Optional.empty();
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
          BatchInfo batch = limit == 0 ? null : segment.find(wanted, limit);
          if (batch != null) {
            return work.run(segment, batch, limit);
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
        if (!isGone(segment)) {
          throw failed(e, segment);
        }
        // It was deleted before it was ever opened, or replaced: go on with the next view.
      } finally {
        release(segment);
      }
    }
  }

  /** Whether the log no longer has a segment; each is gone once only, so retries end. */
  private boolean isGone(LogSegment segment) {
    return !views.get().segments().contains(segment);
  }

  private List<RecordBatch> read(LogSegment segment, BatchInfo first, long limit, int maxBytes)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(regionBytes(first, limit, maxBytes));
    int read = segment.file().read(bytes, first.position());
    List<RecordBatch> batches = new ArrayList<>();
    long position = first.position();
    try {
      for (RecordBatch batch : new RecordBatches(bytes.flip())) {
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
          "only " + read + " bytes of a batch can be read", segment.path(), position);
    }
    return batches;
  }

  private static int regionBytes(BatchInfo first, long limit, int maxBytes) {
    return (int) Math.max(first.sizeBytes(), Math.min(maxBytes, limit - first.position()));
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

  private StorageException failed(IOException e, LogSegment segment) {
    if (e instanceof SegmentDamagedException damaged) {
      return new StorageException(
          Code.CORRUPT,
          "Damaged bytes in " + name + ": " + damaged.problem(),
          damaged.file(),
          damaged.position(),
          DAMAGE_CURE,
          e);
    }
    return new StorageException(
        Code.IO,
        "Could not read " + segment + " of " + name + ": " + e.getMessage(),
        "Check the disk and the system's log",
        e);
  }

  private static void release(LogSegment segment) {
    try {
      segment.release();
    } catch (IOException e) {
      throw new StorageException(
          Code.IO,
          "Could not close " + segment + ": " + e.getMessage(),
          "Check the disk and the system's log",
          e);
    }
  }
}
