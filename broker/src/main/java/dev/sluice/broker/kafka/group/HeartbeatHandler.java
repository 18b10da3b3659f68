package dev.sluice.broker.kafka.group;

import dev.sluice.broker.group.GroupService;
import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.HeartbeatRequest;
import org.apache.kafka.common.requests.HeartbeatResponse;
import org.apache.kafka.common.resource.ResourceType;

/** A member of a classic group is alive. */
final class HeartbeatHandler implements BlockingHandler<HeartbeatRequest> {

  private final GroupService groups;

  HeartbeatHandler(GroupService groups) {
    this.groups = groups;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.HEARTBEAT;
  }

  @Override
  public AbstractResponse handle(HeartbeatRequest request, Call call) {
    call.require(AclOperation.READ, ResourceType.GROUP, request.data().groupId());
    return new HeartbeatResponse(
        call.await(groups.coordinator().heartbeat(call.context(), request.data())));
  }
}
