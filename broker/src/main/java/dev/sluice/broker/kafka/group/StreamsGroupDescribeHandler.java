package dev.sluice.broker.kafka.group;

import dev.sluice.broker.group.GroupService;
import dev.sluice.broker.kafka.AuthorizedOperations;
import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.message.StreamsGroupDescribeResponseData;
import org.apache.kafka.common.message.StreamsGroupDescribeResponseData.DescribedGroup;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.StreamsGroupDescribeRequest;
import org.apache.kafka.common.requests.StreamsGroupDescribeResponse;
import org.apache.kafka.common.resource.ResourceType;

/** Describes the groups of Kafka Streams applications: topology, members and tasks (KIP-1071). */
final class StreamsGroupDescribeHandler implements BlockingHandler<StreamsGroupDescribeRequest> {

  private final GroupService groups;

  StreamsGroupDescribeHandler(GroupService groups) {
    this.groups = groups;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.STREAMS_GROUP_DESCRIBE;
  }

  @Override
  public AbstractResponse handle(StreamsGroupDescribeRequest request, Call call) {
    Set<String> visible =
        call.allowed(AclOperation.DESCRIBE, ResourceType.GROUP, request.data().groupIds());
    List<DescribedGroup> described = new ArrayList<>();
    for (String group : new LinkedHashSet<>(request.data().groupIds())) {
      if (!visible.contains(group)) {
        described.add(error(group, Errors.GROUP_AUTHORIZATION_FAILED));
      }
    }
    var found =
        call.await(groups.coordinator().streamsGroupDescribe(call.context(), List.copyOf(visible)));
    for (DescribedGroup group : found) {
      if (!mayBeSeen(group, call)) {
        described.add(
            error(group.groupId(), Errors.TOPIC_AUTHORIZATION_FAILED)
                .setErrorMessage("The group has topics that the client may not describe."));
        continue;
      }
      if (request.data().includeAuthorizedOperations() && group.errorCode() == Errors.NONE.code()) {
        group.setAuthorizedOperations(
            AuthorizedOperations.of(call, ResourceType.GROUP, group.groupId()));
      }
      described.add(group);
    }
    return new StreamsGroupDescribeResponse(
        new StreamsGroupDescribeResponseData().setGroups(described));
  }

  private static boolean mayBeSeen(DescribedGroup group, Call call) {
    if (group.topology() == null || group.topology().subtopologies() == null) {
      return true;
    }
    Set<String> topics = new HashSet<>();
    for (var part : group.topology().subtopologies()) {
      topics.addAll(part.sourceTopics());
      topics.addAll(part.repartitionSinkTopics());
      part.repartitionSourceTopics().forEach(topic -> topics.add(topic.name()));
      part.stateChangelogTopics().forEach(topic -> topics.add(topic.name()));
    }
    return topics.stream()
        .allMatch(topic -> call.allows(AclOperation.DESCRIBE, ResourceType.TOPIC, topic));
  }

  private static DescribedGroup error(String group, Errors error) {
    return new DescribedGroup().setGroupId(group).setErrorCode(error.code());
  }
}
