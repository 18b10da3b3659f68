package dev.sluice.broker.transaction;

import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * Asked before a transactional batch is appended, so that none is left behind that no coordinator
 * will ever end (KIP-890). Thread-safe.
 */
public interface TransactionGate {

  /** Lets everything pass: for logs without transactions. */
  TransactionGate OPEN = (transactionalId, producerId, epoch, partitions, mayAdd) -> {};

  /** Keeps a transaction from being ended in its partitions until it is closed. */
  interface Pass extends AutoCloseable {

    /** Holds nothing. */
    Pass NONE = () -> {};

    @Override
    void close();
  }

  /**
   * Makes sure that partitions belong to a producer's transaction under way. Returns at once if
   * they do; else, where the client's protocol leaves it to us to add them, waits until that is
   * durable.
   *
   * @param mayAdd whether partitions that do not belong yet are added: Produce from version 12 and
   *     TxnOffsetCommit from version 5 on
   * @throws org.apache.kafka.common.errors.ApiException if the transaction is not there or not
   *     theirs: nothing may be appended then
   */
  void admit(
      String transactionalId,
      long producerId,
      short epoch,
      Set<TopicPartition> partitions,
      boolean mayAdd);

  /**
   * As {@link #admit}; and the transaction does not end in these partitions until the pass is
   * closed. Without that, a marker could come between this and the append, and the batch behind it
   * would be left open for ever. To be closed as soon as the append is queued; it need not be
   * durable.
   */
  default Pass enter(
      String transactionalId,
      long producerId,
      short epoch,
      Set<TopicPartition> partitions,
      boolean mayAdd) {
    admit(transactionalId, producerId, epoch, partitions, mayAdd);
    return Pass.NONE;
  }
}
