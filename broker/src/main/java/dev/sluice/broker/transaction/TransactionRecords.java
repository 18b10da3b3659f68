package dev.sluice.broker.transaction;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.protocol.types.RawTaggedField;
import org.apache.kafka.coordinator.transaction.TransactionState;
import org.apache.kafka.coordinator.transaction.generated.CoordinatorRecordType;
import org.apache.kafka.coordinator.transaction.generated.TransactionLogKey;
import org.apache.kafka.coordinator.transaction.generated.TransactionLogValue;
import org.jspecify.annotations.Nullable;

/**
 * The records of the topic {@code __transaction_state}: Kafka's {@code TransactionLogKey} version 0
 * and {@code TransactionLogValue} version 1, each behind an int16 with its type or version. A value
 * that is null forgets the transactional id.
 *
 * <p>{@link Transaction#lastEpoch} has no field there. It stands in a tagged field of a number that
 * Kafka doesn't use, an int16; other readers skip it.
 */
final class TransactionRecords {

  static final int LAST_EPOCH_TAG = 10_000;

  private static final short VALUE_VERSION = 1;

  private TransactionRecords() {}

  static byte[] key(String transactionalId) {
    return MessageUtil.toCoordinatorTypePrefixedBytes(
        new TransactionLogKey().setTransactionalId(transactionalId));
  }

  static byte[] value(Transaction transaction) {
    TransactionLogValue value =
        new TransactionLogValue()
            .setProducerId(transaction.producer().id())
            .setPreviousProducerId(transaction.previousProducerId())
            .setNextProducerId(transaction.nextProducerId())
            .setProducerEpoch(transaction.producer().epoch())
            .setTransactionTimeoutMs(transaction.timeoutMillis())
            .setTransactionStatus(transaction.state().id())
            .setTransactionPartitions(partitions(transaction))
            .setTransactionLastUpdateTimestampMs(transaction.updatedMillis())
            .setTransactionStartTimestampMs(transaction.startedMillis())
            .setClientTransactionVersion(transaction.clientVersion());
    if (transaction.lastEpoch() != ProducerIdentity.NO_EPOCH) {
      byte[] epoch = ByteBuffer.allocate(Short.BYTES).putShort(transaction.lastEpoch()).array();
      value.unknownTaggedFields().add(new RawTaggedField(LAST_EPOCH_TAG, epoch));
    }
    return MessageUtil.toVersionPrefixedBytes(VALUE_VERSION, value);
  }

  /** The transactional id in a key; none if it is a key of a kind unknown here. */
  static Optional<String> readKey(ByteBuffer key) {
    ByteBuffer bytes = key.duplicate();
    if (bytes.getShort() != CoordinatorRecordType.TRANSACTION_LOG.id()) {
      return Optional.empty();
    }
    return Optional.of(
        new TransactionLogKey(new ByteBufferAccessor(bytes), (short) 0).transactionalId());
  }

  /**
   * What a value says.
   *
   * @throws IllegalStateException if it is of a version unknown here
   */
  static Transaction readValue(ByteBuffer value) {
    ByteBuffer bytes = value.duplicate();
    short version = bytes.getShort();
    if (version < TransactionLogValue.LOWEST_SUPPORTED_VERSION
        || version > TransactionLogValue.HIGHEST_SUPPORTED_VERSION) {
      throw new IllegalStateException("A transaction's record has the unknown version " + version);
    }
    TransactionLogValue read = new TransactionLogValue(new ByteBufferAccessor(bytes), version);
    return new Transaction(
        TransactionState.fromId(read.transactionStatus()),
        new ProducerIdentity(read.producerId(), read.producerEpoch()),
        read.previousProducerId(),
        read.nextProducerId(),
        lastEpoch(read),
        read.transactionTimeoutMs(),
        partitions(read),
        read.transactionStartTimestampMs(),
        read.transactionLastUpdateTimestampMs(),
        read.clientTransactionVersion());
  }

  private static short lastEpoch(TransactionLogValue value) {
    for (RawTaggedField field : value.unknownTaggedFields()) {
      if (field.tag() == LAST_EPOCH_TAG && field.size() >= Short.BYTES) {
        return ByteBuffer.wrap(field.data()).getShort();
      }
    }
    return ProducerIdentity.NO_EPOCH;
  }

  private static @Nullable List<TransactionLogValue.PartitionsSchema> partitions(
      Transaction transaction) {
    if (transaction.state() == TransactionState.EMPTY) {
      return null;
    }
    Map<String, List<Integer>> byTopic = new TreeMap<>();
    for (TopicPartition partition : transaction.partitions()) {
      byTopic
          .computeIfAbsent(partition.topic(), topic -> new ArrayList<>())
          .add(partition.partition());
    }
    List<TransactionLogValue.PartitionsSchema> partitions = new ArrayList<>(byTopic.size());
    byTopic.forEach(
        (topic, ids) ->
            partitions.add(
                new TransactionLogValue.PartitionsSchema().setTopic(topic).setPartitionIds(ids)));
    return partitions;
  }

  private static Set<TopicPartition> partitions(TransactionLogValue value) {
    Set<TopicPartition> partitions = new HashSet<>();
    if (value.transactionPartitions() != null) {
      for (TransactionLogValue.PartitionsSchema topic : value.transactionPartitions()) {
        topic.partitionIds().forEach(id -> partitions.add(new TopicPartition(topic.topic(), id)));
      }
    }
    return partitions;
  }
}
