package dev.sluice.broker.kafka.group;

import dev.sluice.broker.group.GroupService;
import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import dev.sluice.broker.kafka.Endpoints;
import dev.sluice.broker.kafka.KafkaErrors;
import java.util.List;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.message.FindCoordinatorResponseData;
import org.apache.kafka.common.message.FindCoordinatorResponseData.Coordinator;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.FindCoordinatorRequest;
import org.apache.kafka.common.requests.FindCoordinatorRequest.CoordinatorType;
import org.apache.kafka.common.requests.FindCoordinatorResponse;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Tells where groups and transactions are coordinated: here, at the address that the client knows
 * us by. Who asks for a group wakes the groups up. There are no share groups.
 */
final class FindCoordinatorHandler implements BlockingHandler<FindCoordinatorRequest> {

  private final GroupService groups;
  private final Endpoints endpoints;

  FindCoordinatorHandler(GroupService groups, Endpoints endpoints) {
    this.groups = groups;
    this.endpoints = endpoints;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.FIND_COORDINATOR;
  }

  @Override
  public AbstractResponse handle(FindCoordinatorRequest request, Call call) {
    byte type = request.data().keyType();
    if (call.version() < FindCoordinatorRequest.MIN_BATCHED_VERSION) {
      Node node = find(type, request.data().key(), call);
      return new FindCoordinatorResponse(
          new FindCoordinatorResponseData()
              .setErrorMessage(Errors.NONE.message())
              .setNodeId(node.id())
              .setHost(node.host())
              .setPort(node.port()));
    }
    List<Coordinator> found =
        request.data().coordinatorKeys().stream().map(key -> answer(type, key, call)).toList();
    return new FindCoordinatorResponse(new FindCoordinatorResponseData().setCoordinators(found));
  }

  private Coordinator answer(byte type, String key, Call call) {
    try {
      return describe(key, find(type, key, call));
    } catch (ApiException failure) {
      return describe(key, Node.noNode()).setErrorCode(KafkaErrors.of(failure).code());
    }
  }

  private static Coordinator describe(String key, Node node) {
    return new Coordinator()
        .setKey(key)
        .setNodeId(node.id())
        .setHost(node.host())
        .setPort(node.port());
  }

  private Node find(byte type, String key, Call call) {
    if (type == CoordinatorType.GROUP.id()) {
      call.require(AclOperation.DESCRIBE, ResourceType.GROUP, key);
      var awake = groups.coordinator();
    } else if (type == CoordinatorType.TRANSACTION.id()) {
      call.require(AclOperation.DESCRIBE, ResourceType.TRANSACTIONAL_ID, key);
    } else {
      throw Errors.INVALID_REQUEST.exception("There are no coordinators of type " + type);
    }
    return endpoints.node(call.context().listenerName());
  }
}
