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
}
