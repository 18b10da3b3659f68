package dev.sluice.broker.group;

import dev.sluice.log.StorageException;
import dev.sluice.log.partition.PartitionLog;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.KafkaStorageException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.coordinator.common.runtime.PartitionWriter;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.apache.kafka.storage.internals.log.VerificationGuard;

/**
 * What the coordinator decides goes to the log through this. Thread-safe as {@link
 * OffsetsPartition} is.
 */
final class LogPartitionWriter implements PartitionWriter {

  private final List<OffsetsPartition> partitions;
  private final PartitionLookup logs;
  private final Map<Integer, LogConfig> configs = new ConcurrentHashMap<>();

  LogPartitionWriter(List<OffsetsPartition> partitions, PartitionLookup logs) {
    this.partitions = partitions;
    this.logs = logs;
  }

  @Override
  public void registerListener(TopicPartition id, Listener listener) {
    partition(id).listen(listener);
  }

  @Override
  public void deregisterListener(TopicPartition id, Listener listener) {
    partition(id).stopListening();
  }

  /** Only its largest batch is ever asked for. */
  @Override
  public LogConfig config(TopicPartition id) {
    return configs.computeIfAbsent(
        partition(id).maxBatchBytes(),
        bytes -> new LogConfig(Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, bytes)));
  }

  /** Returns before the batch is durable; the listener is told when it is. */
  @Override
  public long append(TopicPartition id, VerificationGuard guard, MemoryRecords records) {
    try {
      return partition(id).append(records.buffer());
    } catch (StorageException refused) {
      throw translate(refused);
    }
  }

  /**
   * Has nothing to ask: who commits offsets in a transaction has passed the transaction's gate, and
   * holds its pass until the append.
   */
  @Override
  public CompletableFuture<VerificationGuard> maybeStartTransactionVerification(
      TopicPartition id,
      String transactionalId,
      long producerId,
      short producerEpoch,
      int apiVersion) {
    return CompletableFuture.completedFuture(VerificationGuard.SENTINEL);
  }

  @Override
  public CompletableFuture<Void> deleteRecords(TopicPartition id, long deleteBeforeOffset) {
    try {
      PartitionLog log = logs.partition(id.topic(), id.partition());
      log.deleteBefore(deleteBeforeOffset);
      return CompletableFuture.completedFuture(null);
    } catch (StorageException failed) {
      return CompletableFuture.failedFuture(translate(failed));
    }
  }

  private OffsetsPartition partition(TopicPartition id) {
    return partitions.get(id.partition());
  }

  private static ApiException translate(StorageException failure) {
    String message = failure.getMessage();
    return switch (failure.code()) {
      case PRODUCER_FENCED -> new InvalidProducerEpochException(message);
      case INVALID_TRANSACTION_STATE -> new InvalidTxnStateException(message);
      case TOO_LARGE -> new RecordTooLargeException(message);
      case OFFSET_OUT_OF_RANGE,
          INVALID_BATCH,
          INVALID_RECORD,
          OUT_OF_ORDER_SEQUENCE,
          PREDECESSOR_FAILED,
          STALE_LEADER_EPOCH,
          UNKNOWN_PARTITION,
          PARTITION_EXISTS,
          INVALID_NAME,
          DISK_FULL,
          READ_ONLY,
          CORRUPT,
          OFFLINE,
          IO,
          LOCKED,
          CLOSED,
          INTERRUPTED,
          INTERNAL ->
          new KafkaStorageException(message, failure);
    };
  }
}
