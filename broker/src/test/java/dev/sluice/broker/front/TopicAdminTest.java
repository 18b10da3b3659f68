package dev.sluice.broker.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreatePartitionsOptions;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicCollection;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionReplica;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.ElectionNotNeededException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.InvalidReplicaAssignmentException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.LogDirNotFoundException;
import org.apache.kafka.common.errors.NoReassignmentInProgressException;
import org.apache.kafka.common.errors.OffsetOutOfRangeException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Topics, their partitions and their records, administered with Kafka's own client. */
class TopicAdminTest {

  private static final Optional<Integer> DEFAULT_PARTITIONS = Optional.empty();
  private static final Optional<Short> DEFAULT_REPLICATION = Optional.empty();

  @TempDir private Path directory = Path.of(".");
  private TestBroker broker;
  private Admin admin;

  @BeforeEach
  void start() {
    broker = TestBroker.start(directory);
    admin = broker.admin();
  }

  @AfterEach
  void stop() {
    admin.close();
    broker.close();
  }

  @Test
  void aTopicIsCreatedWithItsSettingsAndTold() throws Exception {
    CreateTopicsResult created =
        admin.createTopics(
            List.of(new NewTopic("t", 3, (short) 1).configs(Map.of("retention.ms", "1000"))));
    assertThat(get(created.numPartitions("t"))).isEqualTo(3);
    assertThat(get(created.replicationFactor("t"))).isEqualTo(1);
    assertThat(get(created.config("t")).get("retention.ms").value()).isEqualTo("1000");
    assertThat(get(created.config("t")).get("retention.bytes").value()).isEqualTo("-1");

    TopicDescription described = describe("t");
    assertThat(described.topicId()).isEqualTo(get(created.topicId("t")));
    assertThat(described.partitions()).hasSize(3);
    assertThat(broker.broker().topics().find("t").orElseThrow().config().retentionMillis())
        .isEqualTo(1000);
  }

  @Test
  void whatIsLeftOpenIsTheServersDefault() throws Exception {
    get(create(new NewTopic("t", DEFAULT_PARTITIONS, DEFAULT_REPLICATION)).all());
    assertThat(describe("t").partitions()).hasSize(1);
  }

  @Test
  void aManualAssignmentMayNameThisBrokerOnly() throws Exception {
    get(create(new NewTopic("here", Map.of(0, List.of(1), 1, List.of(1)))).all());
    assertThat(describe("here").partitions()).hasSize(2);
    assertFails(
        create(new NewTopic("there", Map.of(0, List.of(2)))).all(),
        InvalidReplicaAssignmentException.class,
        "one broker");
    assertFails(
        create(new NewTopic("gap", Map.of(0, List.of(1), 2, List.of(1)))).all(),
        InvalidReplicaAssignmentException.class,
        "1 is missing");
  }

  @Test
  void oneBadTopicDoesNotSpoilTheOthers() throws Exception {
    CreateTopicsResult result =
        admin.createTopics(
            List.of(
                new NewTopic("good", 1, (short) 1),
                new NewTopic("spread", 1, (short) 3),
                new NewTopic("none", 0, (short) 1),
                new NewTopic("not/a/name", 1, (short) 1),
                new NewTopic("__cluster_metadata", 1, (short) 1),
                new NewTopic("__consumer_offsets", 1, (short) 1),
                new NewTopic("odd", 1, (short) 1).configs(Map.of("retention.mss", "1")),
                new NewTopic("wrong", 1, (short) 1).configs(Map.of("retention.ms", "soon"))));
    Map<String, KafkaFuture<Void>> each = result.values();
    get(future(each, "good"));
    assertFails(future(each, "spread"), InvalidReplicationFactorException.class, "one broker");
    assertFails(future(each, "none"), InvalidPartitionsException.class, "not 0");
    assertFails(future(each, "not/a/name"), InvalidTopicException.class, "characters");
    assertFails(future(each, "__cluster_metadata"), InvalidTopicException.class, "server's own");
    assertFails(future(each, "__consumer_offsets"), InvalidTopicException.class, "server's own");
    assertFails(future(each, "odd"), InvalidConfigurationException.class, "'retention.ms'?");
    assertFails(future(each, "wrong"), InvalidConfigurationException.class, "soon");
    assertThat(get(admin.listTopics().names())).containsExactly("good");
  }

  @Test
  void namesThatKafkaTakesForOneAreRefused() throws Exception {
    get(create(new NewTopic("a.b", 1, (short) 1)).all());
    assertFails(
        create(new NewTopic("a_b", 1, (short) 1)).all(), InvalidTopicException.class, "a.b");
  }

