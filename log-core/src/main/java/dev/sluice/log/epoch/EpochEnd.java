package dev.sluice.log.epoch;

/**
 * How far the records of an epoch go.
 *
 * @param epoch the largest known one that is not larger than what was asked for, or -1
 * @param endOffset the offset behind its last record, or -1
 */
public record EpochEnd(int epoch, long endOffset) {

  /** Nothing is known. */
  public static final EpochEnd UNDEFINED = new EpochEnd(-1, -1);
}
