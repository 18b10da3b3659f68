package dev.sluice.broker.kafka.transaction;

import dev.sluice.broker.Broker;
import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import dev.sluice.broker.kafka.KafkaErrors;
import dev.sluice.log.producer.ProducerState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.message.DescribeProducersRequestData.TopicRequest;
import org.apache.kafka.common.message.DescribeProducersResponseData;
import org.apache.kafka.common.message.DescribeProducersResponseData.PartitionResponse;
import org.apache.kafka.common.message.DescribeProducersResponseData.TopicResponse;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.DescribeProducersRequest;
import org.apache.kafka.common.requests.DescribeProducersResponse;
import org.apache.kafka.common.resource.ResourceType;

/** Tells which producers a partition knows, and where their open transactions begin (KIP-664). */
final class DescribeProducersHandler implements BlockingHandler<DescribeProducersRequest> {

  private final Broker broker;

  DescribeProducersHandler(Broker broker) {
    this.broker = broker;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.DESCRIBE_PRODUCERS;
  }

  @Override
  public AbstractResponse handle(DescribeProducersRequest request, Call call) {
    DescribeProducersResponseData data = new DescribeProducersResponseData();
    Set<TopicPartition> described = new HashSet<>();
    for (TopicRequest asked : request.data().topics()) {
      Errors refusal = refusal(asked.name(), call);
      List<PartitionResponse> partitions = new ArrayList<>();
      for (int partition : asked.partitionIndexes()) {
        if (described.add(new TopicPartition(asked.name(), partition))) {
          partitions.add(
              refusal == Errors.NONE
                  ? describe(asked.name(), partition)
                  : refused(partition, refusal));
        }
      }
      boolean unused =
          data.topics().add(new TopicResponse().setName(asked.name()).setPartitions(partitions));
    }
    return new DescribeProducersResponse(data);
  }

  private static Errors refusal(String topic, Call call) {
    try {
      Topic.validate(topic);
    } catch (InvalidTopicException invalid) {
      return Errors.INVALID_TOPIC_EXCEPTION;
    }
    return call.allows(AclOperation.READ, ResourceType.TOPIC, topic)
        ? Errors.NONE
        : Errors.TOPIC_AUTHORIZATION_FAILED;
  }

  private PartitionResponse describe(String topic, int partition) {
    try {
      List<DescribeProducersResponseData.ProducerState> producers = new ArrayList<>();
      for (ProducerState known : broker.partition(topic, partition).transactions().producers()) {
        producers.add(describe(known));
      }
      return new PartitionResponse().setPartitionIndex(partition).setActiveProducers(producers);
    } catch (RuntimeException failure) {
      return refused(partition, KafkaErrors.of(failure));
    }
  }

  private static DescribeProducersResponseData.ProducerState describe(ProducerState known) {
    return new DescribeProducersResponseData.ProducerState()
        .setProducerId(known.producerId())
        .setProducerEpoch(known.producerEpoch())
        .setLastSequence(known.lastSequence())
        .setLastTimestamp(known.lastTimestampMillis())
        .setCoordinatorEpoch(known.coordinatorEpoch())
        .setCurrentTxnStartOffset(known.transactionFirstOffset());
  }

  private static PartitionResponse refused(int partition, Errors error) {
    return new PartitionResponse()
        .setPartitionIndex(partition)
        .setErrorCode(error.code())
        .setErrorMessage(error.message());
  }
}
