package dev.sluice.broker.kafka.cluster;

import dev.sluice.broker.config.BrokerDefaults;
import dev.sluice.broker.kafka.AdminChanges.Change;
import dev.sluice.broker.kafka.Call;
import dev.sluice.broker.metadata.Topic;
import dev.sluice.broker.topic.TopicCatalog;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.resource.Resource;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Makes topics because a client asks for them, so many for one request at most: each takes files,
 * and a request of a moment could name hundreds of thousands. Those beyond are not there yet; a
 * client that asks again gets the next ones. For one request.
 */
final class AutoCreation {

  static final int MAX_TOPICS = 100;

  private final TopicCatalog topics;
  private final BrokerDefaults defaults;
  private final boolean isWanted;
  private final Call call;
  private int left = MAX_TOPICS;

  /**
   * Nothing is made yet.
   *
   * @param isWanted whether the client wants topics to be made
   */
  AutoCreation(TopicCatalog topics, BrokerDefaults defaults, boolean isWanted, Call call) {
    this.topics = topics;
    this.defaults = defaults;
    this.isWanted = isWanted;
    this.call = call;
  }

  /**
   * Makes a topic, unless another client was faster.
   *
   * @throws RuntimeException what the client is to be told where there is none
   */
  Topic create(String name) {
    if (!isWanted || !defaults.autoCreate() || left == 0) {
      throw (org.apache.kafka.common.internals.Topic.isValid(name)
              ? Errors.UNKNOWN_TOPIC_OR_PARTITION
              : Errors.INVALID_TOPIC_EXCEPTION)
          .exception();
    }
    boolean mayCreateAny =
        call.wouldAllow(AclOperation.CREATE, ResourceType.CLUSTER, Resource.CLUSTER_NAME);
    if (!call.allowsAnyTopic(mayCreateAny, name)) {
      call.require(AclOperation.CREATE, ResourceType.TOPIC, name);
    }
    TopicCatalog.Found found = topics.findOrCreate(name, defaults);
    if (found.isNew()) {
      call.made(Change.TOPIC_CREATED, name);
      left--;
    }
    return found.topic();
  }
}
