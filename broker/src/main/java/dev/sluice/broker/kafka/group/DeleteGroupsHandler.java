package dev.sluice.broker.kafka.group;

import dev.sluice.broker.group.GroupService;
import dev.sluice.broker.kafka.AdminChanges.Change;
import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.message.DeleteGroupsResponseData;
import org.apache.kafka.common.message.DeleteGroupsResponseData.DeletableGroupResult;
import org.apache.kafka.common.message.DeleteGroupsResponseData.DeletableGroupResultCollection;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.DeleteGroupsRequest;
import org.apache.kafka.common.requests.DeleteGroupsResponse;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.utils.BufferSupplier;

/** Deletes groups without members, with their offsets. */
final class DeleteGroupsHandler implements BlockingHandler<DeleteGroupsRequest> {

  private final GroupService groups;

  DeleteGroupsHandler(GroupService groups) {
    this.groups = groups;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.DELETE_GROUPS;
  }

  @Override
  public AbstractResponse handle(DeleteGroupsRequest request, Call call) {
    List<String> deletable = new ArrayList<>();
    List<String> denied = new ArrayList<>();
    for (String group : new LinkedHashSet<>(request.data().groupsNames())) {
      boolean isAllowed = call.allows(AclOperation.DELETE, ResourceType.GROUP, group);
      (isAllowed ? deletable : denied).add(group);
    }
    DeletableGroupResultCollection results =
        call.await(
            groups
                .coordinator()
                .deleteGroups(call.context(), deletable, BufferSupplier.NO_CACHING));
    for (DeletableGroupResult result : results) {
      if (result.errorCode() == Errors.NONE.code()) {
        call.made(Change.GROUP_DELETED, result.groupId());
      }
    }
    for (String group : denied) {
      results.mustAdd(
          new DeletableGroupResult()
              .setGroupId(group)
              .setErrorCode(Errors.GROUP_AUTHORIZATION_FAILED.code()));
    }
    return new DeleteGroupsResponse(new DeleteGroupsResponseData().setResults(results));
  }
}
