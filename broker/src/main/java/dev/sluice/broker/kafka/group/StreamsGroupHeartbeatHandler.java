package dev.sluice.broker.kafka.group;

import dev.sluice.broker.group.GroupService;
import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import dev.sluice.broker.topic.TopicCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.message.StreamsGroupHeartbeatRequestData;
import org.apache.kafka.common.message.StreamsGroupHeartbeatRequestData.Topology;
import org.apache.kafka.common.message.StreamsGroupHeartbeatResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.StreamsGroupHeartbeatRequest;
import org.apache.kafka.common.requests.StreamsGroupHeartbeatResponse;
import org.apache.kafka.common.requests.StreamsGroupHeartbeatResponse.Status;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.coordinator.group.streams.StreamsGroupHeartbeatResult;

/**
 * The one request by which the threads of a Kafka Streams application join, stay, get tasks and
 * leave (KIP-1071). The application says what it is made of; the topics that this needs are made
 * before the answer goes out.
 */
final class StreamsGroupHeartbeatHandler implements BlockingHandler<StreamsGroupHeartbeatRequest> {

  private final GroupService groups;
  private final StreamsTopics internal;

  StreamsGroupHeartbeatHandler(GroupService groups, StreamsTopics internal) {
    this.groups = groups;
    this.internal = internal;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.STREAMS_GROUP_HEARTBEAT;
  }

  @Override
  public AbstractResponse handle(StreamsGroupHeartbeatRequest request, Call call) {
    StreamsGroupHeartbeatRequestData asked = request.data();
    call.require(AclOperation.READ, ResourceType.GROUP, asked.groupId());
    if (asked.topology() != null) {
      requireTopics(topics(asked.topology()), call);
    }
    StreamsGroupHeartbeatResult result =
        call.await(groups.coordinator().streamsGroupHeartbeat(call.context(), asked));
    List<String> problems = internal.create(result.creatableTopics().values(), call);
    if (!problems.isEmpty()) {
      tell(result.data(), problems);
    }
    return new StreamsGroupHeartbeatResponse(result.data());
  }

  private static Set<String> topics(Topology topology) {
    Set<String> names = new TreeSet<>();
    for (var part : topology.subtopologies()) {
      names.addAll(part.sourceTopics());
      names.addAll(part.repartitionSinkTopics());
      part.repartitionSourceTopics().forEach(topic -> names.add(topic.name()));
      part.stateChangelogTopics().forEach(topic -> names.add(topic.name()));
    }
    return names;
  }

  private static void requireTopics(Set<String> names, Call call) {
    for (String name : names) {
      if (TopicCatalog.isInternal(name) || !Topic.isValid(name)) {
        throw Errors.STREAMS_INVALID_TOPOLOGY.exception(
            "A streams application can't have the topic '" + name + "'");
      }
    }
    if (call.allowed(AclOperation.DESCRIBE, ResourceType.TOPIC, names).size() < names.size()) {
      throw Errors.TOPIC_AUTHORIZATION_FAILED.exception();
    }
  }

  /** Says why topics are missing, beside the coordinator's word that they are. */
  private static void tell(StreamsGroupHeartbeatResponseData answer, List<String> problems) {
    List<StreamsGroupHeartbeatResponseData.Status> all =
        answer.status() == null ? new ArrayList<>() : new ArrayList<>(answer.status());
    all.add(
        new StreamsGroupHeartbeatResponseData.Status()
            .setStatusCode(Status.MISSING_INTERNAL_TOPICS.code())
            .setStatusDetail(String.join("; ", problems)));
    StreamsGroupHeartbeatResponseData unused = answer.setStatus(all);
  }
}
