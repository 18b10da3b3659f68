package dev.sluice.broker.kafka.transaction;

import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import dev.sluice.broker.topic.TopicCatalog;
import dev.sluice.broker.transaction.Answer;
import dev.sluice.broker.transaction.ProducerIdentity;
import dev.sluice.broker.transaction.TransactionCoordinator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.message.AddPartitionsToTxnRequestData.AddPartitionsToTxnTransaction;
import org.apache.kafka.common.message.AddPartitionsToTxnResponseData;
import org.apache.kafka.common.message.AddPartitionsToTxnResponseData.AddPartitionsToTxnResult;
import org.apache.kafka.common.message.AddPartitionsToTxnResponseData.AddPartitionsToTxnResultCollection;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.AddPartitionsToTxnRequest;
import org.apache.kafka.common.requests.AddPartitionsToTxnResponse;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Adds partitions to transactions. Clients send versions up to 3, for one transaction; later ones
 * are for brokers among each other, for many at a time, and may only ask whether they belong.
 */
final class AddPartitionsToTxnHandler implements BlockingHandler<AddPartitionsToTxnRequest> {

  private static final int FIRST_OF_BROKERS = 4;
  private static final int KNOWS_FENCED = 2;

  private final TransactionCoordinator coordinator;
  private final TopicCatalog topics;

  AddPartitionsToTxnHandler(TransactionCoordinator coordinator, TopicCatalog topics) {
    this.coordinator = coordinator;
    this.topics = topics;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.ADD_PARTITIONS_TO_TXN;
  }

  @Override
  public AbstractResponse handle(AddPartitionsToTxnRequest request, Call call) {
    boolean isOfClient = call.version() < FIRST_OF_BROKERS;
    if (!isOfClient) {
      call.requireCluster(AclOperation.CLUSTER_ACTION);
    }
    AddPartitionsToTxnRequest batch = isOfClient ? request.normalizeRequest() : request;
    Map<AddPartitionsToTxnTransaction, CompletableFuture<Map<TopicPartition, Errors>>> answers =
        new LinkedHashMap<>();
    for (AddPartitionsToTxnTransaction transaction : batch.data().transactions()) {
      answers.put(transaction, answer(transaction, isOfClient, call));
    }
    AddPartitionsToTxnResultCollection results = new AddPartitionsToTxnResultCollection();
    answers.forEach(
        (transaction, answer) -> {
          boolean unused =
              results.add(
                  AddPartitionsToTxnResponse.resultForTransaction(
                      transaction.transactionalId(), call.await(answer)));
        });
    return new AddPartitionsToTxnResponse(data(results, isOfClient));
  }

  private static AddPartitionsToTxnResponseData data(
      AddPartitionsToTxnResultCollection results, boolean isOfClient) {
    AddPartitionsToTxnResponseData data = new AddPartitionsToTxnResponseData();
    if (!isOfClient) {
      return data.setResultsByTransaction(results);
    }
    for (AddPartitionsToTxnResult only : results) {
      data.setResultsByTopicV3AndBelow(only.topicResults());
    }
    return data;
  }

  private CompletableFuture<Map<TopicPartition, Errors>> answer(
      AddPartitionsToTxnTransaction transaction, boolean isOfClient, Call call) {
    Set<TopicPartition> partitions =
        Set.copyOf(AddPartitionsToTxnRequest.getPartitions(transaction.topics()));
    String id = transaction.transactionalId();
    if (isOfClient && !call.allows(AclOperation.WRITE, ResourceType.TRANSACTIONAL_ID, id)) {
      return done(partitions, Errors.TRANSACTIONAL_ID_AUTHORIZATION_FAILED);
    }
    Map<TopicPartition, Errors> refused = refused(partitions, isOfClient, call);
    if (!refused.isEmpty()) {
      partitions.forEach(
          partition -> refused.putIfAbsent(partition, Errors.OPERATION_NOT_ATTEMPTED));
      return CompletableFuture.completedFuture(refused);
    }
    ProducerIdentity producer =
        new ProducerIdentity(transaction.producerId(), transaction.producerEpoch());
    if (transaction.verifyOnly()) {
      return CompletableFuture.completedFuture(verify(id, producer, partitions));
    }
    return coordinator
        .addPartitions(id, producer, partitions, !isOfClient)
        .thenApply(Answer::error)
        .thenApply(error -> OlderErrors.of(error, call.version(), KNOWS_FENCED))
        .thenApply(error -> all(partitions, error));
  }

  private Map<TopicPartition, Errors> refused(
      Set<TopicPartition> partitions, boolean isOfClient, Call call) {
    Map<TopicPartition, Errors> refused = new HashMap<>();
    for (TopicPartition partition : partitions) {
      String topic = partition.topic();
      if (isOfClient
          && (Topic.isInternal(topic)
              || !call.allows(AclOperation.WRITE, ResourceType.TOPIC, topic))) {
        refused.put(partition, Errors.TOPIC_AUTHORIZATION_FAILED);
      } else if (!exists(partition)) {
        refused.put(partition, Errors.UNKNOWN_TOPIC_OR_PARTITION);
      }
    }
    return refused;
  }

  private boolean exists(TopicPartition partition) {
    return topics
        .find(partition.topic())
        .filter(topic -> partition.partition() >= 0 && partition.partition() < topic.partitions())
        .isPresent();
  }

  private Map<TopicPartition, Errors> verify(
      String id, ProducerIdentity producer, Set<TopicPartition> partitions) {
    Map<TopicPartition, Errors> verified = new HashMap<>();
    for (TopicPartition partition : partitions) {
      verified.put(partition, coordinator.verify(id, producer, Set.of(partition)));
    }
    return verified;
  }

  private static CompletableFuture<Map<TopicPartition, Errors>> done(
      Set<TopicPartition> partitions, Errors error) {
    return CompletableFuture.completedFuture(all(partitions, error));
  }

  private static Map<TopicPartition, Errors> all(Set<TopicPartition> partitions, Errors error) {
    Map<TopicPartition, Errors> errors = new HashMap<>();
    partitions.forEach(partition -> errors.put(partition, error));
    return errors;
  }
}
