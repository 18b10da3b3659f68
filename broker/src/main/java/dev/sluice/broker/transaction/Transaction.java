package dev.sluice.broker.transaction;

import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.requests.TransactionResult;
import org.apache.kafka.coordinator.transaction.TransactionState;

/**
 * What is known, and kept, of a transactional id: its producer and its latest transaction. The
 * components are those of Kafka's {@code TransactionLogValue}. Immutable.
 *
 * <p>Invariants. EPOCH-NEVER-GOES-BACK: from one transition to the next the producer's epoch grows
 * or stays, or the id is a new one. ONE-OUTCOME: of {@code PREPARE_COMMIT} and {@code
 * PREPARE_ABORT} only one comes between two times of being {@code ONGOING}.
 *
 * @param state where the transaction is; neither {@code DEAD} nor {@code PREPARE_EPOCH_FENCE}
 * @param producer who may go on with it; when an epoch is the last one of its id and {@code
 *     nextProducerId} is set, the client knows itself as epoch 0 of that one already
 * @param previousProducerId the producer's id before the last transition
 * @param nextProducerId the id that takes over once the transaction is complete, or -1
 * @param lastEpoch the epoch from which a repeated request may come, or -1
 * @param timeoutMillis how long a transaction may be open
 * @param partitions that it has touched and that have to be told how it ends
 * @param startedMillis when it began, or -1
 * @param updatedMillis when this came to be
 * @param clientVersion the level of the feature {@code transaction.version} that the client used: 2
 *     where every transaction has an epoch of its own (KIP-890), else 0
 */
public record Transaction(
    TransactionState state,
    ProducerIdentity producer,
    long previousProducerId,
    long nextProducerId,
    short lastEpoch,
    int timeoutMillis,
    Set<TopicPartition> partitions,
    long startedMillis,
    long updatedMillis,
    short clientVersion) {

  static final short EPOCH_PER_PRODUCER = 0;
  static final short EPOCH_PER_TRANSACTION = 2;
  private static final long NOT_STARTED = -1;

  public Transaction {
    partitions = Set.copyOf(partitions);
  }

  /** Of a transactional id that nobody has used. */
  static Transaction created(long producerId, int timeoutMillis, long nowMillis) {
    return new Transaction(
        TransactionState.EMPTY,
        new ProducerIdentity(producerId, (short) 0),
        producerId,
        ProducerIdentity.NO_ID,
        ProducerIdentity.NO_EPOCH,
        timeoutMillis,
        Set.of(),
        NOT_STARTED,
        nowMillis,
        EPOCH_PER_PRODUCER);
  }

  /** A producer has come, or come back; it has no transaction yet. */
  Transaction initialized(
      ProducerIdentity newProducer, short newLastEpoch, int newTimeoutMillis, long nowMillis) {
    return new Transaction(
        TransactionState.EMPTY,
        newProducer,
        producer.id(),
        nextProducerId,
        newLastEpoch,
        newTimeoutMillis,
        Set.of(),
        NOT_STARTED,
        nowMillis,
        clientVersion);
  }

  /** The transaction, begun if need be, touches these partitions too. */
  Transaction with(Set<TopicPartition> added, short newClientVersion, long nowMillis) {
    Set<TopicPartition> all = new HashSet<>(partitions);
    all.addAll(added);
    return new Transaction(
        TransactionState.ONGOING,
        producer,
        producer.id(),
        nextProducerId,
        lastEpoch,
        timeoutMillis,
        all,
        isOngoing() ? startedMillis : nowMillis,
        nowMillis,
        newClientVersion);
  }

  /** It is to end, with the epoch that its producer has. */
  Transaction ending(TransactionResult result, long nowMillis) {
    return ending(result, producer, lastEpoch, nextProducerId, EPOCH_PER_PRODUCER, nowMillis);
  }

  /**
   * It is to end, and the epoch with it.
   *
   * @param successorId the producer id that is used afterwards, or -1 to go on with this one
   */
  Transaction endingEpoch(TransactionResult result, long successorId, long nowMillis) {
    return ending(
        result, producer.next(), producer.epoch(), successorId, EPOCH_PER_TRANSACTION, nowMillis);
  }

  private Transaction ending(
      TransactionResult result,
      ProducerIdentity newProducer,
      short newLastEpoch,
      long successorId,
      short newClientVersion,
      long nowMillis) {
    return new Transaction(
        result == TransactionResult.COMMIT
            ? TransactionState.PREPARE_COMMIT
            : TransactionState.PREPARE_ABORT,
        newProducer,
        producer.id(),
        successorId,
        newLastEpoch,
        timeoutMillis,
        partitions,
        isOngoing() ? startedMillis : nowMillis,
        nowMillis,
        newClientVersion);
  }

  /** All partitions have been told. */
  Transaction completed(long nowMillis) {
    return new Transaction(
        state == TransactionState.PREPARE_COMMIT
            ? TransactionState.COMPLETE_COMMIT
            : TransactionState.COMPLETE_ABORT,
        producerOnceComplete(),
        producer.id(),
        ProducerIdentity.NO_ID,
        lastEpoch,
        timeoutMillis,
        Set.of(),
        startedMillis,
        nowMillis,
        clientVersion);
  }

  /** Who may begin the next transaction when this one is complete. */
  ProducerIdentity producerOnceComplete() {
    return nextProducerId == ProducerIdentity.NO_ID
        ? producer
        : new ProducerIdentity(nextProducerId, (short) 0);
  }

  boolean isOngoing() {
    return state == TransactionState.ONGOING;
  }

  /** Whether it has been decided how it ends, but not everyone has been told. */
  boolean isEnding() {
    return state == TransactionState.PREPARE_COMMIT || state == TransactionState.PREPARE_ABORT;
  }

  /** How it ends. */
  TransactionResult result() {
    return state == TransactionState.PREPARE_COMMIT || state == TransactionState.COMPLETE_COMMIT
        ? TransactionResult.COMMIT
        : TransactionResult.ABORT;
  }

  boolean isTimedOut(long nowMillis) {
    return isOngoing() && startedMillis + timeoutMillis < nowMillis;
  }
}
