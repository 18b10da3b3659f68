package dev.sluice.log.segment;

import dev.sluice.log.record.BatchLayout;
import java.nio.ByteBuffer;

/**
 * What a batch's header says, and where it is.
 *
 * @param position byte of the segment's file at which it begins
 * @param sizeBytes its size with all overhead
 */
public record BatchInfo(
    long position, int sizeBytes, long baseOffset, long lastOffset, long maxTimestampMillis) {

  /** Reads the header at a place in a buffer that holds at least a header there. */
  static BatchInfo of(ByteBuffer buffer, int at, long position) {
    long baseOffset = buffer.getLong(at + BatchLayout.BASE_OFFSET);
    return new BatchInfo(
        position,
        buffer.getInt(at + BatchLayout.LENGTH) + BatchLayout.OVERHEAD,
        baseOffset,
        baseOffset + buffer.getInt(at + BatchLayout.LAST_OFFSET_DELTA),
        buffer.getLong(at + BatchLayout.MAX_TIMESTAMP));
  }

  /** The place behind it. */
  public long endPosition() {
    return position + sizeBytes;
  }
}
