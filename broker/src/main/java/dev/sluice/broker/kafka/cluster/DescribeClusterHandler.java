package dev.sluice.broker.kafka.cluster;

import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.message.DescribeClusterResponseData;
import org.apache.kafka.common.message.DescribeClusterResponseData.DescribeClusterBroker;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.DescribeClusterRequest;
import org.apache.kafka.common.requests.DescribeClusterResponse;
import org.apache.kafka.common.resource.Resource;
import org.apache.kafka.common.resource.ResourceType;

/** Tells of the cluster's identity and brokers (KIP-700). Its controllers are nobody's business. */
final class DescribeClusterHandler implements BlockingHandler<DescribeClusterRequest> {

  private static final byte BROKERS = 1;

  private final ClusterView cluster;

  DescribeClusterHandler(ClusterView cluster) {
    this.cluster = cluster;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.DESCRIBE_CLUSTER;
  }

  @Override
  public AbstractResponse handle(DescribeClusterRequest request, Call call) {
    if (request.data().endpointType() != BROKERS) {
      throw Errors.UNSUPPORTED_ENDPOINT_TYPE.exception(
          "This is a broker; it has no controllers to tell of");
    }
    if (request.data().includeFencedBrokers()) {
      call.requireCluster(AclOperation.DESCRIBE);
    }
    Node node = cluster.node(call);
    DescribeClusterResponseData data =
        new DescribeClusterResponseData()
            .setClusterId(cluster.clusterId())
            .setControllerId(node.id())
            .setEndpointType(BROKERS);
    boolean unused =
        data.brokers()
            .add(
                new DescribeClusterBroker()
                    .setBrokerId(node.id())
                    .setHost(node.host())
                    .setPort(node.port()));
    if (request.data().includeClusterAuthorizedOperations()) {
      DescribeClusterResponseData same =
          data.setClusterAuthorizedOperations(
              cluster.operations(call, ResourceType.CLUSTER, Resource.CLUSTER_NAME));
    }
    return new DescribeClusterResponse(data);
  }
}
