package dev.sluice.broker.kafka.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.broker.metadata.TopicConfig;
import dev.sluice.broker.security.AccessControl;
import dev.sluice.broker.topic.TopicIds;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.message.CreatePartitionsRequestData;
import org.apache.kafka.common.message.CreatePartitionsRequestData.CreatePartitionsTopic;
import org.apache.kafka.common.message.CreatePartitionsResponseData;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.CreateTopicsResponseData;
import org.apache.kafka.common.message.CreateTopicsResponseData.CreatableTopicResult;
import org.apache.kafka.common.message.DeleteRecordsRequestData;
import org.apache.kafka.common.message.DeleteRecordsRequestData.DeleteRecordsPartition;
import org.apache.kafka.common.message.DeleteRecordsRequestData.DeleteRecordsTopic;
import org.apache.kafka.common.message.DeleteRecordsResponseData;
import org.apache.kafka.common.message.DeleteTopicsRequestData;
import org.apache.kafka.common.message.DeleteTopicsRequestData.DeleteTopicState;
import org.apache.kafka.common.message.DeleteTopicsResponseData;
import org.apache.kafka.common.message.DeleteTopicsResponseData.DeletableTopicResult;
import org.apache.kafka.common.message.DescribeConfigsRequestData;
import org.apache.kafka.common.message.DescribeConfigsRequestData.DescribeConfigsResource;
import org.apache.kafka.common.message.DescribeConfigsResponseData;
import org.apache.kafka.common.message.DescribeLogDirsRequestData;
import org.apache.kafka.common.message.DescribeLogDirsResponseData;
import org.apache.kafka.common.message.ElectLeadersRequestData;
import org.apache.kafka.common.message.ElectLeadersResponseData;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData.AlterConfigsResource;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData.AlterableConfig;
import org.apache.kafka.common.message.IncrementalAlterConfigsResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what: Kafka's operations on Kafka's resources. */
class AdminAccessTest {

  private Admins admins;
  private Uuid mine = Uuid.ZERO_UUID;
  private Uuid seen = Uuid.ZERO_UUID;
  private Uuid hidden = Uuid.ZERO_UUID;

  @BeforeEach
  void open(@TempDir Path directory) {
    admins = new Admins(directory);
    mine = create("mine");
    seen = create("seen");
    hidden = create("hidden");
  }

  private Uuid create(String topic) {
    return TopicIds.toKafka(admins.broker().topics().create(topic, 1, TopicConfig.FOREVER).id());
  }

  @AfterEach
  void close() {
    admins.close();
  }

  /** Those things, as "OPERATION TYPE name". */
  private void allowOnly(String... rules) {
    Set<String> allowed = Set.of(rules);
    AccessControl access =
        (who, operation, type, name) -> allowed.contains(operation + " " + type + " " + name);
    admins.allow(access);
  }

  @Test
  void topicsAreCreatedByWhoMayCreateThemOrAny() {
    allowOnly("CREATE TOPIC mine2");
    assertThat(created("mine2")).isEqualTo(Errors.NONE);
    assertThat(created("yours2")).isEqualTo(Errors.TOPIC_AUTHORIZATION_FAILED);
    allowOnly("CREATE CLUSTER kafka-cluster");
    assertThat(created("yours2")).isEqualTo(Errors.NONE);
  }

  @Test
  void theSettingsOfANewTopicAreShownToWhoMaySeeThem() {
    allowOnly("CREATE TOPIC new");
    CreatableTopicResult result = create(List.of("new")).topics().find("new");
    assertThat(result.topicConfigErrorCode()).isEqualTo(Errors.TOPIC_AUTHORIZATION_FAILED.code());
    assertThat(result.configs()).isNullOrEmpty();
    assertThat(result.numPartitions()).isEqualTo(-1);
  }

  private Errors created(String topic) {
    return Errors.forCode(create(List.of(topic)).topics().find(topic).errorCode());
  }

  private CreateTopicsResponseData create(List<String> topics) {
    CreateTopicsRequestData request = new CreateTopicsRequestData();
    for (String topic : topics) {
      request
          .topics()
          .add(
              new CreatableTopic()
                  .setName(topic)
                  .setNumPartitions(1)
                  .setReplicationFactor((short) 1));
    }
    return admins.ask(request, CreateTopicsResponseData.class);
  }

  @Test
  void whoMayNotSeeATopicLearnsNothingOfItByDeletingIt() {
    allowOnly("DESCRIBE TOPIC mine", "DELETE TOPIC mine", "DESCRIBE TOPIC seen");
    assertThat(deleted(new DeleteTopicState().setName("hidden")).errorCode())
        .isEqualTo(deleted(new DeleteTopicState().setName("none")).errorCode())
        .isEqualTo(Errors.TOPIC_AUTHORIZATION_FAILED.code());
    assertThat(deleted(new DeleteTopicState().setTopicId(hidden)))
        .satisfies(
            result -> {
              assertThat(result.errorCode()).isEqualTo(Errors.TOPIC_AUTHORIZATION_FAILED.code());
              assertThat(result.name()).isNull();
            });
    assertThat(deleted(new DeleteTopicState().setTopicId(seen)))
        .satisfies(
            result -> {
              assertThat(result.errorCode()).isEqualTo(Errors.TOPIC_AUTHORIZATION_FAILED.code());
              assertThat(result.name()).isEqualTo("seen");
            });
    assertThat(deleted(new DeleteTopicState().setTopicId(mine)).errorCode())
        .isEqualTo(Errors.NONE.code());
    assertThat(admins.broker().topics().list()).hasSize(2);
  }

