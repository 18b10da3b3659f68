package dev.sluice.log.partition;

import dev.sluice.log.StorageException;
import dev.sluice.log.StorageException.Code;
import dev.sluice.log.segment.BatchInfo;
import dev.sluice.log.segment.LogSegment;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Views that end at the last stable offset. Remembers where that is: it stays for as long as a
 * transaction. Thread-safe.
 */
final class StableView implements Supplier<LogView> {

  private record Place(LogSegment segment, long offset, long position) {}

  private final Supplier<LogView> views;
  private volatile @Nullable Place last;

  StableView(Supplier<LogView> views) {
    this.views = views;
  }

  @Override
  public LogView get() {
    while (true) {
      LogView view = views.get();
      long stable = Math.max(view.lastStableOffset(), view.logStartOffset());
      if (stable >= view.highWatermark()) {
        return view;
      }
      int number = view.segmentOf(stable);
      LogSegment segment = view.segments().get(number);
      Place known = last;
      if (known == null || known.segment() != segment || known.offset() != stable) {
        if (!segment.retain()) {
          continue; // Deleted since; the next view has a later start.
        }
        known = find(segment, stable, view.limit(number));
        last = known;
      }
      return new LogView(
          view.segments().subList(0, number + 1),
          view.logStartOffset(),
          stable,
          stable,
          view.logEndOffset(),
          known.position(),
          view.truncations(),
          view.leaderEpoch());
    }
  }

  /** Finds a place in a segment that is retained for it. */
  private static Place find(LogSegment segment, long offset, long limit) {
    try {
      BatchInfo first = segment.find(offset, limit);
      segment.release();
      return new Place(segment, offset, first == null ? limit : first.position());
    } catch (IOException e) {
      throw new StorageException(
          Code.IO,
          "Could not find the last stable offset in " + segment + ": " + e.getMessage(),
          "Check the disk and the system's log",
          e);
    }
  }
}
