package dev.sluice.broker.kafka.transaction;

import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import dev.sluice.broker.kafka.KafkaErrors;
import dev.sluice.broker.transaction.ProducerIdentity;
import dev.sluice.broker.transaction.TransactionCoordinator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.WriteTxnMarkersRequest;
import org.apache.kafka.common.requests.WriteTxnMarkersRequest.TxnMarkerEntry;
import org.apache.kafka.common.requests.WriteTxnMarkersResponse;
import org.apache.kafka.common.resource.Resource;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Ends transactions partition by partition. Brokers send this among each other; here only people do
 * who abort a transaction that hangs (KIP-664).
 */
final class WriteTxnMarkersHandler implements BlockingHandler<WriteTxnMarkersRequest> {

  private final TransactionCoordinator coordinator;

  WriteTxnMarkersHandler(TransactionCoordinator coordinator) {
    this.coordinator = coordinator;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.WRITE_TXN_MARKERS;
  }

  @Override
  public AbstractResponse handle(WriteTxnMarkersRequest request, Call call) {
    if (!call.wouldAllow(AclOperation.ALTER, ResourceType.CLUSTER, Resource.CLUSTER_NAME)) {
      call.requireCluster(AclOperation.CLUSTER_ACTION);
    }
    Map<Long, Map<TopicPartition, CompletableFuture<?>>> started = new LinkedHashMap<>();
    for (TxnMarkerEntry marker : request.markers()) {
      Map<TopicPartition, CompletableFuture<?>> ofProducer =
          started.computeIfAbsent(marker.producerId(), id -> new LinkedHashMap<>());
      for (TopicPartition partition : marker.partitions()) {
        ofProducer.put(partition, write(marker, partition));
      }
    }
    Map<Long, Map<TopicPartition, Errors>> errors = new HashMap<>();
    started.forEach(
        (producerId, markers) -> {
          Map<TopicPartition, Errors> ofProducer = new HashMap<>();
          markers.forEach((partition, marker) -> ofProducer.put(partition, error(marker, call)));
          errors.put(producerId, ofProducer);
        });
    return new WriteTxnMarkersResponse(errors);
  }

  private CompletableFuture<?> write(TxnMarkerEntry marker, TopicPartition partition) {
    return coordinator.writeMarker(
        partition,
        new ProducerIdentity(marker.producerId(), marker.producerEpoch()),
        marker.coordinatorEpoch(),
        marker.transactionResult());
  }

  private static Errors error(CompletableFuture<?> marker, Call call) {
    try {
      Object unused = call.await(marker);
      return Errors.NONE;
    } catch (DisconnectException gone) {
      throw gone;
    } catch (RuntimeException failure) {
      Throwable cause =
          failure instanceof CompletionException && failure.getCause() != null
              ? failure.getCause()
              : failure;
      return KafkaErrors.of(cause);
    }
  }
}
