package dev.sluice.broker.kafka.admin;

import dev.sluice.broker.Broker;
import dev.sluice.broker.config.TopicSettingsMapping;
import dev.sluice.broker.kafka.AdminChanges.Change;
import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import dev.sluice.broker.kafka.KafkaErrors;
import dev.sluice.broker.metadata.TopicConfig;
import dev.sluice.broker.topic.TopicCatalog;
import dev.sluice.log.partition.PartitionLog;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.OffsetOutOfRangeException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.message.DeleteRecordsRequestData.DeleteRecordsPartition;
import org.apache.kafka.common.message.DeleteRecordsRequestData.DeleteRecordsTopic;
import org.apache.kafka.common.message.DeleteRecordsResponseData;
import org.apache.kafka.common.message.DeleteRecordsResponseData.DeleteRecordsPartitionResult;
import org.apache.kafka.common.message.DeleteRecordsResponseData.DeleteRecordsTopicResult;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.DeleteRecordsRequest;
import org.apache.kafka.common.requests.DeleteRecordsResponse;
import org.apache.kafka.common.resource.ResourceType;

/** DeleteRecords: moves the log start of partitions; whole segments before it free their space. */
final class DeleteRecordsHandler implements BlockingHandler<DeleteRecordsRequest> {

  private final Broker broker;

  DeleteRecordsHandler(Broker broker) {
    this.broker = broker;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.DELETE_RECORDS;
  }

  @Override
  public AbstractResponse handle(DeleteRecordsRequest request, Call call) {
    DeleteRecordsResponseData answer = new DeleteRecordsResponseData();
    for (DeleteRecordsTopic topic : request.data().topics()) {
      DeleteRecordsTopicResult result = new DeleteRecordsTopicResult().setName(topic.name());
      boolean mayDelete = call.allows(AclOperation.DELETE, ResourceType.TOPIC, topic.name());
      for (DeleteRecordsPartition partition : topic.partitions()) {
        boolean unused =
            result
                .partitions()
                .add(
                    mayDelete
                        ? delete(topic.name(), partition, call)
                        : failed(partition, Errors.TOPIC_AUTHORIZATION_FAILED));
      }
      boolean unused = answer.topics().add(result);
    }
    return new DeleteRecordsResponse(answer);
  }

  private DeleteRecordsPartitionResult delete(
      String topic, DeleteRecordsPartition wanted, Call call) {
    try {
      long start = delete(topic, wanted.partitionIndex(), wanted.offset());
      call.made(Change.RECORDS_DELETED, topic);
      return new DeleteRecordsPartitionResult()
          .setPartitionIndex(wanted.partitionIndex())
          .setLowWatermark(start);
    } catch (RuntimeException failure) {
      return failed(wanted, KafkaErrors.of(failure));
    }
  }

  private long delete(String topic, int partition, long offset) {
    PartitionLog log = broker.partition(topic, partition);
    if (TopicCatalog.isInternal(topic)) {
      throw new InvalidTopicException("Topic '" + topic + "' is the server's own.");
    }
    broker.topics().find(topic).ifPresent(found -> requireDeletion(topic, found.config()));
    if (offset < 0 && offset != DeleteRecordsRequest.HIGH_WATERMARK) {
      throw new OffsetOutOfRangeException("There is no offset " + offset + ".");
    }
    log.deleteBefore(offset == DeleteRecordsRequest.HIGH_WATERMARK ? log.highWatermark() : offset);
    return log.logStartOffset();
  }

  private static void requireDeletion(String topic, TopicConfig config) {
    if (!TopicSettingsMapping.allowsDeletion(config)) {
      throw new PolicyViolationException(
          "The cleanup.policy of topic '" + topic + "' has no 'delete' in it.");
    }
  }

  private static DeleteRecordsPartitionResult failed(DeleteRecordsPartition wanted, Errors error) {
    return new DeleteRecordsPartitionResult()
        .setPartitionIndex(wanted.partitionIndex())
        .setLowWatermark(DeleteRecordsResponse.INVALID_LOW_WATERMARK)
        .setErrorCode(error.code());
  }
}
