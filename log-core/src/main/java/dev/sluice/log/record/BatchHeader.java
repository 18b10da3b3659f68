package dev.sluice.log.record;

import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * Reads the header of a batch that begins at a place in a buffer, without allocating anything. The
 * buffer holds at least {@link BatchLayout#RECORDS} bytes there, in big-endian order.
 */
public final class BatchHeader {

  /** The producer id, and the producer epoch, of a batch whose producer is not idempotent. */
  public static final int NO_PRODUCER = -1;

  /** The sequence of a batch that has none: its producer is not idempotent, or it is a marker. */
  public static final int NO_SEQUENCE = -1;

  private BatchHeader() {}

  public static long baseOffset(ByteBuffer buffer, int at) {
    return buffer.getLong(at + BatchLayout.BASE_OFFSET);
  }

  public static long lastOffset(ByteBuffer buffer, int at) {
    return baseOffset(buffer, at) + lastOffsetDelta(buffer, at);
  }

  public static int lastOffsetDelta(ByteBuffer buffer, int at) {
    return buffer.getInt(at + BatchLayout.LAST_OFFSET_DELTA);
  }

  public static int leaderEpoch(ByteBuffer buffer, int at) {
    return buffer.getInt(at + BatchLayout.LEADER_EPOCH);
  }

  /**
   * How its records are compressed.
   *
   * @throws dev.sluice.log.StorageException {@code INVALID_BATCH} if there is no such compression
   */
  public static Compression compression(ByteBuffer buffer, int at) {
    return Compression.ofCode(attributes(buffer, at) & BatchLayout.COMPRESSION_MASK);
  }

  /** Who gave the records their time. */
  public static TimestampType timestampType(ByteBuffer buffer, int at) {
    return has(buffer, at, BatchLayout.LOG_APPEND_TIME_FLAG)
        ? TimestampType.APPEND_TIME
        : TimestampType.CREATE_TIME;
  }

  public static boolean isTransactional(ByteBuffer buffer, int at) {
    return has(buffer, at, BatchLayout.TRANSACTIONAL_FLAG);
  }

  /** Whether its records are markers of the log itself, not for applications. */
  public static boolean isControl(ByteBuffer buffer, int at) {
    return has(buffer, at, BatchLayout.CONTROL_FLAG);
  }

  /** The time that the deltas of its records count from. */
  public static long baseTimestampMillis(ByteBuffer buffer, int at) {
    return buffer.getLong(at + BatchLayout.BASE_TIMESTAMP);
  }

  public static long maxTimestampMillis(ByteBuffer buffer, int at) {
    return buffer.getLong(at + BatchLayout.MAX_TIMESTAMP);
  }

  /**
   * From when on compaction may remove the tombstones and markers of the batch, if that is set
   * (KIP-534); the base timestamp is this time then.
   */
  public static OptionalLong deleteHorizonMillis(ByteBuffer buffer, int at) {
    return has(buffer, at, BatchLayout.DELETE_HORIZON_FLAG)
        ? OptionalLong.of(baseTimestampMillis(buffer, at))
        : OptionalLong.empty();
  }

  public static long producerId(ByteBuffer buffer, int at) {
    return buffer.getLong(at + BatchLayout.PRODUCER_ID);
  }

  public static short producerEpoch(ByteBuffer buffer, int at) {
    return buffer.getShort(at + BatchLayout.PRODUCER_EPOCH);
  }

  public static int baseSequence(ByteBuffer buffer, int at) {
    return buffer.getInt(at + BatchLayout.BASE_SEQUENCE);
  }

  /**
   * The sequence of the last record, or {@link #NO_SEQUENCE}. Sequences go up to {@link
   * Integer#MAX_VALUE}, and on from 0.
   */
  public static int lastSequence(ByteBuffer buffer, int at) {
    int first = baseSequence(buffer, at);
    return first == NO_SEQUENCE
        ? NO_SEQUENCE
        : (first + lastOffsetDelta(buffer, at)) & Integer.MAX_VALUE;
  }

  /** The number of records that it claims. */
  public static int count(ByteBuffer buffer, int at) {
    return buffer.getInt(at + BatchLayout.RECORD_COUNT);
  }

  private static boolean has(ByteBuffer buffer, int at, int flag) {
    return (attributes(buffer, at) & flag) != 0;
  }

  private static int attributes(ByteBuffer buffer, int at) {
    return buffer.getShort(at + BatchLayout.ATTRIBUTES);
  }
}
