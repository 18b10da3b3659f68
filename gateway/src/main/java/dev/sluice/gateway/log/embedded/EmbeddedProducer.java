package dev.sluice.gateway.log.embedded;

import dev.sluice.broker.Broker;
import dev.sluice.broker.group.GroupService;
import dev.sluice.broker.transaction.Answer;
import dev.sluice.broker.transaction.ProducerIdentity;
import dev.sluice.broker.transaction.TransactionCoordinator;
import dev.sluice.broker.transaction.TransactionGate;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.Records.Appended;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.TransactionalProducer;
import dev.sluice.log.partition.AppendResult;
import dev.sluice.log.partition.PartitionId;
import dev.sluice.log.partition.PartitionLog;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.requests.TransactionResult;
import org.jspecify.annotations.Nullable;

/**
 * A transactional producer in this process. Each transaction has an epoch of its own (KIP-890), so
 * its sequences begin with 0. Belongs to one thread; appends complete on others.
 */
final class EmbeddedProducer implements TransactionalProducer {

  private final Broker broker;
  private final TransactionCoordinator coordinator;
  private final GroupService groups;
  private final Insistence insistence;
  private final String transactionalId;
  private final BatchEncoder encoder = new BatchEncoder();

  /** Of each partition of the transaction, the sequence of the next record. */
  private final Map<TopicPartition, Integer> sequences = new ConcurrentHashMap<>();

  private ProducerIdentity producer;
  private boolean isOpen;
  private boolean isLost;

  EmbeddedProducer(
      Broker broker,
      TransactionCoordinator coordinator,
      GroupService groups,
      Insistence insistence,
      String transactionalId,
      ProducerIdentity producer) {
    this.broker = broker;
    this.coordinator = coordinator;
    this.groups = groups;
    this.insistence = insistence;
    this.transactionalId = transactionalId;
    this.producer = producer;
  }

  @Override
  public void begin(Set<TopicPartition> partitions, Set<String> groupNames)
      throws InterruptedException {
    if (isOpen) {
      throw new IllegalStateException("A transaction of " + transactionalId + " is open");
    }
    checkNotLost();
    sequences.clear();
    isOpen = true;
    try {
      Set<org.apache.kafka.common.TopicPartition> touched = new HashSet<>();
      partitions.forEach(partition -> touched.add(kafka(partition)));
      groupNames.forEach(group -> touched.add(groups.partitionOf(group)));
      if (!touched.isEmpty()) {
        enter(touched).close();
      }
    } catch (RuntimeException failure) {
      throw Translation.exception(failure);
    }
  }

  @Override
  public CompletableFuture<Appended> append(TopicPartition tp, List<NewRecord> records) {
    try {
      checkOpen();
      PartitionLog log = broker.partition(tp.topic(), tp.partition());
      try (TransactionGate.Pass unused = enter(Set.of(kafka(tp)))) {
        return appendWithin(tp, log, records);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return CompletableFuture.failedFuture(lost("Interrupted within a transaction.", interrupted));
    } catch (RuntimeException failure) {
      return CompletableFuture.failedFuture(Translation.exception(failure));
    }
  }

  private CompletableFuture<Appended> appendWithin(
      TopicPartition tp, PartitionLog log, List<NewRecord> records) {
    int sequence = sequences.getOrDefault(tp, 0);
    int next = sequence + records.size();
    CompletableFuture<AppendResult> appended =
        encoder.append(
            log, records, batch -> batch.producer(producer.id(), producer.epoch(), sequence, true));
    sequences.put(tp, next);
    return appended.handle(
        (AppendResult result, @Nullable Throwable failure) -> {
          if (failure != null) {
            // The sequence is free again, unless a later append builds on it.
            boolean unused = sequences.replace(tp, next, sequence);
            throw Translation.exception(Translation.unwrapped(failure));
          }
          return new Appended(tp, result.baseOffset(), records.size());
        });
  }

  @Override
  public void commitOffsets(String group, Map<TopicPartition, Long> offsets)
      throws InterruptedException {
    checkOpen();
    Map<PartitionId, Long> byPartition =
        offsets.entrySet().stream()
            .collect(
                Collectors.toMap(
                    entry -> new PartitionId(entry.getKey().topic(), entry.getKey().partition()),
                    Map.Entry::getValue));
    try (TransactionGate.Pass unused = enter(Set.of(groups.partitionOf(group)))) {
      groups
          .offsets()
          .commitInTransaction(
              group, byPartition, transactionalId, producer.id(), producer.epoch());
    } catch (RuntimeException failure) {
      throw Translation.exception(failure);
    }
  }

  @Override
  public void commit() throws InterruptedException {
    checkOpen();
    end(TransactionResult.COMMIT);
  }

  @Override
  public void abort() throws InterruptedException {
    if (isOpen && !isLost) {
      end(TransactionResult.ABORT);
    }
    isOpen = false;
  }

  private void end(TransactionResult result) throws InterruptedException {
    isOpen = false;
    isLost = true; // Until it is known how it has ended.
    try {
      Answer answer =
          insistence.ask(
              "Transaction of " + transactionalId,
              () -> coordinator.end(transactionalId, producer, result, true));
      producer = answer.producer();
      isLost = false;
    } catch (LogException failure) {
      throw lost(String.valueOf(failure.getMessage()), failure);
    }
  }

  private TransactionGate.Pass enter(Set<org.apache.kafka.common.TopicPartition> partitions)
      throws InterruptedException {
    TransactionGate gate = coordinator.gate();
    try {
      return insistence.get(
          () -> gate.enter(transactionalId, producer.id(), producer.epoch(), partitions, true));
    } catch (LogException failure) {
      if (failure.code() == LogException.Code.TRANSACTION_LOST) {
        isLost = true;
      }
      throw failure;
    }
  }

  private void checkOpen() {
    checkNotLost();
    if (!isOpen) {
      throw new IllegalStateException("No transaction of " + transactionalId + " is open");
    }
  }

  private void checkNotLost() {
    if (isLost) {
      throw lost("The producer " + transactionalId + " can't go on.", null);
    }
  }

  private LogException lost(String message, @Nullable Throwable cause) {
    isLost = true;
    return new LogException(LogException.Code.TRANSACTION_LOST, message, cause);
  }

  private static org.apache.kafka.common.TopicPartition kafka(TopicPartition tp) {
    return new org.apache.kafka.common.TopicPartition(tp.topic(), tp.partition());
  }
}
