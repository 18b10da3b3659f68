package dev.sluice.broker.kafka.admin;

import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import dev.sluice.broker.metadata.ClusterMetadata;
import dev.sluice.broker.metadata.ThisNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.message.ListConfigResourcesResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.ListConfigResourcesRequest;
import org.apache.kafka.common.requests.ListConfigResourcesResponse;

/** ListConfigResources (KIP-1142): what has, or can have, settings. */
final class ListConfigResourcesHandler implements BlockingHandler<ListConfigResourcesRequest> {

  private final ClusterMetadata metadata;

  ListConfigResourcesHandler(ClusterMetadata metadata) {
    this.metadata = metadata;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.LIST_CONFIG_RESOURCES;
  }

  @Override
  public AbstractResponse handle(ListConfigResourcesRequest request, Call call) {
    call.requireCluster(AclOperation.DESCRIBE_CONFIGS);
    Collection<Byte> supported = request.supportedResourceTypes();
    Collection<Byte> wanted = request.data().resourceTypes();
    List<ListConfigResourcesResponseData.ConfigResource> found = new ArrayList<>();
    for (byte type : wanted.isEmpty() ? supported : wanted) {
      if (!supported.contains(type)) {
        throw new UnsupportedVersionException("Resources of type " + type + " can't be listed.");
      }
      for (String name : names(ConfigResource.Type.forId(type))) {
        found.add(
            new ListConfigResourcesResponseData.ConfigResource()
                .setResourceType(type)
                .setResourceName(name));
      }
    }
    return new ListConfigResourcesResponse(
        new ListConfigResourcesResponseData().setConfigResources(found));
  }

  private Collection<String> names(ConfigResource.Type type) {
    return switch (type) {
      case TOPIC -> metadata.state().topics().keySet();
      case GROUP -> metadata.state().groupSettings().keySet();
      case BROKER -> List.of(Integer.toString(ThisNode.ID));
      case BROKER_LOGGER, CLIENT_METRICS, UNKNOWN -> List.of();
    };
  }
}
