package dev.sluice.broker.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.broker.group.GroupDescription;
import dev.sluice.broker.group.GroupDescription.Member;
import dev.sluice.broker.metadata.Topic;
import dev.sluice.broker.metadata.TopicConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.SubscriptionPattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups of Kafka's own consumers, with both protocols. */
class GroupsTest {

  private static final int PARTITIONS = 4;
  private static final int MANY_PARTITIONS = 20;
  private static final int MANY_MEMBERS = 10;
  private static final int ROUNDS = Boolean.getBoolean("long") ? 40 : 2;

  private Path directory = Path.of(".");
  private TestBroker broker;

  @BeforeEach
  void start(@TempDir Path given) {
    directory = given;
    broker = TestBroker.start(directory, TestMembers.CONFIG);
    create(PARTITIONS);
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic", "consumer"})
  void membersShareThePartitionsAndOthersGoOnWhereTheyWere(String protocol) {
    TestMembers.produce(broker, 100, PARTITIONS);
    try (TestMembers members = new TestMembers(broker, protocol, Map.of())) {
      members.join();
      members.join();
      members.pollUntilShared(PARTITIONS);
      members.readToTheEnd();
      assertThat(members.places()).hasSize(100);
    }
    restart();
    TestMembers.produce(broker, 10, PARTITIONS);
    try (TestMembers members = new TestMembers(broker, protocol, Map.of())) {
      members.join();
      members.pollUntilShared(PARTITIONS);
      members.readToTheEnd();
      assertThat(members.read()).hasSize(10);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic", "consumer"})
  void thisProcessSeesWhoReadsWhat(String protocol) {
    TestMembers.produce(broker, 20, PARTITIONS);
    try (TestMembers members = new TestMembers(broker, protocol, Map.of())) {
      KafkaConsumer<String, String> one = members.join(Map.of("client.id", "one"));
      KafkaConsumer<String, String> two =
          members.join(Map.of("client.id", "two", "group.instance.id", "second"));
      members.pollUntilShared(PARTITIONS);
      GroupDescription group = broker.front().groups().descriptions().all().getFirst();
      assertThat(group.overview().name()).isEqualTo(TestMembers.GROUP);
      assertThat(group.overview().type()).isEqualToIgnoringCase(protocol);
      assertThat(group.members())
          .extracting(Member::clientId, Member::instanceId, GroupsTest::read)
          .containsExactlyInAnyOrder(
              tuple("one", null, one.assignment()), tuple("two", "second", two.assignment()));
    }
  }

  private static Set<TopicPartition> read(Member member) {
    return member.assignment().stream()
        .map(id -> new TopicPartition(id.topic(), id.partition()))
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic", "consumer"})
  void theOthersGetThePartitionsOfAMemberThatDies(String protocol) {
    try (TestMembers members = new TestMembers(broker, protocol, Map.of())) {
      members.join();
      KafkaConsumer<String, String> dying = members.join();
      members.pollUntilShared(PARTITIONS);
      members.kill(dying);
      members.pollUntilShared(PARTITIONS);
      TestMembers.produce(broker, 20, PARTITIONS);
      members.readToTheEnd();
      assertThat(members.places()).hasSize(20);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic", "consumer"})
  void membersGoOnWhenTheBrokerComesBack(String protocol) {
    TestMembers.produce(broker, 20, PARTITIONS);
    int port = broker.port();
    try (TestMembers members = new TestMembers(broker, protocol, Map.of())) {
      members.join();
      members.join();
      members.pollUntilShared(PARTITIONS);
      members.readToTheEnd();
      broker.close();
      broker = TestBroker.start(directory, TestMembers.onPort(port));
      TestMembers.produce(broker, 20, PARTITIONS);
      members.forget();
      members.pollUntil(() -> members.places().size() == 20);
      assertThat(members.read()).hasSize(20);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic", "consumer"})
  void aStaticMemberKeepsItsPartitionsWhileItIsAway(String protocol) {
    try (TestMembers members = new TestMembers(broker, protocol, Map.of())) {
      KafkaConsumer<String, String> first = members.join(Map.of("group.instance.id", "one"));
      KafkaConsumer<String, String> second = members.join(Map.of("group.instance.id", "two"));
      members.pollUntilShared(PARTITIONS);
      Set<TopicPartition> kept = Set.copyOf(second.assignment());
      Set<TopicPartition> others = Set.copyOf(first.assignment());
      members.leave(second);
      members.pollOnce();
      assertThat(first.assignment()).isEqualTo(others);
      KafkaConsumer<String, String> back = members.join(Map.of("group.instance.id", "two"));
      members.pollUntilShared(PARTITIONS);
      assertThat(back.assignment()).isEqualTo(kept);
    }
  }

  @Test
  void cooperativeMembersGiveUpOnlyWhatMoves() {
    Map<String, ?> cooperative =
        Map.of("partition.assignment.strategy", CooperativeStickyAssignor.class.getName());
    try (TestMembers members = new TestMembers(broker, "classic", cooperative)) {
      KafkaConsumer<String, String> first = members.join();
      members.pollUntilShared(PARTITIONS);
      TestMembers.produce(broker, 40, PARTITIONS);
      members.readToTheEnd();
      Set<TopicPartition> before = Set.copyOf(first.assignment());
      members.join();
      members.pollUntilShared(PARTITIONS);
      assertThat(before).containsAll(first.assignment());
      members.readToTheEnd();
      assertThat(members.read()).as("nothing is read again").hasSize(40);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic", "consumer"})
  void aGroupOfTenReadsEachRecordOnceHoweverItsMembersComeAndGo(String protocol) {
    broker.broker().topics().delete(TestMembers.TOPIC);
    create(MANY_PARTITIONS);
    Random random = new Random(42);
    try (TestMembers members = new TestMembers(broker, protocol, Map.of())) {
      for (int i = 0; i < MANY_MEMBERS; i++) {
        members.join();
      }
      members.pollUntilShared(MANY_PARTITIONS);
      for (int round = 0; round < ROUNDS; round++) {
        churn(members, random);
        members.pollUntilShared(MANY_PARTITIONS);
        members.readToTheEnd();
        members.forget();
        TestMembers.produce(broker, 200, MANY_PARTITIONS);
        members.readToTheEnd();
        assertThat(members.places()).as("round %s", round).hasSize(200);
        assertThat(members.read()).as("round %s", round).hasSize(200);
      }
    }
  }

  /** One or two go, with or without a word, and as many others come. */
  private static void churn(TestMembers members, Random random) {
    switch (random.nextInt(3)) {
      case 0 -> members.leave(any(members, random));
      case 1 -> members.kill(any(members, random));
      default -> {
        members.kill(any(members, random));
        members.leave(any(members, random));
      }
    }
    members.pollOnce();
    while (members.members().size() < MANY_MEMBERS) {
      members.join();
    }
  }

  private static KafkaConsumer<String, String> any(TestMembers members, Random random) {
    return members.members().get(random.nextInt(members.members().size()));
  }

  @Test
  void offsetsThatAreCommittedInATransactionCountWithIt() {
    TopicPartition partition = new TopicPartition(TestMembers.TOPIC, 0);
    TestMembers.produce(broker, 8, PARTITIONS);
    try (TestMembers members = new TestMembers(broker, "classic", Map.of());
        KafkaProducer<String, String> producer = broker.producer(Map.of("transactional.id", "t"))) {
      KafkaConsumer<String, String> member = members.join();
      members.pollUntilShared(PARTITIONS);
      members.pollUntil(() -> members.places().size() == 8);
      producer.initTransactions();
      producer.beginTransaction();
      var unused = producer.send(new ProducerRecord<>(TestMembers.TOPIC, 3, "k", "result"));
      producer.sendOffsetsToTransaction(
          Map.of(partition, new OffsetAndMetadata(1)), member.groupMetadata());
      producer.abortTransaction();
      assertThat(member.committed(Set.of(partition)).get(partition)).isNull();

      producer.beginTransaction();
      producer.sendOffsetsToTransaction(
          Map.of(partition, new OffsetAndMetadata(2)), member.groupMetadata());
      producer.commitTransaction();
      assertThat(member.committed(Set.of(partition)))
          .containsEntry(partition, new OffsetAndMetadata(2));
    }
    restart();
    assertThat(broker.front().groups().offsets().readers(TestMembers.TOPIC))
        .isEqualTo(Map.of(TestMembers.GROUP, Map.of(0, 2L)));
  }

  @Test
  void aPatternFindsTopicsThatComeLater() {
    try (KafkaConsumer<String, String> member =
        broker.consumer(
            Map.of("group.id", "g", "group.protocol", "consumer", "metadata.max.age.ms", 200))) {
      member.subscribe(new SubscriptionPattern("later.*"));
      TestMembers members = new TestMembers(broker, "consumer", Map.of());
      members.members().add(member);
      members.pollOnce();
      Topic unused = broker.broker().topics().create("later-1", 2, TopicConfig.FOREVER);
      members.pollUntil(() -> member.assignment().size() == 2);
    }
  }

  @Test
  void membersAreStillDescribedAfterARestart() throws Exception {
    int port = broker.port();
    try (TestMembers members = new TestMembers(broker, "classic", Map.of())) {
      members.join(Map.of("client.id", "first-client"));
      members.pollUntilShared(PARTITIONS);
      String before = memberId();
      broker.close();
      broker = TestBroker.start(directory, TestMembers.onPort(port));
      assertThat(memberId()).isEqualTo(before);
    }
  }

  private String memberId() throws Exception {
    try (Admin admin = broker.admin()) {
      ConsumerGroupDescription group =
          admin
              .describeConsumerGroups(List.of(TestMembers.GROUP))
              .all()
              .get()
              .values()
              .iterator()
              .next();
      assertThat(group.members()).hasSize(1);
      MemberDescription member = group.members().iterator().next();
      assertThat(member.clientId()).isEqualTo("first-client");
      return member.consumerId();
    }
  }

  private void create(int partitions) {
    Topic unused =
        broker.broker().topics().create(TestMembers.TOPIC, partitions, TopicConfig.FOREVER);
  }

  private void restart() {
    broker.close();
    broker = TestBroker.start(directory, TestMembers.CONFIG);
  }
}
