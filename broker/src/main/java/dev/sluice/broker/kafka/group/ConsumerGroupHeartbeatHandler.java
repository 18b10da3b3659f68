package dev.sluice.broker.kafka.group;

import dev.sluice.broker.group.GroupService;
import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatRequestData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.ConsumerGroupHeartbeatRequest;
import org.apache.kafka.common.requests.ConsumerGroupHeartbeatResponse;
import org.apache.kafka.common.resource.ResourceType;
import org.jspecify.annotations.Nullable;

/**
 * The one request by which members of new groups join, stay, get partitions and leave (KIP-848).
 */
final class ConsumerGroupHeartbeatHandler
    implements BlockingHandler<ConsumerGroupHeartbeatRequest> {

  private final GroupService groups;

  ConsumerGroupHeartbeatHandler(GroupService groups) {
    this.groups = groups;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.CONSUMER_GROUP_HEARTBEAT;
  }

  @Override
  public AbstractResponse handle(ConsumerGroupHeartbeatRequest request, Call call) {
    ConsumerGroupHeartbeatRequestData asked = request.data();
    call.require(AclOperation.READ, ResourceType.GROUP, asked.groupId());
    requireTopics(asked.subscribedTopicNames(), call);
    return new ConsumerGroupHeartbeatResponse(
        call.await(groups.coordinator().consumerGroupHeartbeat(call.context(), asked)));
  }

  /** Topics that are subscribed by name; of a pattern, the coordinator leaves out the others. */
  private static void requireTopics(@Nullable List<String> names, Call call) {
    if (names == null) {
      return;
    }
    Set<String> wanted = Set.copyOf(names);
    if (call.allowed(AclOperation.DESCRIBE, ResourceType.TOPIC, wanted).size() < wanted.size()) {
      throw Errors.TOPIC_AUTHORIZATION_FAILED.exception();
    }
  }
}
