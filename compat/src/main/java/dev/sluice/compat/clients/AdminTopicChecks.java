package dev.sluice.compat.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionReplica;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.ElectionNotNeededException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidReplicaAssignmentException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Topics, their settings, their records and where these are. */
final class AdminTopicChecks {

  private final Cluster cluster;
  private final Admin admin;
  private final Topics topics;

  AdminTopicChecks(Cluster cluster, Admin admin) {
    this.cluster = cluster;
    this.admin = admin;
    this.topics = new Topics(cluster);
  }

  void run(Report report) {
    report.check("cluster, quorum and features", this::cluster);
    report.check("create, list, describe, grow and delete topics", this::topics);
    report.check("describe and change settings of topics and the broker", this::settings);
    report.check("list what has settings", this::resources);
    report.check("offsets: earliest, latest, by time, of the newest", this::offsets);
    report.check("delete records", this::deletions);
    report.check("log directories", this::directories);
    report.check("elections and reassignments", this::placement);
  }

  private void cluster() throws Exception {
    assertThat(admin.describeCluster().nodes().get()).hasSize(1);
    assertThat(admin.describeCluster().controller().get().id()).isEqualTo(1);
    assertThat(admin.describeCluster().clusterId().get()).hasSizeGreaterThan(10);
    assertThat(admin.describeMetadataQuorum().quorumInfo().get().leaderId()).isEqualTo(1);
    assertThat(admin.describeFeatures().featureMetadata().get().finalizedFeatures())
        .hasEntrySatisfying(
            "group.version", level -> assertThat(level.maxVersionLevel()).isEqualTo((short) 1))
        .hasEntrySatisfying(
            "transaction.version",
            level -> assertThat(level.maxVersionLevel()).isEqualTo((short) 2));
    assertThat(admin.describeFeatures().featureMetadata().get().supportedFeatures())
        .hasEntrySatisfying(
            "group.version", range -> assertThat(range.minVersion()).isEqualTo((short) 0));
  }