  @Test
  void thatATopicIsThereGoesBeforeWhatElseIsWrong() throws Exception {
    get(create(new NewTopic("t", 1, (short) 1)).all());
    assertFails(
        create(new NewTopic("t", 1, (short) 3).configs(Map.of("unknown", "1"))).all(),
        TopicExistsException.class,
        "already");
  }

  @Test
  void whatIsOnlyValidatedIsNotDone() throws Exception {
    CreateTopicsOptions validate = new CreateTopicsOptions().validateOnly(true);
    get(admin.createTopics(List.of(new NewTopic("t", 2, (short) 1)), validate).all());
    assertFails(
        admin.createTopics(List.of(new NewTopic("t", 2, (short) 2)), validate).all(),
        InvalidReplicationFactorException.class,
        "one broker");
    assertThat(get(admin.listTopics().names())).isEmpty();

    get(create(new NewTopic("t", 2, (short) 1)).all());
    get(
        admin
            .createPartitions(
                Map.of("t", NewPartitions.increaseTo(5)),
                new CreatePartitionsOptions().validateOnly(true))
            .all());
    assertThat(describe("t").partitions()).hasSize(2);
  }

  @Test
  void aTopicIsDeletedByNameOrIdAndItsNameIsFreeAtOnce() throws Exception {
    for (int round = 0; round < 3; round++) {
      Uuid id = get(create(new NewTopic("t", 2, (short) 1)).topicId("t"));
      produce("t", 5);
      if (round == 1) {
        get(admin.deleteTopics(TopicCollection.ofTopicIds(List.of(id))).all());
      } else {
        get(admin.deleteTopics(List.of("t")).all());
      }
      assertThat(directory.resolve("t-0")).doesNotExist();
    }
    assertFails(
        admin.deleteTopics(List.of("t")).all(), UnknownTopicOrPartitionException.class, "'t'");
    assertFails(
        admin.deleteTopics(TopicCollection.ofTopicIds(List.of(Uuid.randomUuid()))).all(),
        UnknownTopicIdException.class,
        "id");
  }

  @Test
  void partitionsAreAddedAndNeverTaken() throws Exception {
    get(create(new NewTopic("t", 2, (short) 1)).all());
    get(admin.createPartitions(Map.of("t", NewPartitions.increaseTo(4))).all());
    assertThat(describe("t").partitions()).hasSize(4);
    produce("t", 3, 5);
    assertFails(
        admin.createPartitions(Map.of("t", NewPartitions.increaseTo(4))).all(),
        InvalidPartitionsException.class,
        "has 4 partitions");
    assertFails(
        admin.createPartitions(Map.of("t", NewPartitions.increaseTo(5, List.of(List.of(7))))).all(),
        InvalidReplicaAssignmentException.class,
        "one broker");
    assertFails(
        admin.createPartitions(Map.of("none", NewPartitions.increaseTo(4))).all(),
        UnknownTopicOrPartitionException.class,
        "none");
  }

  @Test
  void recordsAreDeletedUpToAnOffsetOrTheEnd() throws Exception {
    get(create(new NewTopic("t", 1, (short) 1)).all());
    produce("t", 10);
    assertThat(deleteBefore("t", 4)).isEqualTo(4);
    assertThat(deleteBefore("t", 2)).isEqualTo(4);
    assertThat(deleteBefore("t", -1)).isEqualTo(10);
    assertThatThrownBy(() -> deleteBefore("t", 11))
        .hasCauseInstanceOf(OffsetOutOfRangeException.class);
    assertThatThrownBy(() -> deleteBefore("t", -2))
        .hasCauseInstanceOf(OffsetOutOfRangeException.class);
  }

  @Test
  void recordsOfATopicThatIsOnlyCompactedAreNotDeleted() throws Exception {
    get(create(new NewTopic("t", 1, (short) 1).configs(Map.of("cleanup.policy", "compact"))).all());
    assertThatThrownBy(() -> deleteBefore("t", 0))
        .hasCauseInstanceOf(PolicyViolationException.class);
  }