  private DeletableTopicResult deleted(DeleteTopicState topic) {
    DeleteTopicsResponseData answer =
        admins.ask(
            new DeleteTopicsRequestData().setTopics(List.of(topic)),
            DeleteTopicsResponseData.class);
    return answer.responses().iterator().next();
  }

  @Test
  void partitionsAreAddedByWhoMayAlterTheTopic() {
    allowOnly("ALTER TOPIC mine");
    assertThat(grown("mine")).isEqualTo(Errors.NONE);
    assertThat(grown("seen")).isEqualTo(Errors.TOPIC_AUTHORIZATION_FAILED);
  }

  private Errors grown(String topic) {
    CreatePartitionsRequestData request = new CreatePartitionsRequestData();
    request
        .topics()
        .add(new CreatePartitionsTopic().setName(topic).setCount(2).setAssignments(null));
    return Errors.forCode(
        admins.ask(request, CreatePartitionsResponseData.class).results().get(0).errorCode());
  }

  @Test
  void recordsAreDeletedByWhoMayDeleteInTheTopic() {
    allowOnly("DELETE TOPIC mine");
    assertThat(recordsDeleted("mine")).isEqualTo(Errors.NONE);
    assertThat(recordsDeleted("seen")).isEqualTo(Errors.TOPIC_AUTHORIZATION_FAILED);
  }

  private Errors recordsDeleted(String topic) {
    DeleteRecordsRequestData request = new DeleteRecordsRequestData();
    request
        .topics()
        .add(
            new DeleteRecordsTopic()
                .setName(topic)
                .setPartitions(List.of(new DeleteRecordsPartition().setOffset(-1))));
    return Errors.forCode(
        admins
            .ask(request, DeleteRecordsResponseData.class)
            .topics()
            .find(topic)
            .partitions()
            .find(0)
            .errorCode());
  }

  @Test
  void settingsAreSeenAndChangedByWhoMay() {
    allowOnly("DESCRIBE_CONFIGS TOPIC seen", "ALTER_CONFIGS TOPIC mine");
    assertThat(described(ConfigResource.Type.TOPIC, "seen")).isEqualTo(Errors.NONE);
    assertThat(described(ConfigResource.Type.TOPIC, "mine"))
        .isEqualTo(Errors.TOPIC_AUTHORIZATION_FAILED);
    assertThat(described(ConfigResource.Type.GROUP, "g"))
        .isEqualTo(Errors.GROUP_AUTHORIZATION_FAILED);
    assertThat(described(ConfigResource.Type.BROKER, "1"))
        .isEqualTo(Errors.CLUSTER_AUTHORIZATION_FAILED);
    assertThat(altered(ConfigResource.Type.TOPIC, "mine")).isEqualTo(Errors.NONE);
    assertThat(altered(ConfigResource.Type.TOPIC, "seen"))
        .isEqualTo(Errors.TOPIC_AUTHORIZATION_FAILED);
    assertThat(altered(ConfigResource.Type.GROUP, "g"))
        .isEqualTo(Errors.GROUP_AUTHORIZATION_FAILED);
    assertThat(altered(ConfigResource.Type.BROKER, "1"))
        .isEqualTo(Errors.CLUSTER_AUTHORIZATION_FAILED);
  }

  private Errors described(ConfigResource.Type type, String name) {
    DescribeConfigsRequestData request =
        new DescribeConfigsRequestData()
            .setResources(
                List.of(
                    new DescribeConfigsResource()
                        .setResourceType(type.id())
                        .setResourceName(name)
                        .setConfigurationKeys(null)));
    return Errors.forCode(
        admins.ask(request, DescribeConfigsResponseData.class).results().get(0).errorCode());
  }

  private Errors altered(ConfigResource.Type type, String name) {
    AlterConfigsResource resource =
        new AlterConfigsResource().setResourceType(type.id()).setResourceName(name);
    resource
        .configs()
        .add(
            new AlterableConfig()
                .setName("retention.ms")
                .setValue("5")
                .setConfigOperation(OpType.SET.id()));
    IncrementalAlterConfigsRequestData request = new IncrementalAlterConfigsRequestData();
    request.resources().add(resource);
    return Errors.forCode(
        admins
            .ask(request, IncrementalAlterConfigsResponseData.class)
            .responses()
            .get(0)
            .errorCode());
  }

  @Test
  void whatConcernsTheClusterNeedsTheCluster() {
    allowOnly();
    assertThat(
            admins
                .ask(
                    new DescribeLogDirsRequestData().setTopics(null),
                    DescribeLogDirsResponseData.class)
                .errorCode())
        .isEqualTo(Errors.CLUSTER_AUTHORIZATION_FAILED.code());
    assertThatThrownBy(
            () -> admins.ask(new ElectLeadersRequestData(), ElectLeadersResponseData.class))
        .isInstanceOf(ClusterAuthorizationException.class);
  }
}
