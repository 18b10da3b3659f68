package dev.sluice.log.recovery;

import dev.sluice.log.io.StorageFile;
import dev.sluice.log.record.BatchLayout;
import dev.sluice.log.segment.BatchInfo;
import dev.sluice.log.segment.BatchScanner;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Looks at what follows the first bytes of a segment's log file that are no batch, and tells an
 * interrupted write from rot. Reads only.
 */
public final class TailInspector {

  /** What bytes at the end of a segment that are no batch may be. */
  public sealed interface Tail {

    /** No batch follows: a write was interrupted. */
    record Torn() implements Tail {}

    /**
     * A batch follows, but pages before it were never written: a group of writes was interrupted.
     */
    record Holed(BatchInfo behind) implements Tail {}

    /** A batch follows bytes that were written, and are no longer what was written. */
    record Rotten(BatchInfo behind) implements Tail {}
  }

  private static final int WINDOW_BYTES = 256 * 1024;

  /** The smallest unit in which systems write files back. */
  private static final int PAGE_BYTES = 4096;

  private final StorageFile file;
  private final long end;

  /**
   * An inspector.
   *
   * @param end bytes of the file that count
   */
  public TailInspector(StorageFile file, long end) {
    this.file = file;
    this.end = end;
  }

  /**
   * Judges the end of the last segment.
   *
   * @param position of the first bytes that are no batch
   * @param minOffset the offset that was expected there
   * @param unforcedBytes how much at the end may have been written but not forced
   */
  public Tail judge(long position, long minOffset, long unforcedBytes) throws IOException {
    Optional<BatchInfo> behind = validBatchBehind(position, minOffset);
    if (behind.isEmpty()) {
      return new Tail.Torn();
    }
    boolean isHole =
        end - position <= unforcedBytes && hasUnwrittenPage(position, behind.get().position());
    return isHole ? new Tail.Holed(behind.get()) : new Tail.Rotten(behind.get());
  }

  /**
   * Whether a batch begins at the end of a page that was never written. Its offset is not part of
   * its checksum: it may seem to be whole, and to have offset 0.
   *
   * @param unforcedBytes how much at the end may have been written but not forced
   */
  public boolean isStartUnwritten(long position, long unforcedBytes) throws IOException {
    long pageEnd = (position / PAGE_BYTES + 1) * PAGE_BYTES;
    return pageEnd - position >= BatchLayout.LENGTH
        && end - position <= unforcedBytes
        && hasUnwrittenPage(position, Math.min(end, pageEnd));
  }

  /** A batch with a valid checksum and a plausible offset anywhere behind a position. */
  public Optional<BatchInfo> validBatchBehind(long position, long minOffset) throws IOException {
    ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES);
    for (long start = position + 1; end - start >= BatchLayout.RECORDS; ) {
      int length = fill(window, start, end);
      int last = length - BatchLayout.RECORDS;
      for (int at = 0; at <= last; at++) {
        if (mayBegin(window, at, end - start - at, minOffset)) {
          BatchInfo batch = new BatchScanner(file, start + at, end, true, WINDOW_BYTES).next();
          if (batch != null) {
            return Optional.of(batch);
          }
        }
      }
      start += last + 1;
    }
    return Optional.empty();
  }

  /** Whether a page between two positions, or the part of it that lies there, is all zeros. */
  private boolean hasUnwrittenPage(long from, long to) throws IOException {
    ByteBuffer page = ByteBuffer.allocate(PAGE_BYTES);
    long start = from;
    while (start < to) {
      long pageEnd = Math.min(to, (start / PAGE_BYTES + 1) * PAGE_BYTES);
      int length = fill(page, start, pageEnd);
      boolean zeros = true;
      for (int i = 0; i < length; i++) {
        zeros &= page.get(i) == 0;
      }
      // A few zeros at either edge prove nothing; but no batch begins with as many as an offset.
      int least = start == from ? BatchLayout.LENGTH : BatchLayout.RECORDS;
      if (zeros && length >= least) {
        return true;
      }
      start = pageEnd;
    }
    return false;
  }

  private static boolean mayBegin(ByteBuffer window, int at, long room, long minOffset) {
    if (window.get(at + BatchLayout.MAGIC) != BatchLayout.MAGIC_V2) {
      return false;
    }
    long size = (long) window.getInt(at + BatchLayout.LENGTH) + BatchLayout.OVERHEAD;
    long offset = window.getLong(at + BatchLayout.BASE_OFFSET);
    return size >= BatchLayout.RECORDS
        && size <= room
        && offset >= minOffset
        && offset - minOffset < Integer.MAX_VALUE;
  }

  private int fill(ByteBuffer window, long start, long limit) throws IOException {
    window.clear().limit((int) Math.min(window.capacity(), limit - start));
    int read = file.read(window, start);
    if (read < window.limit()) {
      throw new IOException(file + " became shorter while it was read");
    }
    window.flip();
    return read;
  }
}
