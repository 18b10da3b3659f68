package dev.sluice.broker.kafka.transaction;

import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import dev.sluice.broker.kafka.KafkaErrors;
import dev.sluice.broker.transaction.Transaction;
import dev.sluice.broker.transaction.TransactionCoordinator;
import java.util.LinkedHashSet;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.message.DescribeTransactionsResponseData;
import org.apache.kafka.common.message.DescribeTransactionsResponseData.TopicData;
import org.apache.kafka.common.message.DescribeTransactionsResponseData.TopicDataCollection;
import org.apache.kafka.common.message.DescribeTransactionsResponseData.TransactionState;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.DescribeTransactionsRequest;
import org.apache.kafka.common.requests.DescribeTransactionsResponse;
import org.apache.kafka.common.resource.ResourceType;

/** Tells what is known of transactional ids (KIP-664). */
final class DescribeTransactionsHandler implements BlockingHandler<DescribeTransactionsRequest> {

  private final TransactionCoordinator coordinator;

  DescribeTransactionsHandler(TransactionCoordinator coordinator) {
    this.coordinator = coordinator;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.DESCRIBE_TRANSACTIONS;
  }

  @Override
  public AbstractResponse handle(DescribeTransactionsRequest request, Call call) {
    DescribeTransactionsResponseData data = new DescribeTransactionsResponseData();
    for (String id : new LinkedHashSet<>(request.data().transactionalIds())) {
      TransactionState answer = answer(id, call).setTransactionalId(id);
      boolean unused = data.transactionStates().add(answer);
    }
    return new DescribeTransactionsResponse(data);
  }

  private TransactionState answer(String id, Call call) {
    if (!call.allows(AclOperation.DESCRIBE, ResourceType.TRANSACTIONAL_ID, id)) {
      return new TransactionState()
          .setErrorCode(Errors.TRANSACTIONAL_ID_AUTHORIZATION_FAILED.code());
    }
    try {
      return describe(coordinator.describe(id), call);
    } catch (ApiException refused) {
      return new TransactionState().setErrorCode(KafkaErrors.of(refused).code());
    }
  }

  private static TransactionState describe(Transaction transaction, Call call) {
    TopicDataCollection topics = new TopicDataCollection();
    for (TopicPartition partition : transaction.partitions()) {
      TopicData topic = topics.find(partition.topic());
      if (topic == null) {
        topic = new TopicData().setTopic(partition.topic());
        boolean unused = topics.add(topic);
      }
      boolean unused = topic.partitions().add(partition.partition());
    }
    boolean unused =
        topics.removeIf(
            topic -> !call.wouldAllow(AclOperation.DESCRIBE, ResourceType.TOPIC, topic.topic()));
    return new TransactionState()
        .setTransactionState(transaction.state().stateName())
        .setProducerId(transaction.producer().id())
        .setProducerEpoch(transaction.producer().epoch())
        .setTransactionTimeoutMs(transaction.timeoutMillis())
        .setTransactionStartTimeMs(transaction.startedMillis())
        .setTopics(topics);
  }
}
