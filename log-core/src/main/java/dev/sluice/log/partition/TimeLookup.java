package dev.sluice.log.partition;

import dev.sluice.log.StorageException;
import dev.sluice.log.record.LogRecord;
import dev.sluice.log.record.RecordBatch;
import dev.sluice.log.segment.BatchInfo;
import dev.sluice.log.segment.LogSegment;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/** Finds records by their time among what a view shows. Thread-safe. */
final class TimeLookup {

  private final LogReader reader;
  private final GroupCommit commit;

  TimeLookup(LogReader reader, GroupCommit commit) {
    this.reader = reader;
    this.commit = commit;
  }

  /** Looks something up, again if what the view shows has been taken back meanwhile. */
  private <T> T lookUp(Function<LogView, T> lookup) {
    while (true) {
      LogView view = commit.availableView();
      try {
        T found = lookup.apply(view);
        if (commit.truncations() == view.truncations()) {
          return found;
        }
      } catch (StorageException e) {
        if (commit.settledTruncations() == view.truncations()) {
          throw e;
        }
      }
    }
  }

  /** The first visible record with this time or a later one. */
  Optional<TimestampedOffset> findTime(long timestampMillis) {
    return lookUp(view -> findTime(view, timestampMillis));
  }

  private Optional<TimestampedOffset> findTime(LogView view, long timestampMillis) {
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
        throw reader.failed(e, segment);
      } finally {
        LogReader.release(segment);
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
      for (RecordBatch batch : reader.batches(segment, segment.read(info))) {
        Optional<TimestampedOffset> found = find(batch, timestampMillis, view.logStartOffset());
        if (found.isPresent()) {
          return found;
        }
      }
      // All of it is below the log start: go on behind it.
      first = Optional.ofNullable(segment.find(info.lastOffset() + 1, limit));
    }
    return Optional.empty();
  }

  /** The first record of a batch with this time or a later one, at or behind an offset. */
  private static Optional<TimestampedOffset> find(
      RecordBatch batch, long timestampMillis, long fromOffset) {
    try {
      for (LogRecord record : batch.records()) {
        if (record.timestampMillis() >= timestampMillis && record.offset() >= fromOffset) {
          return Optional.of(new TimestampedOffset(record.offset(), record.timestampMillis()));
        }
      }
      return Optional.empty();
    } catch (StorageException e) {
      // Malformed by who sent it. Its header stands for it; who reads there is told what is wrong.
      return batch.maxTimestampMillis() >= timestampMillis && batch.lastOffset() >= fromOffset
          ? Optional.of(
              new TimestampedOffset(
                  Math.max(batch.baseOffset(), fromOffset), batch.maxTimestampMillis()))
          : Optional.empty();
    }
  }

  /** The first visible record with the largest time (KIP-734). */
  Optional<TimestampedOffset> findMax() {
    return lookUp(this::findMax);
  }

  private Optional<TimestampedOffset> findMax(LogView view) {
    Optional<TimestampedOffset> max = Optional.empty();
    for (int i = 0; i < view.segments().size(); i++) {
      LogSegment segment = view.segments().get(i);
      if (!segment.retain()) {
        return findMax(); // Deleted or replaced; the next view says by what.
      }
      try {
        max = newer(max, findMax(view, i));
      } catch (IOException e) {
        if (isGone(segment)) {
          return findMax();
        }
        throw reader.failed(e, segment);
      } finally {
        LogReader.release(segment);
      }
    }
    return max;
  }

  /** Whether the log no longer has a segment: each goes once only, so that retries end. */
  private boolean isGone(LogSegment segment) {
    return !commit.availableView().segments().contains(segment);
  }

  private Optional<TimestampedOffset> findMax(LogView view, int number) throws IOException {
    LogSegment segment = view.segments().get(number);
    long limit = view.limit(number);
    long from = Math.max(view.logStartOffset(), segment.baseOffset());
    BatchInfo first = limit == 0 ? null : segment.find(from, limit);
    if (first == null) {
      return Optional.empty();
    }
    if (first.baseOffset() >= from) {
      return max(segment, segment.findNewest(first.position(), limit), from);
    }
    // The log starts within a batch, whose header tells of all its records.
    return newer(
        max(segment, Optional.of(first), from),
        max(segment, segment.findNewest(first.endPosition(), limit), from));
  }

  /** The first record with the largest time in a batch, at or behind an offset. */
  private Optional<TimestampedOffset> max(
      LogSegment segment, Optional<BatchInfo> info, long fromOffset) throws IOException {
    if (info.isEmpty()) {
      return Optional.empty();
    }
    RecordBatch batch = reader.batches(segment, segment.read(info.get())).getFirst();
    Optional<TimestampedOffset> max = Optional.empty();
    try {
      for (LogRecord record : batch.records()) {
        if (record.offset() >= fromOffset) {
          max =
              newer(
                  max,
                  Optional.of(new TimestampedOffset(record.offset(), record.timestampMillis())));
        }
      }
      return max;
    } catch (StorageException e) {
      return find(batch, batch.maxTimestampMillis(), fromOffset);
    }
  }

  private static Optional<TimestampedOffset> newer(
      Optional<TimestampedOffset> first, Optional<TimestampedOffset> second) {
    boolean isNewer =
        second.isPresent()
            && (first.isEmpty() || second.get().timestampMillis() > first.get().timestampMillis());
    return isNewer ? second : first;
  }
}
