package dev.sluice.log.recovery;

import dev.sluice.log.record.BatchLayout;
import dev.sluice.log.segment.BatchInfo;
import dev.sluice.log.segment.LogSegment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Looks at what follows the first bytes of a segment that are no batch. */
final class TailInspector {

  private static final int WINDOW_BYTES = 256 * 1024;

  /** The smallest unit in which systems write files back. */
  private static final int PAGE_BYTES = 4096;

  private final LogSegment segment;

  TailInspector(LogSegment segment) {
    this.segment = segment;
  }

  /** A batch with a valid checksum and a plausible offset anywhere behind a position. */
  Optional<BatchInfo> validBatchBehind(long position, long minOffset) throws IOException {
    long end = segment.sizeBytes();
    ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES);
    for (long start = position + 1; end - start >= BatchLayout.RECORDS; ) {
      int length = fill(window, start, end);
      int last = length - BatchLayout.RECORDS;
      for (int at = 0; at <= last; at++) {
        if (mayBegin(window, at, end - start - at, minOffset)) {
          BatchInfo batch = segment.scanner(start + at, end, true, WINDOW_BYTES).next();
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
  boolean hasUnwrittenPage(long from, long to) throws IOException {
    ByteBuffer page = ByteBuffer.allocate(PAGE_BYTES);
    long start = from;
    while (start < to) {
      long end = Math.min(to, (start / PAGE_BYTES + 1) * PAGE_BYTES);
      int length = fill(page, start, end);
      boolean zeros = true;
      for (int i = 0; i < length; i++) {
        zeros &= page.get(i) == 0;
      }
      // A few zeros at either edge prove nothing.
      if (zeros && length >= BatchLayout.RECORDS) {
        return true;
      }
      start = end;
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

  private int fill(ByteBuffer window, long start, long end) throws IOException {
    window.clear().limit((int) Math.min(window.capacity(), end - start));
    int read = segment.file().read(window, start);
    if (read < window.limit()) {
      throw new IOException(segment + " became shorter while it was read");
    }
    window.flip();
    return read;
  }
}
