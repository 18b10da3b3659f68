package dev.sluice.connector;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A record on its way out of a topic. The bytes are those in the log; {@link #key()} and {@link
 * #value()} are decoded when first asked for. Not thread-safe; the byte arrays must not be changed.
 */
public final class SinkRecord {

  /**
   * Which record of which topic it is.
   *
   * @param topic its topic
   * @param partition its partition
   * @param offset its offset
   */
  public record Origin(String topic, int partition, long offset) {}

  private final Origin origin;
  private final String topic;
  private final int partition;
  private final long offset;
  private final long timestampMillis;
  private final byte @Nullable [] keyBytes;
  private final byte @Nullable [] valueBytes;
  private final List<Header> headers;
  private final Function<byte[], @Nullable Object> decoder;
  private @Nullable Object key;
  private @Nullable Object value;

  /**
   * A record as read from a topic.
   *
   * @param decoder turns bytes into a value as described at {@link #value()}; must not fail
   */
  public SinkRecord(
      String topic,
      int partition,
      long offset,
      long timestampMillis,
      byte @Nullable [] keyBytes,
      byte @Nullable [] valueBytes,
      List<Header> headers,
      Function<byte[], @Nullable Object> decoder) {
    this(
        new Origin(topic, partition, offset),
        topic,
        partition,
        offset,
        timestampMillis,
        keyBytes,
        valueBytes,
        headers,
        decoder);
  }

  /**
   * A record that is delivered once more, and so read from another place than at first.
   *
   * @param origin where it stood when it was read first
   * @param decoder turns bytes into a value as described at {@link #value()}; must not fail
   */
  public SinkRecord(
      Origin origin,
      String topic,
      int partition,
      long offset,
      long timestampMillis,
      byte @Nullable [] keyBytes,
      byte @Nullable [] valueBytes,
      List<Header> headers,
      Function<byte[], @Nullable Object> decoder) {
    this.origin = origin;
    this.topic = topic;
    this.partition = partition;
    this.offset = offset;
    this.timestampMillis = timestampMillis;
    this.keyBytes = keyBytes;
    this.valueBytes = valueBytes;
    this.headers = List.copyOf(headers);
    this.decoder = decoder;
  }

  /**
   * Which record it is, for people and for names that are made of its topic. The same as {@link
   * #topic}, {@link #partition} and {@link #offset}, unless it was set aside and is delivered once
   * more: then those tell where it was read this time, which is what positions and the recognition
   * of repeats are about.
   */
  public Origin origin() {
    return origin;
  }

  /** The topic that it was read from. */
  public String topic() {
    return topic;
  }

  public int partition() {
    return partition;
  }

  public long offset() {
    return offset;
  }

  /** Milliseconds since the epoch. */
  public long timestampMillis() {
    return timestampMillis;
  }

  public byte @Nullable [] keyBytes() {
    return keyBytes;
  }

  /** The value as stored; null for a tombstone. */
  public byte @Nullable [] valueBytes() {
    return valueBytes;
  }

  public List<Header> headers() {
    return headers;
  }

  /** The key, decoded as {@link #value()}. */
  public @Nullable Object key() {
    if (key == null && keyBytes != null) {
      key = decoder.apply(keyBytes);
    }
    return key;
  }

  /**
   * The value: null for a tombstone; a {@link java.util.Map}, {@link List}, {@link Number}, {@link
   * Boolean} if the bytes are JSON of that kind; else a {@link String} if they are UTF-8; else the
   * {@code byte[]}. Numbers with a fraction come as {@link java.math.BigDecimal}, others as {@link
   * Integer}, {@link Long} or {@link java.math.BigInteger}. The JSON literal {@code null} decodes
   * to null, too; {@link #valueBytes()} tells it from a tombstone.
   */
  public @Nullable Object value() {
    if (value == null && valueBytes != null) {
      value = decoder.apply(valueBytes);
    }
    return value;
  }

  /** Topic, partition and offset; never the contents. */
  @Override
  public String toString() {
    return topic + "-" + partition + "@" + offset;
  }
}
