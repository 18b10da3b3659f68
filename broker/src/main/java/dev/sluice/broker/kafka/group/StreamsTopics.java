package dev.sluice.broker.kafka.group;

import dev.sluice.broker.config.BrokerDefaults;
import dev.sluice.broker.config.SettingChange;
import dev.sluice.broker.config.TopicSettingsMapping;
import dev.sluice.broker.kafka.AdminChanges.Change;
import dev.sluice.broker.kafka.Call;
import dev.sluice.broker.kafka.KafkaErrors;
import dev.sluice.broker.metadata.TopicConfig;
import dev.sluice.broker.topic.TopicCatalog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.CreateTopicsRequest;
import org.apache.kafka.common.resource.Resource;
import org.apache.kafka.common.resource.ResourceType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the topics that a Kafka Streams application keeps its state in and sends itself records
 * through, in its name: where a member may not create them, they are not made. Thread-safe.
 */
public final class StreamsTopics {

  /** At once; what is left is still missing at the next heartbeat. */
  private static final int MAX_TOPICS = 100;

  private static final Logger LOG = LoggerFactory.getLogger(StreamsTopics.class);

  private final TopicCatalog topics;
  private final BrokerDefaults defaults;

  /**
   * Makes topics.
   *
   * @param defaults what holds where the application leaves it to the server
   */
  public StreamsTopics(TopicCatalog topics, BrokerDefaults defaults) {
    this.topics = topics;
    this.defaults = defaults;
  }

  /**
   * Makes those that are not there, a hundred at most.
   *
   * @return of each that could not be made, why
   */
  List<String> create(Collection<CreatableTopic> wanted, Call call) {
    boolean mayCreateAny =
        call.wouldAllow(AclOperation.CREATE, ResourceType.CLUSTER, Resource.CLUSTER_NAME);
    List<String> problems = new ArrayList<>();
    for (CreatableTopic topic : wanted.stream().limit(MAX_TOPICS).toList()) {
      try {
        if (!call.allowsAnyTopic(mayCreateAny, topic.name())) {
          call.require(AclOperation.CREATE, ResourceType.TOPIC, topic.name());
        }
        create(topic);
        call.made(Change.TOPIC_CREATED, topic.name());
      } catch (RuntimeException failure) {
        Errors error = KafkaErrors.of(failure);
        if (error != Errors.TOPIC_ALREADY_EXISTS) { // Another member was first.
          LOG.info("A streams application needs the topic '{}': {}", topic.name(), error.message());
          problems.add(topic.name() + ": " + error + ", " + failure.getMessage());
        }
      }
    }
    return problems;
  }

  private void create(CreatableTopic wanted) {
    if (wanted.replicationFactor() != CreateTopicsRequest.NO_REPLICATION_FACTOR
        && wanted.replicationFactor() != 1) {
      throw new InvalidReplicationFactorException(
          "There is one broker, so replication.factor can be 1 or -1");
    }
    int partitions =
        wanted.numPartitions() == CreateTopicsRequest.NO_NUM_PARTITIONS
            ? defaults.partitions()
            : wanted.numPartitions();
    var unused = topics.createForClient(wanted.name(), partitions, config(wanted));
  }

  private TopicConfig config(CreatableTopic wanted) {
    List<SettingChange> changes = new ArrayList<>();
    wanted
        .configs()
        .forEach(config -> changes.add(new SettingChange.Assign(config.name(), config.value())));
    return TopicSettingsMapping.fromKafka(
        SettingChange.apply(
            TopicSettingsMapping.toKafka(defaults.topic()),
            changes,
            TopicSettingsMapping.settings()));
  }
}
