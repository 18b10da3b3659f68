package dev.sluice.broker.kafka.group;

import dev.sluice.broker.group.GroupService;
import dev.sluice.broker.kafka.AdminChanges.Change;
import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.message.OffsetDeleteRequestData;
import org.apache.kafka.common.message.OffsetDeleteRequestData.OffsetDeleteRequestPartition;
import org.apache.kafka.common.message.OffsetDeleteRequestData.OffsetDeleteRequestTopic;
import org.apache.kafka.common.message.OffsetDeleteRequestData.OffsetDeleteRequestTopicCollection;
import org.apache.kafka.common.message.OffsetDeleteResponseData;
import org.apache.kafka.common.message.OffsetDeleteResponseData.OffsetDeleteResponsePartition;
import org.apache.kafka.common.message.OffsetDeleteResponseData.OffsetDeleteResponseTopic;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.OffsetDeleteRequest;
import org.apache.kafka.common.requests.OffsetDeleteResponse;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.utils.BufferSupplier;

/** Deletes offsets of a group in topics that its members don't read (KIP-496). */
final class OffsetDeleteHandler implements BlockingHandler<OffsetDeleteRequest> {

  private final GroupService groups;
  private final KnownTopics topics;

  OffsetDeleteHandler(GroupService groups, KnownTopics topics) {
    this.groups = groups;
    this.topics = topics;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.OFFSET_DELETE;
  }

  @Override
  public AbstractResponse handle(OffsetDeleteRequest request, Call call) {
    OffsetDeleteRequestData asked = request.data();
    call.require(AclOperation.DELETE, ResourceType.GROUP, asked.groupId());
    OffsetDeleteResponse.Builder response = new OffsetDeleteResponse.Builder();
    OffsetDeleteRequestTopicCollection possible = new OffsetDeleteRequestTopicCollection();
    for (OffsetDeleteRequestTopic topic : asked.topics()) {
      Errors error = topics.check(topic.name(), call);
      if (error == Errors.NONE) {
        addPartitions(topic, possible, response);
      } else {
        response.addPartitions(
            topic.name(), topic.partitions(), OffsetDeleteRequestPartition::partitionIndex, error);
      }
    }
    OffsetDeleteRequestData delete =
        new OffsetDeleteRequestData().setGroupId(asked.groupId()).setTopics(possible);
    OffsetDeleteResponseData deleted =
        call.await(
            groups.coordinator().deleteOffsets(call.context(), delete, BufferSupplier.NO_CACHING));
    report(asked.groupId(), deleted, call);
    return response.merge(deleted).build();
  }

  private static void report(String group, OffsetDeleteResponseData answer, Call call) {
    List<String> deleted = new ArrayList<>();
    for (OffsetDeleteResponseTopic topic : answer.topics()) {
      for (OffsetDeleteResponsePartition partition : topic.partitions()) {
        if (partition.errorCode() == Errors.NONE.code()) {
          deleted.add(topic.name() + "-" + partition.partitionIndex());
        }
      }
    }
    if (!deleted.isEmpty()) {
      call.made(Change.POSITIONS_DELETED, group, deleted);
    }
  }

  private void addPartitions(
      OffsetDeleteRequestTopic topic,
      OffsetDeleteRequestTopicCollection possible,
      OffsetDeleteResponse.Builder response) {
    List<OffsetDeleteRequestPartition> existing =
        topics.existing(
            topic.name(),
            topic.partitions(),
            OffsetDeleteRequestPartition::partitionIndex,
            missing ->
                response.addPartition(topic.name(), missing, Errors.UNKNOWN_TOPIC_OR_PARTITION));
    if (!existing.isEmpty()) {
      possible.mustAdd(topic.duplicate().setPartitions(existing));
    }
  }
}