  @Test
  void logDirectoriesAreDescribed() throws Exception {
    get(create(new NewTopic("t", 2, (short) 1)).all());
    produce("t", 10);
    Map<String, LogDirDescription> directories =
        get(admin.describeLogDirs(List.of(1)).allDescriptions()).getOrDefault(1, Map.of());
    LogDirDescription described =
        Optional.ofNullable(directories.get(directory.toAbsolutePath().toString())).orElseThrow();
    assertThat(described.error()).isNull();
    assertThat(described.totalBytes().orElse(0)).isPositive();
    assertThat(described.replicaInfos().keySet())
        .containsExactlyInAnyOrder(new TopicPartition("t", 0), new TopicPartition("t", 1));
    assertThat(described.replicaInfos().get(new TopicPartition("t", 0)))
        .satisfies(info -> assertThat(info.size()).isPositive());
  }

  @Test
  void replicasStayWhereTheyAre() throws Exception {
    get(create(new NewTopic("t", 1, (short) 1)).all());
    TopicPartition partition = new TopicPartition("t", 0);
    TopicPartitionReplica replica = new TopicPartitionReplica("t", 0, 1);
    get(admin.alterReplicaLogDirs(Map.of(replica, directory.toAbsolutePath().toString())).all());
    assertFails(
        admin.alterReplicaLogDirs(Map.of(replica, "/elsewhere")).all(),
        LogDirNotFoundException.class,
        "");
    assertThat(get(admin.listPartitionReassignments().reassignments())).isEmpty();
    get(
        admin
            .alterPartitionReassignments(
                Map.of(partition, Optional.of(new NewPartitionReassignment(List.of(1)))))
            .all());
    assertFails(
        admin
            .alterPartitionReassignments(
                Map.of(partition, Optional.of(new NewPartitionReassignment(List.of(1, 2)))))
            .all(),
        InvalidReplicaAssignmentException.class,
        "one broker");
    assertFails(
        admin.alterPartitionReassignments(Map.of(partition, Optional.empty())).all(),
        NoReassignmentInProgressException.class,
        "");
  }

  @Test
  void noElectionIsEverNeeded() throws Exception {
    get(create(new NewTopic("t", 1, (short) 1)).all());
    TopicPartition partition = new TopicPartition("t", 0);
    Map<TopicPartition, Optional<Throwable>> elected =
        get(admin.electLeaders(ElectionType.PREFERRED, Set.of(partition)).partitions());
    assertThat(elected.getOrDefault(partition, Optional.empty()))
        .containsInstanceOf(ElectionNotNeededException.class);
    get(admin.electLeaders(ElectionType.PREFERRED, null).all());
  }

  @Test
  void manyTopicsInOneRequestAreCreatedAndDeleted() throws Exception {
    Collection<NewTopic> many =
        IntStream.range(0, 50)
            .mapToObj(number -> new NewTopic("t" + number, 2, (short) 1))
            .toList();
    get(admin.createTopics(many).all());
    assertThat(get(admin.listTopics().names())).hasSize(50);
    get(admin.deleteTopics(many.stream().map(NewTopic::name).toList()).all());
    assertThat(get(admin.listTopics().names())).isEmpty();
  }

  private CreateTopicsResult create(NewTopic topic) {
    return admin.createTopics(List.of(topic));
  }

  private TopicDescription describe(String topic) throws Exception {
    Map<String, TopicDescription> found =
        new HashMap<>(get(admin.describeTopics(List.of(topic)).allTopicNames()));
    return Optional.ofNullable(found.get(topic)).orElseThrow();
  }

  private long deleteBefore(String topic, long offset) throws Exception {
    TopicPartition partition = new TopicPartition(topic, 0);
    return get(admin
            .deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(offset)))
            .lowWatermarks()
            .getOrDefault(partition, KafkaFuture.completedFuture(null)))
        .lowWatermark();
  }

  private void produce(String topic, int count) throws Exception {
    produce(topic, 0, count);
  }

  private void produce(String topic, int partition, int count) throws Exception {
    try (KafkaProducer<String, String> producer =
        broker.producer(Map.of("enable.idempotence", false))) {
      for (int i = 0; i < count; i++) {
        RecordMetadata unused =
            producer.send(new ProducerRecord<>(topic, partition, "k", "v" + i)).get();
      }
    }
  }

  private static KafkaFuture<Void> future(Map<String, KafkaFuture<Void>> each, String topic) {
    return Optional.ofNullable(each.get(topic)).orElseThrow();
  }

  private static <T> T get(KafkaFuture<T> future) throws Exception {
    return future.get(20, TimeUnit.SECONDS);
  }

  private static void assertFails(
      KafkaFuture<?> future, Class<? extends Throwable> kind, String reason) {
    assertThatThrownBy(() -> get(future))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(kind)
        .hasMessageContaining(reason);
  }
}
