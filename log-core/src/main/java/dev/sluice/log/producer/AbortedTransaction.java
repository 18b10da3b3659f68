package dev.sluice.log.producer;

import java.util.OptionalLong;

/**
 * A transaction whose records readers of committed data leave out.
 *
 * @param firstOffset of its first record
 * @param lastOffset of its marker
 * @param lastStableOffset of the log when the marker was appended: every transaction that ended
 *     later has its marker behind it
 */
public record AbortedTransaction(
    long producerId, long firstOffset, long lastOffset, long lastStableOffset) {

  /**
   * An aborted transaction.
   *
   * @param firstUndecidedOffset {@link ProducerStates#firstUndecidedOffset} after its marker was
   *     applied
   */
  public static AbortedTransaction of(
      CompletedTransaction completed, OptionalLong firstUndecidedOffset) {
    return new AbortedTransaction(
        completed.producerId(),
        completed.firstOffset(),
        completed.lastOffset(),
        firstUndecidedOffset.orElse(completed.lastOffset() + 1));
  }
}
