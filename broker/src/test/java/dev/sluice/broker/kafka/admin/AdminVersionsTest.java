package dev.sluice.broker.kafka.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.metadata.TopicConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.message.AlterConfigsRequestData;
import org.apache.kafka.common.message.AlterConfigsResponseData;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData.ReassignablePartition;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData.ReassignableTopic;
import org.apache.kafka.common.message.AlterPartitionReassignmentsResponseData;
import org.apache.kafka.common.message.AlterReplicaLogDirsRequestData;
import org.apache.kafka.common.message.AlterReplicaLogDirsRequestData.AlterReplicaLogDir;
import org.apache.kafka.common.message.AlterReplicaLogDirsRequestData.AlterReplicaLogDirTopic;
import org.apache.kafka.common.message.AlterReplicaLogDirsResponseData;
import org.apache.kafka.common.message.CreatePartitionsRequestData;
import org.apache.kafka.common.message.CreatePartitionsRequestData.CreatePartitionsTopic;
import org.apache.kafka.common.message.CreatePartitionsResponseData;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopicConfig;
import org.apache.kafka.common.message.CreateTopicsResponseData;
import org.apache.kafka.common.message.CreateTopicsResponseData.CreatableTopicResult;
import org.apache.kafka.common.message.DeleteRecordsRequestData;
import org.apache.kafka.common.message.DeleteRecordsRequestData.DeleteRecordsPartition;
import org.apache.kafka.common.message.DeleteRecordsRequestData.DeleteRecordsTopic;
import org.apache.kafka.common.message.DeleteRecordsResponseData;
import org.apache.kafka.common.message.DeleteTopicsRequestData;
import org.apache.kafka.common.message.DeleteTopicsRequestData.DeleteTopicState;
import org.apache.kafka.common.message.DeleteTopicsResponseData;
import org.apache.kafka.common.message.DescribeConfigsRequestData;
import org.apache.kafka.common.message.DescribeConfigsRequestData.DescribeConfigsResource;
import org.apache.kafka.common.message.DescribeConfigsResponseData;
import org.apache.kafka.common.message.DescribeConfigsResponseData.DescribeConfigsResourceResult;
import org.apache.kafka.common.message.DescribeLogDirsRequestData;
import org.apache.kafka.common.message.DescribeLogDirsResponseData;
import org.apache.kafka.common.message.ElectLeadersRequestData;
import org.apache.kafka.common.message.ElectLeadersRequestData.TopicPartitions;
import org.apache.kafka.common.message.ElectLeadersResponseData;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData;
import org.apache.kafka.common.message.IncrementalAlterConfigsResponseData;
import org.apache.kafka.common.message.ListConfigResourcesRequestData;
import org.apache.kafka.common.message.ListConfigResourcesResponseData;
import org.apache.kafka.common.message.ListPartitionReassignmentsRequestData;
import org.apache.kafka.common.message.ListPartitionReassignmentsResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every API in every version that is advertised, in bytes. */
class AdminVersionsTest {

  private static final short NONE = Errors.NONE.code();
  private static final byte TOPIC = ConfigResource.Type.TOPIC.id();

  private Admins admins;

  @BeforeEach
  void open(@TempDir Path directory) {
    admins = new Admins(directory);
    admins.broker().topics().create("t", 2, new TopicConfig(1_000L, null));
  }

  @AfterEach
  void close() {
    admins.close();
  }

  static Stream<Short> createTopics() {
    return versions(ApiKeys.CREATE_TOPICS);
  }

