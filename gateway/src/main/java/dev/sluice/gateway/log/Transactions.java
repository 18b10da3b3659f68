package dev.sluice.gateway.log;

/**
 * Appends to several partitions, and positions of groups, that become valid together or never.
 * Thread-safe.
 */
public interface Transactions {

  /** What the transactional ids of sources and rules begin with. */
  String CONNECTOR_PREFIX = "sluice-";

  /** The transactional id of a task: its successor, in whatever process, fences it by that. */
  static String idOf(String connector, int taskNumber) {
    return CONNECTOR_PREFIX + connector + "-" + taskNumber;
  }

  /**
   * Begins the work of a producer. Whoever had this id before can do nothing any more; a
   * transaction that it left open has been aborted, and one that it was committing is complete,
   * when this returns.
   *
   * @throws LogException {@code PARTITION_OFFLINE} if that can't be done within some seconds
   */
  TransactionalProducer open(String transactionalId) throws InterruptedException;

  /**
   * The same for all ids that begin so and whose last transaction is not complete, without going on
   * with any of them: what an earlier process left half done is done then.
   *
   * @throws LogException {@code PARTITION_OFFLINE} if that can't be done within some seconds
   */
  void settle(String prefix) throws InterruptedException;
}
