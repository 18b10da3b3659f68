package dev.sluice.gateway.log;

import dev.sluice.connector.Header;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record as read.
 *
 * @param offset its place in the partition
 * @param timestampMillis milliseconds since the epoch
 */
public record StoredRecord(
    TopicPartition topicPartition,
    long offset,
    long timestampMillis,
    byte @Nullable [] key,
    byte @Nullable [] value,
    List<Header> headers)
    implements Entry {

  @Override
  public long nextOffset() {
    return offset + 1;
  }

  @Override
  public long sizeBytes() {
    return (key == null ? 0L : key.length) + (value == null ? 0L : value.length);
  }
}
