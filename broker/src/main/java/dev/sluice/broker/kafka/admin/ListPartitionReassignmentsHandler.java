package dev.sluice.broker.kafka.admin;

import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.message.ListPartitionReassignmentsResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.ListPartitionReassignmentsRequest;
import org.apache.kafka.common.requests.ListPartitionReassignmentsResponse;

/** ListPartitionReassignments: there never is one. */
final class ListPartitionReassignmentsHandler
    implements BlockingHandler<ListPartitionReassignmentsRequest> {

  @Override
  public ApiKeys api() {
    return ApiKeys.LIST_PARTITION_REASSIGNMENTS;
  }

  @Override
  public AbstractResponse handle(ListPartitionReassignmentsRequest request, Call call) {
    call.requireCluster(AclOperation.DESCRIBE);
    return new ListPartitionReassignmentsResponse(new ListPartitionReassignmentsResponseData());
  }
}
