package dev.sluice.log.partition;

import dev.sluice.log.producer.ProducerState;
import dev.sluice.log.segment.LogSegment;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of a log is known to be on the device: all segments before the oldest that is not, and the
 * beginning of that one. Behind it lie sealed segments that nobody has waited for, of which there
 * is a bound, and the active one. Part of the writer, not thread-safe.
 */
final class DurableEnd {

  /** Each has open files and a list of producers. */
  private static final int MAX_SEALED = 8;

  /** What one stop of the machine may lose in sealed segments, and one force may have to write. */
  private static final long MAX_SEALED_BYTES = 1L << 30;

  /**
   * A sealed segment that is not forced yet. It is held until it is: its files stay open.
   *
   * @param sizeBytes of it
   * @param endOffset the base offset of the one behind it
   * @param producers those there were at its end
   */
  record Sealed(
      LogSegment segment, long sizeBytes, long endOffset, List<ProducerState> producers) {}

  private final Deque<Sealed> sealed = new ArrayDeque<>();
  private long sealedBytes;
  private long bytes;
  private long offset;

  /** The offset behind what is durable. */
  long offset() {
    return offset;
  }

  /** Bytes of the oldest segment that are durable. */
  long bytes() {
    return bytes;
  }

  /** The oldest sealed segment that is not forced yet, or null. */
  @Nullable Sealed oldestSealed() {
    return sealed.peekFirst();
  }

  boolean hasSealed() {
    return !sealed.isEmpty();
  }

  /** All of them, the oldest first. */
  List<Sealed> sealed() {
    return List.copyOf(sealed);
  }

  /** Whether one more sealed segment of a size may go unforced. */
  boolean hasRoomFor(long segmentBytes) {
    return sealed.size() < MAX_SEALED && sealedBytes + segmentBytes <= MAX_SEALED_BYTES;
  }

  /** The active segment has been sealed, and is not forced yet. */
  void seal(Sealed newest) {
    if (!newest.segment().retain()) {
      throw new IllegalStateException("Sealed, but closed: " + newest.segment());
    }
    sealed.addLast(newest);
    sealedBytes += newest.sizeBytes();
  }

  /** Part of the oldest segment has been forced. */
  void advance(long newBytes, long newOffset) {
    bytes = newBytes;
    offset = newOffset;
  }

  /** The oldest sealed segment has been forced, as a whole. */
  void advanceToNext() throws IOException {
    Sealed forced = sealed.removeFirst();
    sealedBytes -= forced.sizeBytes();
    advance(0, forced.endOffset());
    forced.segment().release();
  }

  /** The last sealed segment is not to be forced any more: it is gone, or active again. */
  void forgetLast() throws IOException {
    Sealed last = sealed.removeLast();
    sealedBytes -= last.sizeBytes();
    last.segment().release();
  }

  /** Lets all segments go; reports the last trouble. */
  void release() throws IOException {
    IOException trouble = null;
    while (!sealed.isEmpty()) {
      try {
        forgetLast();
      } catch (IOException e) {
        trouble = e;
      }
    }
    if (trouble != null) {
      throw trouble;
    }
  }
}
