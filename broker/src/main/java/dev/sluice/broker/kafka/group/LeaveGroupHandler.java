package dev.sluice.broker.kafka.group;

import dev.sluice.broker.group.GroupService;
import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.LeaveGroupRequest;
import org.apache.kafka.common.requests.LeaveGroupResponse;
import org.apache.kafka.common.resource.ResourceType;

/** Members leave a group: one in old versions, several at a time in newer ones (KIP-345). */
final class LeaveGroupHandler implements BlockingHandler<LeaveGroupRequest> {

  private final GroupService groups;

  LeaveGroupHandler(GroupService groups) {
    this.groups = groups;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.LEAVE_GROUP;
  }

  @Override
  public AbstractResponse handle(LeaveGroupRequest request, Call call) {
    call.require(AclOperation.READ, ResourceType.GROUP, request.data().groupId());
    return new LeaveGroupResponse(
        call.await(groups.coordinator().leaveGroup(call.context(), request.normalizedData())),
        call.version());
  }
}
