package dev.sluice.broker.kafka.cluster;

import dev.sluice.broker.Broker;
import dev.sluice.broker.kafka.AuthorizedOperations;
import dev.sluice.broker.kafka.Call;
import dev.sluice.broker.kafka.Endpoints;
import dev.sluice.broker.metadata.ThisNode;
import dev.sluice.broker.metadata.Topic;
import dev.sluice.broker.topic.TopicIds;
import dev.sluice.log.partition.PartitionLog;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponsePartition;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseTopic;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.resource.ResourceType;

/** The broker as clients see it: one node that leads every partition. Thread-safe. */
final class ClusterView {

  private static final List<Integer> REPLICAS = List.of(ThisNode.ID);
  private static final int NOT_ASKED_FOR = Integer.MIN_VALUE;

  private final Broker broker;
  private final Endpoints endpoints;

  ClusterView(Broker broker, Endpoints endpoints) {
    this.broker = broker;
    this.endpoints = endpoints;
  }

  String clusterId() {
    return TopicIds.toKafka(broker.metadata().clusterId()).toString();
  }

  /** The offset behind the last change of metadata. */
  long metadataEndOffset() {
    return broker.metadata().endOffset();
  }

  Node node(Call call) {
    return endpoints.node(call.context().listenerName());
  }

  List<Topic> topics() {
    return broker.topics().list();
  }

  Optional<Topic> find(String name) {
    return broker.topics().find(name);
  }

  Optional<Topic> find(Uuid id) {
    return broker.topics().findById(TopicIds.fromKafka(id));
  }

  boolean isLegal(String name) {
    return org.apache.kafka.common.internals.Topic.isValid(name);
  }

  /** What the client may do with something, as bits by operation (KIP-430). */
  int operations(Call call, ResourceType type, String name) {
    return AuthorizedOperations.of(call, type, name);
  }

  MetadataResponseTopic describe(Topic topic, Call call, boolean withOperations) {
    MetadataResponseTopic described =
        new MetadataResponseTopic()
            .setName(topic.name())
            .setTopicId(TopicIds.toKafka(topic.id()))
            .setIsInternal(org.apache.kafka.common.internals.Topic.isInternal(topic.name()))
            .setTopicAuthorizedOperations(
                withOperations
                    ? operations(call, ResourceType.TOPIC, topic.name())
                    : NOT_ASKED_FOR);
    for (int partition = 0; partition < topic.partitions(); partition++) {
      boolean unused = described.partitions().add(describe(topic, partition));
    }
    return described;
  }

  private MetadataResponsePartition describe(Topic topic, int partition) {
    Optional<PartitionLog> log =
        broker
            .findPartition(topic.name(), partition)
            .filter(found -> found.unavailable().isEmpty());
    MetadataResponsePartition described =
        new MetadataResponsePartition().setPartitionIndex(partition).setReplicaNodes(REPLICAS);
    return log.isPresent()
        ? described
            .setLeaderId(ThisNode.ID)
            .setLeaderEpoch(log.get().replica().leaderEpoch())
            .setIsrNodes(REPLICAS)
        : described
            .setErrorCode(Errors.LEADER_NOT_AVAILABLE.code())
            .setLeaderId(Node.noNode().id())
            .setIsrNodes(List.of())
            .setOfflineReplicas(REPLICAS);
  }
}
