package dev.sluice.log.record;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record as read: key and value are read-only views of the batch's bytes, valid as long as those
 * are.
 *
 * @param offset its place in the partition
 * @param timestampMillis milliseconds since the epoch
 * @param key the key, or null
 * @param value the value; null is a tombstone
 * @param headers its headers in order
 */
public record LogRecord(
    long offset,
    long timestampMillis,
    @Nullable ByteBuffer key,
    @Nullable ByteBuffer value,
    List<RecordHeader> headers) {

  /** A copy of the key, or null. */
  public byte @Nullable [] keyBytes() {
    return copy(key);
  }

  /** A copy of the value, or null. */
  public byte @Nullable [] valueBytes() {
    return copy(value);
  }

  private static byte @Nullable [] copy(@Nullable ByteBuffer view) {
    if (view == null) {
      return null;
    }
    byte[] bytes = new byte[view.remaining()];
    view.get(view.position(), bytes);
    return bytes;
  }
}
