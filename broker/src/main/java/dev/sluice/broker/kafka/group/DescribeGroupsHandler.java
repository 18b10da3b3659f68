package dev.sluice.broker.kafka.group;

import dev.sluice.broker.group.GroupService;
import dev.sluice.broker.kafka.AuthorizedOperations;
import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.message.DescribeGroupsRequestData;
import org.apache.kafka.common.message.DescribeGroupsResponseData;
import org.apache.kafka.common.message.DescribeGroupsResponseData.DescribedGroup;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.DescribeGroupsRequest;
import org.apache.kafka.common.requests.DescribeGroupsResponse;
import org.apache.kafka.common.resource.ResourceType;

/** Describes classic groups and their members. */
final class DescribeGroupsHandler implements BlockingHandler<DescribeGroupsRequest> {

  private static final short FIRST_WITH_OPERATIONS = 3;

  private final GroupService groups;

  DescribeGroupsHandler(GroupService groups) {
    this.groups = groups;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.DESCRIBE_GROUPS;
  }

  @Override
  public AbstractResponse handle(DescribeGroupsRequest request, Call call) {
    DescribeGroupsRequestData asked = request.data();
    List<DescribedGroup> described = new ArrayList<>();
    List<String> visible = new ArrayList<>();
    for (String group : new LinkedHashSet<>(asked.groups())) {
      if (call.allows(AclOperation.DESCRIBE, ResourceType.GROUP, group)) {
        visible.add(group);
      } else {
        described.add(DescribeGroupsResponse.groupError(group, Errors.GROUP_AUTHORIZATION_FAILED));
      }
    }
    described.addAll(call.await(groups.coordinator().describeGroups(call.context(), visible)));
    if (call.version() >= FIRST_WITH_OPERATIONS && asked.includeAuthorizedOperations()) {
      for (DescribedGroup group : described) {
        if (group.errorCode() == Errors.NONE.code()) {
          group.setAuthorizedOperations(
              AuthorizedOperations.of(call, ResourceType.GROUP, group.groupId()));
        }
      }
    }
    return new DescribeGroupsResponse(new DescribeGroupsResponseData().setGroups(described));
  }
}
