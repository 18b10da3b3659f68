package dev.sluice.broker.transaction;

import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.requests.TransactionResult;

/**
 * Ends transactions in the partitions of {@code __consumer_offsets}, where offsets that were
 * committed in one become valid or void. Thread-safe.
 */
@FunctionalInterface
public interface OffsetsMarker {

  /**
   * Ends a producer's transaction in a partition. Repeating it does no harm.
   *
   * @param coordinatorEpoch of the transaction coordinator
   * @return completes when the marker is durable; fails with an {@code ApiException} or a {@code
   *     StorageException}, after which it is tried again later unless the producer is fenced
   */
  CompletableFuture<Void> complete(
      TopicPartition partition,
      long producerId,
      short producerEpoch,
      int coordinatorEpoch,
      TransactionResult result);
}
