package dev.sluice.gateway.log;

import java.util.function.LongUnaryOperator;

/**
 * Finds out how far a damaged place reaches, for those who only look and want to see what is beyond
 * it. Nothing but a read tells, so offset after offset is tried; a readable one is never passed.
 */
public final class DamagedOffsets {

  /** No more are tried at once. What is damaged beyond them is a place of its own. */
  public static final int MOST = 4_096;

  private DamagedOffsets() {}

  /**
   * The damage that begins at an offset.
   *
   * @param end where the partition ends
   * @param failure what reading the offset failed with
   */
  public static Unreadable from(
      Records records, TopicPartition partition, long offset, long end, LogException failure) {
    long count = count(records, partition, Math.min(MOST, end - offset), i -> offset + i);
    return place(partition, offset, offset + count, failure);
  }

  /**
   * The damage that ends before an offset.
   *
   * @param start where the partition begins
   * @param failure what reading the offset before that one failed with
   */
  public static Unreadable before(
      Records records, TopicPartition partition, long start, long before, LogException failure) {
    long count = count(records, partition, Math.min(MOST, before - start), i -> before - 1 - i);
    return place(partition, before - count, before, failure);
  }

  /** How many are damaged in a row; the first one is. */
  private static long count(
      Records records, TopicPartition partition, long most, LongUnaryOperator offset) {
    long count = 1;
    while (count < most && isDamaged(records, partition, offset.applyAsLong(count))) {
      count++;
    }
    return count;
  }

  private static boolean isDamaged(Records records, TopicPartition partition, long offset) {
    try {
      var unused = records.read(partition, offset, 1, 1);
      return false;
    } catch (LogException failed) {
      return failed.code() == LogException.Code.PLACE_DAMAGED;
    }
  }

  private static Unreadable place(
      TopicPartition partition, long from, long to, LogException failure) {
    return new Unreadable(partition, from, to, 0, String.valueOf(failure.getMessage()));
  }
}
