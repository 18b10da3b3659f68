package dev.sluice.broker.kafka.data;

import dev.sluice.broker.kafka.Call;
import dev.sluice.broker.kafka.KafkaErrors;
import dev.sluice.broker.transaction.TransactionGate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.RecordBatch;
import org.jspecify.annotations.Nullable;

/**
 * Lets the transactional ones among a request's appends into their transaction, or refuses them.
 */
final class ProduceTransactions {

  /** From this version on, partitions are added to the transaction by us (KIP-890). */
  private static final short FIRST_THAT_ADDS_PARTITIONS = 12;

  private static final short FIRST_WITH_ABORTABLE = 11;

  private final TransactionGate gate;

  ProduceTransactions(TransactionGate gate) {
    this.gate = gate;
  }

  /** What may be appended, and what keeps the transaction open until it is queued. */
  record Admitted(List<PartitionAppend> appends, TransactionGate.Pass pass) {}

  /** Asks once for all partitions; refuses in their responses those that may not be appended. */
  Admitted enter(@Nullable String transactionalId, Call call, List<PartitionAppend> appends) {
    List<PartitionAppend> transactional =
        appends.stream().filter(PartitionAppend::isTransactional).toList();
    if (transactional.isEmpty()) {
      return new Admitted(appends, TransactionGate.Pass.NONE);
    }
    List<PartitionAppend> admitted = new ArrayList<>(appends);
    RecordBatch first = transactional.getFirst().first();
    if (transactionalId == null
        || !transactional.stream().allMatch(one -> one.isOfProducer(first))) {
      refuse(
          transactional,
          Errors.INVALID_RECORD,
          "Transactional batches need a transactional id, and come from one producer",
          admitted);
      return new Admitted(admitted, TransactionGate.Pass.NONE);
    }
    Set<TopicPartition> partitions =
        transactional.stream().map(PartitionAppend::partition).collect(Collectors.toSet());
    try {
      return new Admitted(
          admitted,
          gate.enter(
              transactionalId,
              first.producerId(),
              first.producerEpoch(),
              partitions,
              call.version() >= FIRST_THAT_ADDS_PARTITIONS));
    } catch (RuntimeException e) {
      refuse(transactional, asKnown(KafkaErrors.of(e), call.version()), e.getMessage(), admitted);
      return new Admitted(admitted, TransactionGate.Pass.NONE);
    }
  }

  private static void refuse(
      List<PartitionAppend> refused,
      Errors error,
      @Nullable String message,
      List<PartitionAppend> admitted) {
    refused.forEach(one -> ProduceAnswer.refuse(one.response(), error, message));
    admitted.removeAll(refused);
  }

  /** The coordinator's errors in words that producers of this version know, as Kafka has them. */
  private static Errors asKnown(Errors error, short version) {
    return switch (error) {
      case TRANSACTION_ABORTABLE ->
          version < FIRST_WITH_ABORTABLE ? Errors.INVALID_TXN_STATE : error;
      case COORDINATOR_LOAD_IN_PROGRESS, COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR ->
          Errors.NOT_ENOUGH_REPLICAS;
      case CONCURRENT_TRANSACTIONS ->
          version < FIRST_THAT_ADDS_PARTITIONS ? Errors.NOT_ENOUGH_REPLICAS : error;
      default -> error;
    };
  }
}
