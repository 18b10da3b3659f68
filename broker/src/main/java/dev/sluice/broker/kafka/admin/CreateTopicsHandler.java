package dev.sluice.broker.kafka.admin;

import dev.sluice.broker.config.BrokerDefaults;
import dev.sluice.broker.config.SettingChange;
import dev.sluice.broker.config.TopicSettingsMapping;
import dev.sluice.broker.kafka.AdminChanges.Change;
import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import dev.sluice.broker.metadata.Topic;
import dev.sluice.broker.metadata.TopicConfig;
import dev.sluice.broker.topic.TopicCatalog;
import dev.sluice.broker.topic.TopicIds;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopicConfig;
import org.apache.kafka.common.message.CreateTopicsResponseData;
import org.apache.kafka.common.message.CreateTopicsResponseData.CreatableTopicConfigs;
import org.apache.kafka.common.message.CreateTopicsResponseData.CreatableTopicResult;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.ApiError;
import org.apache.kafka.common.requests.CreateTopicsRequest;
import org.apache.kafka.common.requests.CreateTopicsResponse;
import org.apache.kafka.common.resource.Resource;
import org.apache.kafka.common.resource.ResourceType;

/** CreateTopics: each topic by itself, all its partitions on this broker. */
final class CreateTopicsHandler implements BlockingHandler<CreateTopicsRequest> {

  private static final short ONE_REPLICA = 1;

  private final TopicCatalog topics;
  private final BrokerDefaults defaults;

  CreateTopicsHandler(TopicCatalog topics, BrokerDefaults defaults) {
    this.topics = topics;
    this.defaults = defaults;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.CREATE_TOPICS;
  }

  @Override
  public AbstractResponse handle(CreateTopicsRequest request, Call call) {
    boolean mayCreateAny =
        call.wouldAllow(AclOperation.CREATE, ResourceType.CLUSTER, Resource.CLUSTER_NAME);
    CreateTopicsResponseData answer = new CreateTopicsResponseData();
    for (CreatableTopic wanted : request.data().topics()) {
      if (answer.topics().find(wanted.name()) != null) {
        continue; // A duplicate, and answered as such.
      }
      CreatableTopicResult result = new CreatableTopicResult().setName(wanted.name());
      ApiError error =
          request.data().topics().findAll(wanted.name()).size() > 1
              ? new ApiError(Errors.INVALID_REQUEST, "Duplicate topic name.")
              : AdminErrors.attempt(
                  () -> {
                    if (!call.allowsAnyTopic(mayCreateAny, wanted.name())) {
                      call.require(AclOperation.CREATE, ResourceType.TOPIC, wanted.name());
                    }
                    create(wanted, request.data().validateOnly(), call, result);
                  });
      result.setErrorCode(error.error().code()).setErrorMessage(error.message());
      boolean unused = answer.topics().add(result);
    }
    return new CreateTopicsResponse(answer);
  }

  private void create(
      CreatableTopic wanted, boolean validateOnly, Call call, CreatableTopicResult result) {
    topics.checkForClient(wanted.name(), 1); // That it exists goes before what else is wrong.
    TopicConfig config = config(wanted);
    int partitions = partitions(wanted);
    if (validateOnly) {
      topics.checkForClient(wanted.name(), partitions);
    } else {
      Topic created = topics.createForClient(wanted.name(), partitions, config);
      call.made(Change.TOPIC_CREATED, created.name());
      result.setTopicId(TopicIds.toKafka(created.id()));
    }
    if (call.wouldAllow(AclOperation.DESCRIBE_CONFIGS, ResourceType.TOPIC, wanted.name())) {
      result
          .setNumPartitions(partitions)
          .setReplicationFactor(ONE_REPLICA)
          .setConfigs(describe(config));
    } else {
      result.setTopicConfigErrorCode(Errors.TOPIC_AUTHORIZATION_FAILED.code());
    }
  }

  private TopicConfig config(CreatableTopic wanted) {
    List<SettingChange> changes = new ArrayList<>();
    for (CreatableTopicConfig config : wanted.configs()) {
      if (config.value() == null) {
        throw new InvalidConfigurationException("'" + config.name() + "' has no value.");
      }
      changes.add(new SettingChange.Assign(config.name(), config.value()));
    }
    return TopicSettingsMapping.fromKafka(
        SettingChange.apply(
            TopicSettingsMapping.toKafka(defaults.topic()),
            changes,
            TopicSettingsMapping.settings()));
  }

  private int partitions(CreatableTopic wanted) {
    if (!wanted.assignments().isEmpty()) {
      if (wanted.numPartitions() != CreateTopicsRequest.NO_NUM_PARTITIONS
          || wanted.replicationFactor() != CreateTopicsRequest.NO_REPLICATION_FACTOR) {
        throw new InvalidRequestException(
            "With a manual assignment, partitions and replication factor must be -1.");
      }
      return Assignments.count(wanted.assignments());
    }
    checkReplication(wanted.replicationFactor());
    int partitions =
        wanted.numPartitions() == CreateTopicsRequest.NO_NUM_PARTITIONS
            ? defaults.partitions()
            : wanted.numPartitions();
    if (partitions < 1 || partitions > TopicCatalog.MAX_PARTITIONS) {
      throw new InvalidPartitionsException(
          "A topic can have 1 to "
              + TopicCatalog.MAX_PARTITIONS
              + " partitions, or -1 for the server's default, not "
              + partitions
              + ".");
    }
    return partitions;
  }

  private static void checkReplication(short factor) {
    if (factor != CreateTopicsRequest.NO_REPLICATION_FACTOR && factor != ONE_REPLICA) {
      throw new InvalidReplicationFactorException(
          "There is one broker, so the replication factor can be 1, or -1 for the server's default,"
              + " not "
              + factor
              + ".");
    }
  }

  private static List<CreatableTopicConfigs> describe(TopicConfig config) {
    return ConfigEntry.ofTopic(config).stream()
        .map(
            entry ->
                new CreatableTopicConfigs()
                    .setName(entry.setting().name())
                    .setValue(entry.value())
                    .setConfigSource(entry.source().id()))
        .toList();
  }
}