  @ParameterizedTest
  @MethodSource
  void createTopics(short version) {
    CreateTopicsRequestData request = new CreateTopicsRequestData();
    CreatableTopic wanted =
        new CreatableTopic().setName("new").setNumPartitions(3).setReplicationFactor((short) 1);
    wanted.configs().add(new CreatableTopicConfig().setName("retention.ms").setValue("5"));
    request.topics().add(wanted);
    request.topics().add(new CreatableTopic().setName("t").setNumPartitions(1));
    CreateTopicsResponseData answer = admins.ask(request, version, CreateTopicsResponseData.class);
    CreatableTopicResult created = answer.topics().find("new");
    assertThat(created.errorCode()).isEqualTo(NONE);
    if (version >= 5) {
      assertThat(created.numPartitions()).isEqualTo(3);
      assertThat(created.configs()).anyMatch(it -> it.name().equals("retention.ms"));
    }
    assertThat(answer.topics().find("t").errorCode()).isEqualTo(Errors.TOPIC_ALREADY_EXISTS.code());
  }

  static Stream<Short> deleteTopics() {
    return versions(ApiKeys.DELETE_TOPICS);
  }

  @ParameterizedTest
  @MethodSource
  void deleteTopics(short version) {
    DeleteTopicsRequestData request = new DeleteTopicsRequestData();
    if (version >= 6) {
      request.setTopics(
          List.of(
              new DeleteTopicState().setName("t"),
              new DeleteTopicState().setName("t"),
              new DeleteTopicState().setName("none")));
    } else {
      request.setTopicNames(List.of("t", "t", "none"));
    }
    DeleteTopicsResponseData answer = admins.ask(request, version, DeleteTopicsResponseData.class);
    assertThat(answer.responses())
        .extracting(result -> Errors.forCode(result.errorCode()))
        .containsExactly(Errors.NONE, Errors.INVALID_REQUEST, Errors.UNKNOWN_TOPIC_OR_PARTITION);
    assertThat(admins.broker().topics().find("t")).isEmpty();
  }

  static Stream<Short> createPartitions() {
    return versions(ApiKeys.CREATE_PARTITIONS);
  }

  @ParameterizedTest
  @MethodSource
  void createPartitions(short version) {
    CreatePartitionsRequestData request = new CreatePartitionsRequestData();
    request.topics().add(new CreatePartitionsTopic().setName("t").setCount(5).setAssignments(null));
    CreatePartitionsResponseData answer =
        admins.ask(request, version, CreatePartitionsResponseData.class);
    assertThat(answer.results()).allMatch(result -> result.errorCode() == NONE);
    assertThat(admins.broker().partition("t", 4).highWatermark()).isZero();
  }

  static Stream<Short> deleteRecords() {
    return versions(ApiKeys.DELETE_RECORDS);
  }

  @ParameterizedTest
  @MethodSource
  void deleteRecords(short version) {
    DeleteRecordsRequestData request = new DeleteRecordsRequestData();
    request
        .topics()
        .add(
            new DeleteRecordsTopic()
                .setName("t")
                .setPartitions(
                    List.of(
                        new DeleteRecordsPartition().setPartitionIndex(0).setOffset(-1),
                        new DeleteRecordsPartition().setPartitionIndex(1).setOffset(7),
                        new DeleteRecordsPartition().setPartitionIndex(2).setOffset(0))));
    DeleteRecordsResponseData answer =
        admins.ask(request, version, DeleteRecordsResponseData.class);
    assertThat(answer.topics().find("t").partitions())
        .extracting(result -> Errors.forCode(result.errorCode()))
        .containsExactly(
            Errors.NONE, Errors.OFFSET_OUT_OF_RANGE, Errors.UNKNOWN_TOPIC_OR_PARTITION);
  }

  static Stream<Short> describeConfigs() {
    return versions(ApiKeys.DESCRIBE_CONFIGS);
  }

