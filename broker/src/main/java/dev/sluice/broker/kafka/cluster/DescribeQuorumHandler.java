package dev.sluice.broker.kafka.cluster;

import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import java.time.Clock;
import java.util.List;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.message.DescribeQuorumRequestData.TopicData;
import org.apache.kafka.common.message.DescribeQuorumResponseData;
import org.apache.kafka.common.message.DescribeQuorumResponseData.Listener;
import org.apache.kafka.common.message.DescribeQuorumResponseData.ListenerCollection;
import org.apache.kafka.common.message.DescribeQuorumResponseData.NodeCollection;
import org.apache.kafka.common.message.DescribeQuorumResponseData.PartitionData;
import org.apache.kafka.common.message.DescribeQuorumResponseData.ReplicaState;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.DescribeQuorumRequest;
import org.apache.kafka.common.requests.DescribeQuorumResponse;

/**
 * Tells who decides on the metadata and how far it has come (KIP-595, KIP-853): the one node there
 * is, which is its own quorum.
 */
final class DescribeQuorumHandler implements BlockingHandler<DescribeQuorumRequest> {

  /** Nobody is ever elected in place of another. */
  private static final int LEADER_EPOCH = 0;

  private static final short FIRST_WITH_NODES = 2;

  private final ClusterView cluster;
  private final Clock clock;

  DescribeQuorumHandler(ClusterView cluster, Clock clock) {
    this.cluster = cluster;
    this.clock = clock;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.DESCRIBE_QUORUM;
  }

  @Override
  public AbstractResponse handle(DescribeQuorumRequest request, Call call) {
    call.requireCluster(AclOperation.DESCRIBE);
    DescribeQuorumResponseData data = new DescribeQuorumResponseData();
    if (!isAboutMetadata(request.data().topics())) {
      return new DescribeQuorumResponse(data.setErrorCode(Errors.INVALID_REQUEST.code()));
    }
    Node node = cluster.node(call);
    data.setTopics(
        List.of(
            new DescribeQuorumResponseData.TopicData()
                .setTopicName(Topic.CLUSTER_METADATA_TOPIC_NAME)
                .setPartitions(List.of(describe(node)))));
    if (call.version() >= FIRST_WITH_NODES) {
      data.setNodes(nodes(node, call));
    }
    return new DescribeQuorumResponse(data);
  }

  private static boolean isAboutMetadata(List<TopicData> topics) {
    return topics.size() == 1
        && topics.getFirst().topicName().equals(Topic.CLUSTER_METADATA_TOPIC_NAME)
        && topics.getFirst().partitions().size() == 1
        && topics.getFirst().partitions().getFirst().partitionIndex() == 0;
  }

  private PartitionData describe(Node node) {
    long end = cluster.metadataEndOffset();
    return new PartitionData()
        .setPartitionIndex(0)
        .setLeaderId(node.id())
        .setLeaderEpoch(LEADER_EPOCH)
        .setHighWatermark(end)
        .setCurrentVoters(
            List.of(
                new ReplicaState()
                    .setReplicaId(node.id())
                    .setReplicaDirectoryId(Uuid.ZERO_UUID)
                    .setLogEndOffset(end)
                    .setLastCaughtUpTimestamp(clock.millis())));
  }

  /** The node where the client found it: there is no listener for controllers alone. */
  private static NodeCollection nodes(Node node, Call call) {
    Listener listener =
        new Listener()
            .setName(call.context().listenerName())
            .setHost(node.host())
            .setPort(node.port());
    NodeCollection nodes = new NodeCollection();
    boolean unused =
        nodes.add(
            new DescribeQuorumResponseData.Node()
                .setNodeId(node.id())
                .setListeners(new ListenerCollection(List.of(listener).iterator())));
    return nodes;
  }
}
