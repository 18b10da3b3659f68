package dev.sluice.broker.kafka.group;

import dev.sluice.broker.group.GroupService;
import dev.sluice.broker.kafka.AuthorizedOperations;
import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.message.ConsumerGroupDescribeResponseData;
import org.apache.kafka.common.message.ConsumerGroupDescribeResponseData.DescribedGroup;
import org.apache.kafka.common.message.ConsumerGroupDescribeResponseData.TopicPartitions;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.ConsumerGroupDescribeRequest;
import org.apache.kafka.common.requests.ConsumerGroupDescribeResponse;
import org.apache.kafka.common.resource.ResourceType;

/** Describes groups of the new protocol and their members (KIP-848). */
final class ConsumerGroupDescribeHandler implements BlockingHandler<ConsumerGroupDescribeRequest> {

  private final GroupService groups;

  ConsumerGroupDescribeHandler(GroupService groups) {
    this.groups = groups;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.CONSUMER_GROUP_DESCRIBE;
  }

  @Override
  public AbstractResponse handle(ConsumerGroupDescribeRequest request, Call call) {
    List<DescribedGroup> described = new ArrayList<>();
    List<String> visible = new ArrayList<>();
    for (String group : new LinkedHashSet<>(request.data().groupIds())) {
      if (call.allows(AclOperation.DESCRIBE, ResourceType.GROUP, group)) {
        visible.add(group);
      } else {
        described.add(error(group, Errors.GROUP_AUTHORIZATION_FAILED));
      }
    }
    boolean withOperations = request.data().includeAuthorizedOperations();
    for (DescribedGroup group :
        call.await(groups.coordinator().consumerGroupDescribe(call.context(), visible))) {
      if (withOperations && group.errorCode() == Errors.NONE.code()) {
        group.setAuthorizedOperations(
            AuthorizedOperations.of(call, ResourceType.GROUP, group.groupId()));
      }
      described.add(
          mayBeSeen(group, call)
              ? group
              : error(group.groupId(), Errors.TOPIC_AUTHORIZATION_FAILED)
                  .setErrorMessage("The group has topics that the client may not describe."));
    }
    return new ConsumerGroupDescribeResponse(
        new ConsumerGroupDescribeResponseData().setGroups(described));
  }

  private static boolean mayBeSeen(DescribedGroup group, Call call) {
    return group.members().stream()
        .flatMap(member -> Stream.of(member.assignment(), member.targetAssignment()))
        .flatMap(assignment -> assignment.topicPartitions().stream())
        .map(TopicPartitions::topicName)
        .distinct()
        .allMatch(topic -> call.allows(AclOperation.DESCRIBE, ResourceType.TOPIC, topic));
  }

  private static DescribedGroup error(String group, Errors error) {
    return new DescribedGroup().setGroupId(group).setErrorCode(error.code());
  }
}
