package dev.sluice.broker.kafka.admin;

import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import dev.sluice.broker.topic.TopicCatalog;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.message.ElectLeadersRequestData.TopicPartitions;
import org.apache.kafka.common.message.ElectLeadersResponseData.PartitionResult;
import org.apache.kafka.common.message.ElectLeadersResponseData.ReplicaElectionResult;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.ApiError;
import org.apache.kafka.common.requests.ElectLeadersRequest;
import org.apache.kafka.common.requests.ElectLeadersResponse;

/** ElectLeaders: every partition is led by the one broker that has it. */
final class ElectLeadersHandler implements BlockingHandler<ElectLeadersRequest> {

  private final TopicCatalog topics;

  ElectLeadersHandler(TopicCatalog topics) {
    this.topics = topics;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.ELECT_LEADERS;
  }

  @Override
  public AbstractResponse handle(ElectLeadersRequest request, Call call) {
    call.requireCluster(AclOperation.ALTER);
    List<ReplicaElectionResult> results = new ArrayList<>();
    if (request.data().topicPartitions() != null) { // Of all, those that need none are not named.
      for (TopicPartitions topic : request.data().topicPartitions()) {
        ReplicaElectionResult result = new ReplicaElectionResult().setTopic(topic.topic());
        topic.partitions().forEach(it -> result.partitionResult().add(elect(topic.topic(), it)));
        results.add(result);
      }
    }
    return new ElectLeadersResponse(0, Errors.NONE.code(), results, request.version());
  }

  private PartitionResult elect(String topic, int partition) {
    ApiError error =
        topics.isThere(topic, partition)
            ? new ApiError(Errors.ELECTION_NOT_NEEDED)
            : new ApiError(Errors.UNKNOWN_TOPIC_OR_PARTITION);
    return new PartitionResult()
        .setPartitionId(partition)
        .setErrorCode(error.error().code())
        .setErrorMessage(error.messageWithFallback());
  }
}
