package dev.sluice.broker.kafka.data;

import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import dev.sluice.broker.kafka.KafkaErrors;
import dev.sluice.log.partition.Isolation;
import dev.sluice.log.partition.PartitionLog;
import dev.sluice.log.partition.TimestampedOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsPartition;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsTopic;
import org.apache.kafka.common.message.ListOffsetsResponseData;
import org.apache.kafka.common.message.ListOffsetsResponseData.ListOffsetsPartitionResponse;
import org.apache.kafka.common.message.ListOffsetsResponseData.ListOffsetsTopicResponse;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.ListOffsetsRequest;
import org.apache.kafka.common.requests.ListOffsetsResponse;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Finds offsets by time, and by the special times that stand for start, end and largest time
 * (KIP-79, KIP-734). Nothing is tiered here: what asks for a tier gets the local answer or none.
 */
final class ListOffsetsHandler implements BlockingHandler<ListOffsetsRequest> {

  private static final short FIRST_WITH_EPOCH = 4;

  private final TopicPartitions topics;

  ListOffsetsHandler(TopicPartitions topics) {
    this.topics = topics;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.LIST_OFFSETS;
  }

  @Override
  public AbstractResponse handle(ListOffsetsRequest request, Call call) {
    boolean isCommitted =
        Isolations.of(request.data().isolationLevel()) == Isolation.READ_COMMITTED;
    List<ListOffsetsTopicResponse> answers = new ArrayList<>();
    for (ListOffsetsTopic topic : request.topics()) {
      ListOffsetsTopicResponse answer = new ListOffsetsTopicResponse().setName(topic.name());
      boolean isAllowed = call.allows(AclOperation.DESCRIBE, ResourceType.TOPIC, topic.name());
      Set<Integer> asked = new HashSet<>();
      for (ListOffsetsPartition partition : topic.partitions()) {
        ListOffsetsPartitionResponse response =
            new ListOffsetsPartitionResponse().setPartitionIndex(partition.partitionIndex());
        if (!isAllowed) {
          refuse(response, Errors.TOPIC_AUTHORIZATION_FAILED);
        } else if (!asked.add(partition.partitionIndex())) {
          refuse(response, Errors.INVALID_REQUEST);
        } else {
          answer(topic.name(), partition, isCommitted, call.version(), response);
        }
        boolean unused = answer.partitions().add(response);
      }
      answers.add(answer);
    }
    return new ListOffsetsResponse(new ListOffsetsResponseData().setTopics(answers));
  }

  private void answer(
      String topic,
      ListOffsetsPartition asked,
      boolean isCommitted,
      short version,
      ListOffsetsPartitionResponse response) {
    try {
      PartitionLog log = topics.log(topic, asked.partitionIndex());
      Errors fenced = LeaderEpochCheck.check(log, asked.currentLeaderEpoch());
      if (fenced != Errors.NONE) {
        refuse(response, fenced);
        return;
      }
      long end = isCommitted ? log.transactions().lastStableOffset() : log.highWatermark();
      Optional<TimestampedOffset> found =
          find(log, asked.timestamp(), end).filter(place -> place.offset() <= end);
      ListOffsetsPartitionResponse unused =
          response
              .setOffset(
                  found.map(TimestampedOffset::offset).orElse(ListOffsetsResponse.UNKNOWN_OFFSET))
              .setTimestamp(
                  found
                      .map(TimestampedOffset::timestampMillis)
                      .orElse(ListOffsetsResponse.UNKNOWN_TIMESTAMP))
              .setLeaderEpoch(
                  found.isPresent() && version >= FIRST_WITH_EPOCH
                      ? log.replica().leaderEpoch()
                      : ListOffsetsResponse.UNKNOWN_EPOCH);
    } catch (RuntimeException e) {
      refuse(response, KafkaErrors.of(e));
    }
  }

  private static Optional<TimestampedOffset> find(PartitionLog log, long timestamp, long end) {
    if (timestamp == ListOffsetsRequest.LATEST_TIMESTAMP) {
      return place(end);
    }
    if (timestamp == ListOffsetsRequest.EARLIEST_TIMESTAMP
        || timestamp == ListOffsetsRequest.EARLIEST_LOCAL_TIMESTAMP) {
      return place(log.logStartOffset());
    }
    if (timestamp == ListOffsetsRequest.MAX_TIMESTAMP) {
      return log.maxTimestamp();
    }
    if (timestamp == ListOffsetsRequest.LATEST_TIERED_TIMESTAMP) {
      return Optional.empty();
    }
    if (timestamp < 0) {
      throw Errors.UNSUPPORTED_VERSION.exception("No offset is known for the time " + timestamp);
    }
    return log.offsetForTimestamp(timestamp).filter(found -> found.offset() < end);
  }

  private static Optional<TimestampedOffset> place(long offset) {
    return Optional.of(new TimestampedOffset(offset, ListOffsetsResponse.UNKNOWN_TIMESTAMP));
  }

  private static void refuse(ListOffsetsPartitionResponse response, Errors error) {
    ListOffsetsPartitionResponse unused =
        response
            .setErrorCode(error.code())
            .setOffset(ListOffsetsResponse.UNKNOWN_OFFSET)
            .setTimestamp(ListOffsetsResponse.UNKNOWN_TIMESTAMP);
  }
}
