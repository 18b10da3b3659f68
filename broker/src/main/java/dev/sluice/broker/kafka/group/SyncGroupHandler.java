package dev.sluice.broker.kafka.group;

import dev.sluice.broker.group.GroupService;
import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.SyncGroupRequest;
import org.apache.kafka.common.requests.SyncGroupResponse;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.utils.BufferSupplier;

/** A member of a classic group gets its share; answered when the leader has dealt them out. */
final class SyncGroupHandler implements BlockingHandler<SyncGroupRequest> {

  private final GroupService groups;

  SyncGroupHandler(GroupService groups) {
    this.groups = groups;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.SYNC_GROUP;
  }

  @Override
  public AbstractResponse handle(SyncGroupRequest request, Call call) {
    if (!request.areMandatoryProtocolTypeAndNamePresent()) {
      throw Errors.INCONSISTENT_GROUP_PROTOCOL.exception();
    }
    call.require(AclOperation.READ, ResourceType.GROUP, request.data().groupId());
    return new SyncGroupResponse(
        call.await(
            groups
                .coordinator()
                .syncGroup(call.context(), request.data(), BufferSupplier.NO_CACHING)));
  }
}
