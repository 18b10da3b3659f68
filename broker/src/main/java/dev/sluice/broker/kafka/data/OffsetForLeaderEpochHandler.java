package dev.sluice.broker.kafka.data;

import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import dev.sluice.broker.kafka.KafkaErrors;
import dev.sluice.log.epoch.EpochEnd;
import dev.sluice.log.partition.PartitionLog;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData.OffsetForLeaderPartition;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData.OffsetForLeaderTopic;
import org.apache.kafka.common.message.OffsetForLeaderEpochResponseData;
import org.apache.kafka.common.message.OffsetForLeaderEpochResponseData.EpochEndOffset;
import org.apache.kafka.common.message.OffsetForLeaderEpochResponseData.OffsetForLeaderTopicResult;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.OffsetsForLeaderEpochRequest;
import org.apache.kafka.common.requests.OffsetsForLeaderEpochResponse;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Tells consumers whether what they have read is still there after a change of leader (KIP-320).
 */
final class OffsetForLeaderEpochHandler implements BlockingHandler<OffsetsForLeaderEpochRequest> {

  private final TopicPartitions topics;

  OffsetForLeaderEpochHandler(TopicPartitions topics) {
    this.topics = topics;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.OFFSET_FOR_LEADER_EPOCH;
  }

  @Override
  public AbstractResponse handle(OffsetsForLeaderEpochRequest request, Call call) {
    OffsetForLeaderEpochResponseData data = new OffsetForLeaderEpochResponseData();
    for (OffsetForLeaderTopic topic : request.data().topics()) {
      OffsetForLeaderTopicResult result = new OffsetForLeaderTopicResult().setTopic(topic.topic());
      boolean isAllowed = call.allows(AclOperation.DESCRIBE, ResourceType.TOPIC, topic.topic());
      for (OffsetForLeaderPartition partition : topic.partitions()) {
        boolean unused =
            result
                .partitions()
                .add(
                    isAllowed
                        ? answer(topic.topic(), partition)
                        : refusal(partition, Errors.TOPIC_AUTHORIZATION_FAILED));
      }
      boolean unused = data.topics().add(result);
    }
    return new OffsetsForLeaderEpochResponse(data);
  }

  private EpochEndOffset answer(String topic, OffsetForLeaderPartition asked) {
    try {
      PartitionLog log = topics.log(topic, asked.partition());
      Errors fenced = LeaderEpochCheck.check(log, asked.currentLeaderEpoch());
      if (fenced != Errors.NONE) {
        return refusal(asked, fenced);
      }
      EpochEnd end = log.replica().endOffsetFor(asked.leaderEpoch());
      return new EpochEndOffset()
          .setPartition(asked.partition())
          .setLeaderEpoch(end.epoch())
          .setEndOffset(end.endOffset());
    } catch (RuntimeException e) {
      return refusal(asked, KafkaErrors.of(e));
    }
  }

  private static EpochEndOffset refusal(OffsetForLeaderPartition asked, Errors error) {
    return new EpochEndOffset().setPartition(asked.partition()).setErrorCode(error.code());
  }
}
