package dev.sluice.log.producer;

/**
 * A batch in the log, as far as it takes to recognise it when it is sent again.
 *
 * @param offsetDelta from its first to its last record, in offsets as in sequences
 * @param timestampMillis the largest of its records
 */
public record WrittenBatch(
    int lastSequence, long lastOffset, int offsetDelta, long timestampMillis) {

  public long baseOffset() {
    return lastOffset - offsetDelta;
  }

  public int baseSequence() {
    return lastSequence < 0 ? Sequences.NONE : Sequences.minus(lastSequence, offsetDelta);
  }
}