  @ParameterizedTest
  @MethodSource
  void describeConfigs(short version) {
    DescribeConfigsRequestData request =
        new DescribeConfigsRequestData()
            .setIncludeSynonyms(true)
            .setIncludeDocumentation(version >= 3)
            .setResources(
                List.of(
                    new DescribeConfigsResource()
                        .setResourceType(TOPIC)
                        .setResourceName("t")
                        .setConfigurationKeys(List.of("retention.ms")),
                    new DescribeConfigsResource()
                        .setResourceType(TOPIC)
                        .setResourceName("none")
                        .setConfigurationKeys(null),
                    new DescribeConfigsResource()
                        .setResourceType((byte) 99)
                        .setResourceName("what")
                        .setConfigurationKeys(null)));
    DescribeConfigsResponseData answer =
        admins.ask(request, version, DescribeConfigsResponseData.class);
    assertThat(answer.results())
        .extracting(result -> Errors.forCode(result.errorCode()))
        .containsExactly(Errors.NONE, Errors.UNKNOWN_TOPIC_OR_PARTITION, Errors.INVALID_REQUEST);
    assertThat(answer.results().get(0).configs())
        .extracting(DescribeConfigsResourceResult::value)
        .containsExactly("1000");
  }

  static Stream<Short> alterConfigs() {
    return versions(ApiKeys.ALTER_CONFIGS);
  }

  @ParameterizedTest
  @MethodSource
  void alterConfigs(short version) {
    AlterConfigsRequestData request = new AlterConfigsRequestData();
    AlterConfigsRequestData.AlterConfigsResource topic =
        new AlterConfigsRequestData.AlterConfigsResource()
            .setResourceType(TOPIC)
            .setResourceName("t");
    topic
        .configs()
        .add(
            new AlterConfigsRequestData.AlterableConfig()
                .setName("max.message.bytes")
                .setValue("77"));
    request.resources().add(topic);
    AlterConfigsResponseData answer = admins.ask(request, version, AlterConfigsResponseData.class);
    assertThat(answer.responses()).allMatch(result -> result.errorCode() == NONE);
    TopicConfig config = admins.broker().topics().find("t").orElseThrow().config();
    assertThat(config.maxBatchBytes()).isEqualTo(77);
    assertThat(config.retentionMillis()).isNull(); // What isn't named is left to the default.
  }

  static Stream<Short> incrementalAlterConfigs() {
    return versions(ApiKeys.INCREMENTAL_ALTER_CONFIGS);
  }

  @ParameterizedTest
  @MethodSource
  void incrementalAlterConfigs(short version) {
    IncrementalAlterConfigsRequestData request = new IncrementalAlterConfigsRequestData();
    request.resources().add(incremental("t", OpType.SET.id(), "77"));
    request.resources().add(incremental("t2", OpType.SET.id(), null));
    request.resources().add(incremental("t3", (byte) 9, "77"));
    IncrementalAlterConfigsResponseData answer =
        admins.ask(request, version, IncrementalAlterConfigsResponseData.class);
    assertThat(answer.responses())
        .extracting(result -> Errors.forCode(result.errorCode()))
        .containsExactly(Errors.NONE, Errors.INVALID_REQUEST, Errors.INVALID_REQUEST);
    TopicConfig config = admins.broker().topics().find("t").orElseThrow().config();
    assertThat(config).isEqualTo(new TopicConfig(1_000L, null, null, null, null, null, 77, null));
  }

  private static IncrementalAlterConfigsRequestData.AlterConfigsResource incremental(
      String topic, byte operation, @Nullable String value) {
    IncrementalAlterConfigsRequestData.AlterConfigsResource resource =
        new IncrementalAlterConfigsRequestData.AlterConfigsResource()
            .setResourceType(TOPIC)
            .setResourceName(topic);
    resource
        .configs()
        .add(
            new IncrementalAlterConfigsRequestData.AlterableConfig()
                .setName("max.message.bytes")
                .setConfigOperation(operation)
                .setValue(value));
    return resource;
  }

  static Stream<Short> listConfigResources() {
    return versions(ApiKeys.LIST_CONFIG_RESOURCES);
  }

  @ParameterizedTest
  @MethodSource
  void listConfigResources(short version) {
    ListConfigResourcesResponseData answer =
        admins.ask(
            new ListConfigResourcesRequestData(), version, ListConfigResourcesResponseData.class);
    assertThat(answer.configResources()).hasSize(version == 0 ? 0 : 2);
  }

