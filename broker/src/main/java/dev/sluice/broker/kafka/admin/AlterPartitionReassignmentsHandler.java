package dev.sluice.broker.kafka.admin;

import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import dev.sluice.broker.topic.TopicCatalog;
import dev.sluice.broker.topic.TopicException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.NoReassignmentInProgressException;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData.ReassignablePartition;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData.ReassignableTopic;
import org.apache.kafka.common.message.AlterPartitionReassignmentsResponseData;
import org.apache.kafka.common.message.AlterPartitionReassignmentsResponseData.ReassignablePartitionResponse;
import org.apache.kafka.common.message.AlterPartitionReassignmentsResponseData.ReassignableTopicResponse;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.AlterPartitionReassignmentsRequest;
import org.apache.kafka.common.requests.AlterPartitionReassignmentsResponse;
import org.apache.kafka.common.requests.ApiError;

/** AlterPartitionReassignments: a partition is where it is; asking for that is fine. */
final class AlterPartitionReassignmentsHandler
    implements BlockingHandler<AlterPartitionReassignmentsRequest> {

  private final TopicCatalog topics;

  AlterPartitionReassignmentsHandler(TopicCatalog topics) {
    this.topics = topics;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.ALTER_PARTITION_REASSIGNMENTS;
  }

  @Override
  public AbstractResponse handle(AlterPartitionReassignmentsRequest request, Call call) {
    call.requireCluster(AclOperation.ALTER);
    AlterPartitionReassignmentsResponseData answer = new AlterPartitionReassignmentsResponseData();
    for (ReassignableTopic topic : request.data().topics()) {
      ReassignableTopicResponse result = new ReassignableTopicResponse().setName(topic.name());
      for (ReassignablePartition partition : topic.partitions()) {
        ApiError error = AdminErrors.attempt(() -> reassign(topic.name(), partition));
        result
            .partitions()
            .add(
                new ReassignablePartitionResponse()
                    .setPartitionIndex(partition.partitionIndex())
                    .setErrorCode(error.error().code())
                    .setErrorMessage(error.message()));
      }
      answer.responses().add(result);
    }
    return new AlterPartitionReassignmentsResponse(answer);
  }

  private void reassign(String topic, ReassignablePartition wanted) {
    if (!topics.isThere(topic, wanted.partitionIndex())) {
      throw TopicException.unknown(topic, wanted.partitionIndex());
    }
    if (wanted.replicas() == null) {
      throw new NoReassignmentInProgressException("No reassignment is under way.");
    }
    Assignments.check(wanted.replicas());
  }
}
