package dev.sluice.log.partition;

/**
 * Where an append went.
 *
 * @param baseOffset the offset of its first record
 * @param lastOffset the offset of its last record
 * @param appendTimeMillis the time that the log gave its records, milliseconds since the epoch;
 *     {@link #NO_APPEND_TIME} if they keep their own, or were in the log already
 */
public record AppendResult(long baseOffset, long lastOffset, long appendTimeMillis) {

  /** The records keep the time that their producer gave them. */
  public static final long NO_APPEND_TIME = -1;

  /** A result for records that keep their own time. */
  public AppendResult(long baseOffset, long lastOffset) {
    this(baseOffset, lastOffset, NO_APPEND_TIME);
  }
}