  static Stream<Short> describeLogDirs() {
    return versions(ApiKeys.DESCRIBE_LOG_DIRS);
  }

  @ParameterizedTest
  @MethodSource
  void describeLogDirs(short version) {
    DescribeLogDirsResponseData answer =
        admins.ask(
            new DescribeLogDirsRequestData().setTopics(null),
            version,
            DescribeLogDirsResponseData.class);
    assertThat(answer.results().get(0).topics().get(0).partitions()).hasSize(2);
  }

  static Stream<Short> alterReplicaLogDirs() {
    return versions(ApiKeys.ALTER_REPLICA_LOG_DIRS);
  }

  @ParameterizedTest
  @MethodSource
  void alterReplicaLogDirs(short version) {
    AlterReplicaLogDirTopic topic =
        new AlterReplicaLogDirTopic().setName("t").setPartitions(List.of(0));
    AlterReplicaLogDir directory = new AlterReplicaLogDir().setPath("/elsewhere");
    directory.topics().add(topic);
    AlterReplicaLogDirsRequestData request = new AlterReplicaLogDirsRequestData();
    request.dirs().add(directory);
    AlterReplicaLogDirsResponseData answer =
        admins.ask(request, version, AlterReplicaLogDirsResponseData.class);
    assertThat(answer.results().get(0).partitions().get(0).errorCode())
        .isEqualTo(Errors.LOG_DIR_NOT_FOUND.code());
  }

  static Stream<Short> electLeaders() {
    return versions(ApiKeys.ELECT_LEADERS);
  }

  @ParameterizedTest
  @MethodSource
  void electLeaders(short version) {
    ElectLeadersRequestData request = new ElectLeadersRequestData();
    request.topicPartitions().add(new TopicPartitions().setTopic("t").setPartitions(List.of(0, 2)));
    ElectLeadersResponseData answer = admins.ask(request, version, ElectLeadersResponseData.class);
    assertThat(answer.replicaElectionResults().get(0).partitionResult())
        .extracting(result -> Errors.forCode(result.errorCode()))
        .containsExactly(Errors.ELECTION_NOT_NEEDED, Errors.UNKNOWN_TOPIC_OR_PARTITION);
  }

  static Stream<Short> alterPartitionReassignments() {
    return versions(ApiKeys.ALTER_PARTITION_REASSIGNMENTS);
  }

  @ParameterizedTest
  @MethodSource
  void alterPartitionReassignments(short version) {
    AlterPartitionReassignmentsRequestData request =
        new AlterPartitionReassignmentsRequestData()
            .setTopics(
                List.of(
                    new ReassignableTopic()
                        .setName("t")
                        .setPartitions(
                            List.of(
                                new ReassignablePartition()
                                    .setPartitionIndex(0)
                                    .setReplicas(List.of(1)),
                                new ReassignablePartition()
                                    .setPartitionIndex(1)
                                    .setReplicas(null)))));
    AlterPartitionReassignmentsResponseData answer =
        admins.ask(request, version, AlterPartitionReassignmentsResponseData.class);
    assertThat(answer.responses().get(0).partitions())
        .extracting(result -> Errors.forCode(result.errorCode()))
        .containsExactly(Errors.NONE, Errors.NO_REASSIGNMENT_IN_PROGRESS);
  }

  static Stream<Short> listPartitionReassignments() {
    return versions(ApiKeys.LIST_PARTITION_REASSIGNMENTS);
  }

  @ParameterizedTest
  @MethodSource
  void listPartitionReassignments(short version) {
    ListPartitionReassignmentsResponseData answer =
        admins.ask(
            new ListPartitionReassignmentsRequestData().setTopics(null),
            version,
            ListPartitionReassignmentsResponseData.class);
    assertThat(answer.topics()).isEmpty();
  }

  private static Stream<Short> versions(ApiKeys api) {
    return IntStream.rangeClosed(api.oldestVersion(), api.latestVersion())
        .mapToObj(version -> (short) version);
  }
}
