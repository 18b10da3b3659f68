package dev.sluice.broker.transaction;

import dev.sluice.broker.topic.TopicException;
import dev.sluice.log.StorageException;
import dev.sluice.log.record.ControlMarker;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.requests.TransactionResult;

/** Tells partitions how a transaction ends. Thread-safe. */
final class MarkerWriter {

  /**
   * The coordinator epoch in every marker. It is there to fence a coordinator that doesn't know yet
   * that another one has taken over; here the lock on the data directory sees to that. Being the
   * same for ever, it can never be older than what a partition has seen.
   */
  static final int COORDINATOR_EPOCH = 0;

  private final PartitionLogs logs;
  private final OffsetsMarker offsets;

  MarkerWriter(PartitionLogs logs, OffsetsMarker offsets) {
    this.logs = logs;
    this.offsets = offsets;
  }

  /**
   * Writes a marker. Repeating it does no harm.
   *
   * @return completes when it is durable; fails with a {@link TopicException} if there is no such
   *     partition, with a {@link StorageException}, or as {@link OffsetsMarker} does
   */
  CompletableFuture<?> write(
      TopicPartition partition,
      ProducerIdentity producer,
      int coordinatorEpoch,
      TransactionResult result) {
    try {
      var log = logs.get(partition.topic(), partition.partition());
      if (partition.topic().equals(Topic.GROUP_METADATA_TOPIC_NAME)) {
        return offsets.complete(
            partition, producer.id(), producer.epoch(), coordinatorEpoch, result);
      }
      ControlMarker.Type type =
          result == TransactionResult.COMMIT ? ControlMarker.Type.COMMIT : ControlMarker.Type.ABORT;
      return log.transactions()
          .end(producer.id(), producer.epoch(), new ControlMarker(type, coordinatorEpoch));
    } catch (TopicException | StorageException refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }
}
