package dev.sluice.log.partition;

import dev.sluice.log.segment.LogSegment;
import java.util.List;

/**
 * What readers may see at one moment. Immutable; replaced as a whole, after the bytes are durable
 * under the partition's flush setting (invariant VISIBLE-IS-DURABLE).
 *
 * @param segments by base offset, at least one
 * @param logStartOffset the first offset that may be read
 * @param highWatermark the offset behind the last record that may be read
 * @param lastStableOffset the offset behind the last record that belongs to no transaction under
 *     way
 * @param logEndOffset the offset behind the last record that is written
 * @param lastLimit bytes of the last segment that may be read; of the others, all
 * @param truncations how often bytes that readers may have seen were taken back: what was read from
 *     an older view proves nothing then
 * @param leaderEpoch what appends are stamped with
 */
record LogView(
    List<LogSegment> segments,
    long logStartOffset,
    long highWatermark,
    long lastStableOffset,
    long logEndOffset,
    long lastLimit,
    int truncations,
    int leaderEpoch) {

  /** The number of the segment that holds an offset of the log. */
  int segmentOf(long offset) {
    int low = 0;
    int high = segments.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (segments.get(middle).baseOffset() <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  boolean isLast(int segment) {
    return segment == segments.size() - 1;
  }

  long limit(int segment) {
    return isLast(segment) ? lastLimit : segments.get(segment).sizeBytes();
  }

  /** The offset behind a segment's last visible record. */
  long endOffset(int segment) {
    return isLast(segment) ? highWatermark : segments.get(segment + 1).baseOffset();
  }

  long sizeBytes() {
    long bytes = 0;
    for (int i = 0; i < segments.size(); i++) {
      bytes += limit(i);
    }
    return bytes;
  }
}
