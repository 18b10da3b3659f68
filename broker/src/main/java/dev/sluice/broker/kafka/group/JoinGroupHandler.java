package dev.sluice.broker.kafka.group;

import dev.sluice.broker.group.GroupService;
import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.JoinGroupRequest;
import org.apache.kafka.common.requests.JoinGroupResponse;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.utils.BufferSupplier;

/** A member joins a classic group; answered when the others have come too. */
final class JoinGroupHandler implements BlockingHandler<JoinGroupRequest> {

  private final GroupService groups;

  JoinGroupHandler(GroupService groups) {
    this.groups = groups;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.JOIN_GROUP;
  }

  @Override
  public AbstractResponse handle(JoinGroupRequest request, Call call) {
    call.require(AclOperation.READ, ResourceType.GROUP, request.data().groupId());
    return new JoinGroupResponse(
        call.await(
            groups
                .coordinator()
                .joinGroup(call.context(), request.data(), BufferSupplier.NO_CACHING)),
        call.version());
  }
}
