package dev.sluice.broker.kafka.cluster;

import dev.sluice.broker.config.BrokerDefaults;
import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import dev.sluice.broker.kafka.KafkaErrors;
import dev.sluice.broker.metadata.Topic;
import dev.sluice.broker.topic.TopicCatalog;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.message.MetadataRequestData.MetadataRequestTopic;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseBroker;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseTopic;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.MetadataRequest;
import org.apache.kafka.common.requests.MetadataResponse;
import org.apache.kafka.common.resource.Resource;
import org.apache.kafka.common.resource.ResourceType;
import org.jspecify.annotations.Nullable;

/**
 * Tells clients of brokers, topics and partitions; makes topics that are not there yet, where
 * clients and settings allow it. Topics that a client may not describe don't exist for it.
 */
final class MetadataHandler implements BlockingHandler<MetadataRequest> {

  private static final short FIRST_WITHOUT_NAMES = 12;

  private final ClusterView cluster;
  private final TopicCatalog topics;
  private final BrokerDefaults defaults;

  MetadataHandler(ClusterView cluster, TopicCatalog topics, BrokerDefaults defaults) {
    this.cluster = cluster;
    this.topics = topics;
    this.defaults = defaults;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.METADATA;
  }

  @Override
  public AbstractResponse handle(MetadataRequest request, Call call) {
    Node node = cluster.node(call);
    MetadataResponseData data =
        new MetadataResponseData()
            .setClusterId(cluster.clusterId())
            .setControllerId(node.id())
            .setTopics(new MetadataResponseData.MetadataResponseTopicCollection());
    boolean isBrokerKnown =
        data.brokers()
            .add(
                new MetadataResponseBroker()
                    .setNodeId(node.id())
                    .setHost(node.host())
                    .setPort(node.port()));
    topics(request, call).forEach(data.topics()::add);
    if (request.data().includeClusterAuthorizedOperations()) {
      MetadataResponseData unused =
          data.setClusterAuthorizedOperations(
              cluster.operations(call, ResourceType.CLUSTER, Resource.CLUSTER_NAME));
    }
    return new MetadataResponse(data, call.version());
  }

  private List<MetadataResponseTopic> topics(MetadataRequest request, Call call) {
    boolean withOperations = request.data().includeTopicAuthorizedOperations();
    List<MetadataResponseTopic> topics = new ArrayList<>();
    if (request.isAllTopics()) {
      for (Topic topic : cluster.topics()) {
        if (call.wouldAllow(AclOperation.DESCRIBE, ResourceType.TOPIC, topic.name())) {
          topics.add(cluster.describe(topic, call, withOperations));
        }
      }
      return topics;
    }
    AutoCreation creation =
        new AutoCreation(this.topics, defaults, request.allowAutoTopicCreation(), call);
    // A topic named again and again is described once, or an answer could be of any size.
    for (MetadataRequestTopic wanted : new LinkedHashSet<>(request.data().topics())) {
      topics.add(
          wanted.topicId().equals(Uuid.ZERO_UUID)
              ? byName(wanted.name(), creation, call, withOperations)
              : byId(wanted.topicId(), call, withOperations));
    }
    return topics;
  }

  private MetadataResponseTopic byId(Uuid id, Call call, boolean withOperations) {
    return cluster
        .find(id)
        .filter(topic -> call.allows(AclOperation.DESCRIBE, ResourceType.TOPIC, topic.name()))
        .map(topic -> cluster.describe(topic, call, withOperations))
        .orElseGet(
            () ->
                new MetadataResponseTopic()
                    .setName(call.version() >= FIRST_WITHOUT_NAMES ? null : "")
                    .setTopicId(id)
                    .setErrorCode(Errors.UNKNOWN_TOPIC_ID.code()));
  }

  private MetadataResponseTopic byName(
      @Nullable String name, AutoCreation creation, Call call, boolean withOperations) {
    if (name == null) {
      throw Errors.INVALID_REQUEST.exception("A topic is asked for without its name or id");
    }
    if (!call.allows(AclOperation.DESCRIBE, ResourceType.TOPIC, name)) {
      return error(name, Errors.TOPIC_AUTHORIZATION_FAILED);
    }
    Optional<Topic> known = cluster.find(name);
    if (known.isPresent()) {
      return cluster.describe(known.get(), call, withOperations);
    }
    try {
      return cluster.describe(creation.create(name), call, withOperations);
    } catch (RuntimeException e) {
      return error(name, KafkaErrors.of(e));
    }
  }

  private static MetadataResponseTopic error(String name, Errors error) {
    return new MetadataResponseTopic()
        .setName(name)
        .setErrorCode(error.code())
        .setIsInternal(org.apache.kafka.common.internals.Topic.isInternal(name));
  }
}
