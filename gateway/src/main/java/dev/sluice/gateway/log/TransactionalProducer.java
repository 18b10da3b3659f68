package dev.sluice.gateway.log;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Who carries out one transaction after the other under a transactional id. Belongs to one thread.
 *
 * <p>All methods throw {@link LogException}: {@code TRANSACTION_LOST} if another producer has taken
 * the id over, if the transaction took too long and was aborted, or if it is not known how it
 * ended; then only a producer that is opened anew can go on. Other failures leave the transaction
 * open, to be aborted or to try again.
 */
public interface TransactionalProducer {

  /**
   * Begins a transaction.
   *
   * @param partitions what it is going to touch, as far as that is known: others can be appended
   *     to, too, but cost more
   * @param groups that offsets are going to be committed for, likewise
   */
  void begin(Set<TopicPartition> partitions, Set<String> groups) throws InterruptedException;

  /**
   * As {@link Records#append}, within the transaction. An append that was refused has not happened,
   * if none for the same partition has begun since.
   */
  CompletableFuture<Records.Appended> append(
      TopicPartition topicPartition, List<NewRecord> records);

  /** Commits offsets of a group without members; they count once the transaction is committed. */
  void commitOffsets(String group, Map<TopicPartition, Long> offsets) throws InterruptedException;

  /** Commits; it is durable that all of it is valid when this returns, and readers see it soon. */
  void commit() throws InterruptedException;

  /** Aborts; nothing of it will ever be valid. Does nothing without a transaction. */
  void abort() throws InterruptedException;
}
