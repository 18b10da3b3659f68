package dev.sluice.broker.kafka.group;

import dev.sluice.broker.group.GroupService;
import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import java.util.List;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.message.ListGroupsResponseData;
import org.apache.kafka.common.message.ListGroupsResponseData.ListedGroup;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.ListGroupsRequest;
import org.apache.kafka.common.requests.ListGroupsResponse;
import org.apache.kafka.common.resource.Resource;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.coordinator.group.GroupCoordinator;

/** Lists the groups: all to who may describe the cluster, else those that one may describe. */
final class ListGroupsHandler implements BlockingHandler<ListGroupsRequest> {

  private final GroupService groups;

  ListGroupsHandler(GroupService groups) {
    this.groups = groups;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.LIST_GROUPS;
  }

  @Override
  public AbstractResponse handle(ListGroupsRequest request, Call call) {
    return new ListGroupsResponse(
        groups
            .ifUsed()
            .map(coordinator -> list(coordinator, request, call))
            .orElseGet(ListGroupsResponseData::new));
  }

  private static ListGroupsResponseData list(
      GroupCoordinator coordinator, ListGroupsRequest request, Call call) {
    ListGroupsResponseData response =
        call.await(coordinator.listGroups(call.context(), request.data()));
    boolean seesAll =
        call.wouldAllow(AclOperation.DESCRIBE, ResourceType.CLUSTER, Resource.CLUSTER_NAME);
    List<ListedGroup> visible =
        response.groups().stream()
            .filter(
                group ->
                    seesAll
                        || call.wouldAllow(
                            AclOperation.DESCRIBE, ResourceType.GROUP, group.groupId()))
            .toList();
    return response.setGroups(visible);
  }
}
