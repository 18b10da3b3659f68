package dev.sluice.gateway.log;

/**
 * Offsets whose records can't be decoded: a client has sent a batch with a right checksum and
 * nonsense inside. It stays so; a reader tells whom it concerns, and goes on at {@link
 * #nextOffset}. Damage on disk is {@code PLACE_DAMAGED}, which {@link DamagedOffsets} makes into
 * this for those who only look; whoever must not lose a record stays in front of it.
 *
 * @param offset the first one that can't be read
 * @param nextOffset the one behind the batch
 * @param timestampMillis the batch's largest timestamp, as its header claims
 * @param message whole sentences: what is wrong, with the partition and the offsets of the whole
 *     batch
 */
public record Unreadable(
    TopicPartition topicPartition,
    long offset,
    long nextOffset,
    long timestampMillis,
    String message)
    implements Entry {

  /**
   * A partition that can't be read now, for a reader of several that goes on with the others: no
   * offsets, since it may be read again later.
   *
   * @param offset where the reader stands in it
   */
  public static Unreadable offline(
      TopicPartition topicPartition, long offset, LogException failure) {
    return new Unreadable(topicPartition, offset, offset, 0, String.valueOf(failure.getMessage()));
  }

  @Override
  public long sizeBytes() {
    return 0;
  }
}
