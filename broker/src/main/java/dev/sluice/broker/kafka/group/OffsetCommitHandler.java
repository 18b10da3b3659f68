package dev.sluice.broker.kafka.group;

import dev.sluice.broker.group.GroupService;
import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestPartition;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestTopic;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.OffsetCommitRequest;
import org.apache.kafka.common.requests.OffsetCommitResponse;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.utils.BufferSupplier;

/**
 * Commits offsets. What is stored names the topic's id too, also where the client only knows its
 * name: so that an offset of a deleted topic never counts for a later one of that name.
 */
final class OffsetCommitHandler implements BlockingHandler<OffsetCommitRequest> {

  private final GroupService groups;
  private final KnownTopics topics;

  OffsetCommitHandler(GroupService groups, KnownTopics topics) {
    this.groups = groups;
    this.topics = topics;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.OFFSET_COMMIT;
  }

  @Override
  public AbstractResponse handle(OffsetCommitRequest request, Call call) {
    OffsetCommitRequestData asked = request.data();
    call.require(AclOperation.READ, ResourceType.GROUP, asked.groupId());
    boolean useTopicIds = OffsetCommitResponse.useTopicIds(call.version());
    OffsetCommitResponse.Builder response = OffsetCommitResponse.newBuilder(useTopicIds);
    List<OffsetCommitRequestTopic> possible = new ArrayList<>();
    for (OffsetCommitRequestTopic topic : asked.topics()) {
      identify(topic, useTopicIds);
      Errors error = check(topic, call);
      if (error == Errors.NONE) {
        addPartitions(topic, possible, response);
      } else {
        response.addPartitions(
            topic.topicId(),
            topic.name(),
            topic.partitions(),
            OffsetCommitRequestPartition::partitionIndex,
            error);
      }
    }
    if (possible.isEmpty()) {
      return response.build();
    }
    OffsetCommitRequestData commit = asked.duplicate().setTopics(possible);
    return response
        .merge(
            call.await(
                groups
                    .coordinator()
                    .commitOffsets(call.context(), commit, BufferSupplier.NO_CACHING)))
        .build();
  }

  private void identify(OffsetCommitRequestTopic topic, boolean useTopicIds) {
    if (!useTopicIds) {
      topic.setTopicId(topics.id(topic.name()));
    } else if (!topic.topicId().equals(Uuid.ZERO_UUID)) {
      topics.name(topic.topicId()).ifPresent(topic::setName);
    }
  }

  private Errors check(OffsetCommitRequestTopic topic, Call call) {
    return topic.name().isEmpty() ? Errors.UNKNOWN_TOPIC_ID : topics.check(topic.name(), call);
  }

  private void addPartitions(
      OffsetCommitRequestTopic topic,
      List<OffsetCommitRequestTopic> possible,
      OffsetCommitResponse.Builder response) {
    List<OffsetCommitRequestPartition> existing =
        topics.existing(
            topic.name(),
            topic.partitions(),
            OffsetCommitRequestPartition::partitionIndex,
            missing ->
                response.addPartition(
                    topic.topicId(), topic.name(), missing, Errors.UNKNOWN_TOPIC_OR_PARTITION));
    if (!existing.isEmpty()) {
      possible.add(topic.duplicate().setPartitions(existing));
    }
  }
}
