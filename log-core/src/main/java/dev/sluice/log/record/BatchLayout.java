package dev.sluice.log.record;

/**
 * Byte layout of a record batch, format v2 (big endian), as in Kafka's protocol guide, "Record
 * Batch":
 *
 * <pre>
 *  0  int64  base offset              not covered by the CRC: the log assigns it
 *  8  int32  batch length             counted from byte 12 on
 * 12  int32  partition leader epoch   not covered by the CRC: the log assigns it
 * 16  int8   magic, 2
 * 17  int32  CRC-32C of everything from byte 21 on
 * 21  int16  attributes               bits 0-2 compression, 3 timestamp type, 4 transactional,
 *                                     5 control, 6 delete horizon in the base timestamp
 * 23  int32  last offset delta
 * 27  int64  base timestamp
 * 35  int64  max timestamp
 * 43  int64  producer id, or -1
 * 51  int16  producer epoch, or -1
 * 53  int32  base sequence, or -1
 * 57  int32  record count
 * 61         records, compressed as one block if bits 0-2 say so
 * </pre>
 */
public final class BatchLayout {

  public static final int BASE_OFFSET = 0;
  public static final int LENGTH = 8;

  /** Bytes that {@link #LENGTH} does not count. */
  public static final int OVERHEAD = 12;

  public static final int LEADER_EPOCH = 12;
  public static final int MAGIC = 16;
  public static final int CRC = 17;
  public static final int ATTRIBUTES = 21;
  public static final int LAST_OFFSET_DELTA = 23;
  public static final int BASE_TIMESTAMP = 27;
  public static final int MAX_TIMESTAMP = 35;
  public static final int PRODUCER_ID = 43;
  public static final int PRODUCER_EPOCH = 51;
  public static final int BASE_SEQUENCE = 53;
  public static final int RECORD_COUNT = 57;

  /** Where the records begin; also the size of the smallest batch. */
  public static final int RECORDS = 61;

  /** The only format that there is here. */
  public static final byte MAGIC_V2 = 2;

  static final int COMPRESSION_MASK = 0x07;
  static final int LOG_APPEND_TIME_FLAG = 0x08;
  static final int TRANSACTIONAL_FLAG = 0x10;
  static final int CONTROL_FLAG = 0x20;
  static final int DELETE_HORIZON_FLAG = 0x40;

  private BatchLayout() {}
}
