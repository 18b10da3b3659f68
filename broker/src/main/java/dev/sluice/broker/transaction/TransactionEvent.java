package dev.sluice.broker.transaction;

import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.TransactionResult;

/** What can happen to a transactional id. */
sealed interface TransactionEvent {

  /** Something that asks for a new state, and is refused while another one is being stored. */
  sealed interface Request extends TransactionEvent {

    /** The same with a producer id that nobody has, for the case that one is needed. */
    default Request withNewProducerId(long id) {
      throw new IllegalStateException(this + " needs no producer id");
    }
  }

  /**
   * A producer begins its work, or goes on after an error (KIP-360).
   *
   * @param expected who it was, in the latter case
   * @param newProducerId one that nobody has, or -1
   */
  record Initialize(int timeoutMillis, Optional<ProducerIdentity> expected, long newProducerId)
      implements Request {

    @Override
    public Request withNewProducerId(long id) {
      return new Initialize(timeoutMillis, expected, id);
    }
  }

  /**
   * A producer touches partitions.
   *
   * @param clientVersion see {@link Transaction}
   */
  record AddPartitions(
      ProducerIdentity producer, Set<TopicPartition> partitions, short clientVersion)
      implements Request {}

  /**
   * A producer ends its transaction.
   *
   * @param endsEpoch whether its epoch ends with it (KIP-890)
   * @param newProducerId one that nobody has, or -1
   */
  record End(
      ProducerIdentity producer, TransactionResult result, boolean endsEpoch, long newProducerId)
      implements Request {

    @Override
    public Request withNewProducerId(long id) {
      return new End(producer, result, endsEpoch, id);
    }
  }

  /** It is time to look whether a transaction is open for too long. */
  record TimeOut() implements Request {}

  /**
   * It is time to look whether the transactional id is still used.
   *
   * @param unusedSinceMillis it is not if nothing happened after this time
   */
  record Expire(long unusedSinceMillis) implements Request {}

  /** All partitions of the transaction have been told how it ends. */
  record MarkersWritten() implements Request {}

  /** The new state is durable. */
  record Stored() implements TransactionEvent {}

  /** The new state could not be made durable, or nobody knows. */
  record NotStored(Errors error) implements TransactionEvent {}
}
