package dev.sluice.log.partition;

/** Which records a reader sees. */
public enum Isolation {
  /** All below the high watermark. */
  READ_UNCOMMITTED,
  /**
   * Those below the last stable offset. What aborted transactions have left among them is for the
   * reader to drop; see {@link TransactionLog#aborted}.
   */
  READ_COMMITTED
}
