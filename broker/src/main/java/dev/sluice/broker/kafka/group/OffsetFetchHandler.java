package dev.sluice.broker.kafka.group;

import dev.sluice.broker.group.GroupService;
import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import dev.sluice.broker.kafka.KafkaErrors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestGroup;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestTopics;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponseGroup;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponsePartitions;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponseTopics;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.OffsetFetchRequest;
import org.apache.kafka.common.requests.OffsetFetchResponse;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Tells the committed offsets of groups: of named partitions, or all that the client may know of.
 */
final class OffsetFetchHandler implements BlockingHandler<OffsetFetchRequest> {

  private static final long NO_OFFSET = -1;

  private final GroupService groups;
  private final KnownTopics topics;

  OffsetFetchHandler(GroupService groups, KnownTopics topics) {
    this.groups = groups;
    this.topics = topics;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.OFFSET_FETCH;
  }

  @Override
  public AbstractResponse handle(OffsetFetchRequest request, Call call) {
    List<OffsetFetchResponseGroup> answers = new ArrayList<>();
    Set<String> whole = new HashSet<>();
    for (OffsetFetchRequestGroup group : request.groups()) {
      boolean isRepeated = group.topics() == null && !whole.add(group.groupId());
      answers.add(
          isRepeated // All offsets of one group many times: an answer could be of any size.
              ? OffsetFetchResponse.groupError(group, Errors.INVALID_REQUEST, call.version())
              : answer(group, request.requireStable(), call));
    }
    return new OffsetFetchResponse.Builder(answers).build(call.version());
  }

  private OffsetFetchResponseGroup answer(
      OffsetFetchRequestGroup group, boolean requireStable, Call call) {
    try {
      call.require(AclOperation.DESCRIBE, ResourceType.GROUP, group.groupId());
      return group.topics() == null
          ? fetchAll(group, requireStable, call)
          : fetchNamed(group, requireStable, call);
    } catch (DisconnectException gone) {
      throw gone;
    } catch (ApiException failure) {
      return OffsetFetchResponse.groupError(group, KafkaErrors.of(failure), call.version());
    }
  }

  private OffsetFetchResponseGroup fetchAll(
      OffsetFetchRequestGroup group, boolean requireStable, Call call) {
    OffsetFetchResponseGroup answer =
        call.await(groups.coordinator().fetchAllOffsets(call.context(), group, requireStable));
    if (answer.errorCode() != Errors.NONE.code()) {
      return answer;
    }
    boolean useTopicIds = OffsetFetchRequest.useTopicIds(call.version());
    List<OffsetFetchResponseTopics> visible = new ArrayList<>();
    for (OffsetFetchResponseTopics topic : answer.topics()) {
      if (call.allows(AclOperation.DESCRIBE, ResourceType.TOPIC, topic.name())) {
        if (topic.topicId().equals(Uuid.ZERO_UUID)) {
          topic.setTopicId(topics.id(topic.name()));
        }
        if (!useTopicIds || !topic.topicId().equals(Uuid.ZERO_UUID)) {
          visible.add(topic);
        }
      }
    }
    return answer.setTopics(visible);
  }

  private OffsetFetchResponseGroup fetchNamed(
      OffsetFetchRequestGroup group, boolean requireStable, Call call) {
    List<OffsetFetchRequestTopics> possible = new ArrayList<>();
    List<OffsetFetchResponseTopics> refused = new ArrayList<>();
    boolean useTopicIds = OffsetFetchRequest.useTopicIds(call.version());
    for (OffsetFetchRequestTopics topic : group.topics()) {
      identify(topic, useTopicIds);
      if (topic.name().isEmpty()) {
        refused.add(refuse(topic, Errors.UNKNOWN_TOPIC_ID));
      } else if (!call.allows(AclOperation.DESCRIBE, ResourceType.TOPIC, topic.name())) {
        refused.add(refuse(topic, Errors.TOPIC_AUTHORIZATION_FAILED));
      } else {
        possible.add(topic);
      }
    }
    CompletableFuture<OffsetFetchResponseGroup> asked =
        groups
            .coordinator()
            .fetchOffsets(call.context(), group.duplicate().setTopics(possible), requireStable);
    OffsetFetchResponseGroup answer = call.await(asked);
    if (answer.errorCode() != Errors.NONE.code()) {
      return answer;
    }
    List<OffsetFetchResponseTopics> all = new ArrayList<>(answer.topics());
    all.addAll(refused);
    return answer.setTopics(all);
  }

  private void identify(OffsetFetchRequestTopics topic, boolean useTopicIds) {
    if (!useTopicIds) {
      topic.setTopicId(topics.id(topic.name()));
    } else if (!topic.topicId().equals(Uuid.ZERO_UUID)) {
      topics.name(topic.topicId()).ifPresent(topic::setName);
    }
  }

  private static OffsetFetchResponseTopics refuse(OffsetFetchRequestTopics topic, Errors error) {
    return new OffsetFetchResponseTopics()
        .setTopicId(topic.topicId())
        .setName(topic.name())
        .setPartitions(
            topic.partitionIndexes().stream()
                .map(
                    partition ->
                        new OffsetFetchResponsePartitions()
                            .setPartitionIndex(partition)
                            .setCommittedOffset(NO_OFFSET)
                            .setErrorCode(error.code()))
                .toList());
  }
}