  private void topics() throws Exception {
    String topic = cluster.name("admin-topics");
    var created = admin.createTopics(List.of(new NewTopic(topic, Map.of(0, List.of(1)))));
    done(created.all());
    assertThat(created.replicationFactor(topic).get()).isEqualTo(1);
    assertThatThrownBy(
            () -> done(admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all()))
        .hasCauseInstanceOf(TopicExistsException.class);
    done(admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(3))).all());
    TopicDescription described =
        Answers.at(admin.describeTopics(List.of(topic)).allTopicNames().get(), topic);
    assertThat(described.partitions()).hasSize(3);
    assertThat(described.topicId()).isEqualTo(created.topicId(topic).get());
    assertThat(admin.listTopics().listings().get())
        .anySatisfy(
            listed -> {
              assertThat(listed.name()).isEqualTo(topic);
              assertThat(listed.topicId()).isEqualTo(described.topicId());
              assertThat(listed.isInternal()).isFalse();
            });
    done(admin.deleteTopics(List.of(topic)).all());
    assertThatThrownBy(() -> admin.describeTopics(List.of(topic)).allTopicNames().get())
        .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
  }

  private void settings() throws Exception {
    String topic = topics.create("admin-settings", 1);
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    done(alter(resource, "retention.ms", "5000", AlterConfigOp.OpType.SET));
    done(alter(resource, "cleanup.policy", "compact", AlterConfigOp.OpType.APPEND));
    ConfigEntry retention = describe(resource).get("retention.ms");
    assertThat(retention.value()).isEqualTo("5000");
    assertThat(retention.source()).isEqualTo(ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG);
    assertThat(describe(resource).get("cleanup.policy").value().split(",", -1))
        .containsExactlyInAnyOrder("delete", "compact");
    done(alter(resource, "cleanup.policy", "compact", AlterConfigOp.OpType.SUBTRACT));
    done(alter(resource, "retention.ms", "", AlterConfigOp.OpType.DELETE));
    assertThat(describe(resource).get("retention.ms").isDefault()).isTrue();
    assertThatThrownBy(() -> done(alter(resource, "no.such", "1", AlterConfigOp.OpType.SET)))
        .hasCauseInstanceOf(InvalidConfigurationException.class);
    assertThat(describe(new ConfigResource(ConfigResource.Type.BROKER, "1")).get("num.partitions"))
        .extracting(ConfigEntry::value)
        .isEqualTo("1");
  }

  private KafkaFuture<Void> alter(
      ConfigResource resource, String name, String value, AlterConfigOp.OpType how) {
    return admin
        .incrementalAlterConfigs(
            Map.of(resource, List.of(new AlterConfigOp(new ConfigEntry(name, value), how))))
        .all();
  }

  private Config describe(ConfigResource resource) throws Exception {
    return Answers.at(admin.describeConfigs(List.of(resource)).all().get(), resource);
  }

  private void resources() throws Exception {
    String topic = topics.create("admin-resources", 1);
    assertThat(admin.listConfigResources().all().get())
        .contains(new ConfigResource(ConfigResource.Type.TOPIC, topic));
    assertThat(admin.listClientMetricsResources().all().get()).isEmpty();
  }

  private void offsets() throws Exception {
    String topic = topics.create("admin-offsets", 1);
    TopicPartition partition = new TopicPartition(topic, 0);
    topics.send(topic, 0, 10);
    Map<String, OffsetSpec> asked = new HashMap<>();
    asked.put("0", OffsetSpec.earliest());
    asked.put("10", OffsetSpec.latest());
    for (Map.Entry<String, OffsetSpec> one : asked.entrySet()) {
      assertThat(offset(partition, one.getValue()).offset())
          .isEqualTo(Long.parseLong(one.getKey()));
    }
    assertThat(offset(partition, OffsetSpec.forTimestamp(0)).offset()).isZero();
    ListOffsetsResultInfo newest = offset(partition, OffsetSpec.maxTimestamp());
    assertThat(newest.offset()).isBetween(0L, 9L);
    assertThat(newest.timestamp()).isGreaterThan(1_600_000_000_000L);
    assertThat(offset(partition, OffsetSpec.forTimestamp(newest.timestamp() + 1)).offset())
        .isEqualTo(-1);
    assertThat(offset(partition, OffsetSpec.earliestLocal()).offset()).isZero();
    assertThat(offset(partition, OffsetSpec.latestTiered()).offset()).isEqualTo(-1);
  }

  private ListOffsetsResultInfo offset(TopicPartition partition, OffsetSpec spec) throws Exception {
    return admin.listOffsets(Map.of(partition, spec)).partitionResult(partition).get();
  }

  private void deletions() throws Exception {
    String topic = topics.create("admin-deletions", 1);
    TopicPartition partition = new TopicPartition(topic, 0);
    topics.send(topic, 0, 10);
    var deleted = admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(6)));
    assertThat(Answers.at(deleted.lowWatermarks(), partition).get().lowWatermark()).isEqualTo(6);
    assertThat(offset(partition, OffsetSpec.earliest()).offset()).isEqualTo(6);
  }

  private void directories() throws Exception {
    String topic = topics.create("admin-directories", 1);
    TopicPartition partition = new TopicPartition(topic, 0);
    topics.send(topic, 0, 10);
    Map<String, LogDirDescription> described =
        Answers.at(admin.describeLogDirs(List.of(1)).allDescriptions().get(), 1);
    assertThat(described).hasSize(1);
    String directory = described.keySet().iterator().next();
    assertThat(Answers.at(Answers.at(described, directory).replicaInfos(), partition).size())
        .isPositive();
    TopicPartitionReplica replica = new TopicPartitionReplica(topic, 0, 1);
    assertThat(
            Answers.at(admin.describeReplicaLogDirs(List.of(replica)).all().get(), replica)
                .getCurrentReplicaLogDir())
        .isEqualTo(directory);
    done(admin.alterReplicaLogDirs(Map.of(replica, directory)).all());
  }

  private void placement() throws Exception {
    String topic = topics.create("admin-placement", 1);
    TopicPartition partition = new TopicPartition(topic, 0);
    Optional<Throwable> elected =
        Answers.at(
            admin.electLeaders(ElectionType.PREFERRED, Set.of(partition)).partitions().get(),
            partition);
    assertThat(elected).get().isInstanceOf(ElectionNotNeededException.class);
    done(
        admin
            .alterPartitionReassignments(
                Map.of(partition, Optional.of(new NewPartitionReassignment(List.of(1)))))
            .all());
    assertThatThrownBy(
            () ->
                done(
                    admin
                        .alterPartitionReassignments(
                            Map.of(
                                partition, Optional.of(new NewPartitionReassignment(List.of(9)))))
                        .all()))
        .hasCauseInstanceOf(InvalidReplicaAssignmentException.class);
    assertThat(admin.listPartitionReassignments().reassignments().get()).isEmpty();
  }

  private static void done(KafkaFuture<Void> answer)
      throws ExecutionException, InterruptedException {
    Void unused = answer.get();
  }
}
