package dev.sluice.broker.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.broker.metadata.Topic;
import dev.sluice.broker.metadata.TopicConfig;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.GroupSubscribedToTopicException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups through Kafka's own administration client. */
class GroupAdminTest {

  private static final TopicPartition FIRST = new TopicPartition(TestMembers.TOPIC, 0);
  private static final TopicPartition SECOND = new TopicPartition(TestMembers.TOPIC, 1);

  private TestBroker broker;
  private Admin admin;

  @BeforeEach
  void start(@TempDir Path directory) {
    broker = TestBroker.start(directory, TestMembers.CONFIG);
    Topic unused = broker.broker().topics().create(TestMembers.TOPIC, 2, TopicConfig.FOREVER);
    admin = broker.admin();
  }

  @AfterEach
  void stop() {
    admin.close();
    broker.close();
  }

  @Test
  void listingGroupsMakesNoTopic() throws Exception {
    assertThat(admin.listGroups().all().get()).isEmpty();
    assertThat(broker.broker().topics().find("__consumer_offsets")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic", "consumer"})
  void groupsAreListedAndDescribed(String protocol) throws Exception {
    try (TestMembers members = new TestMembers(broker, protocol, Map.of())) {
      members.join(Map.of("client.id", "one", "group.instance.id", "static-one"));
      members.pollUntilShared(2);

      Collection<GroupListing> groups = admin.listGroups().all().get();
      assertThat(groups).hasSize(1);
      GroupListing listed = groups.iterator().next();
      assertThat(listed.groupId()).isEqualTo(TestMembers.GROUP);
      assertThat(listed.type()).hasValue(GroupType.parse(protocol));
      assertThat(listed.groupState()).hasValue(GroupState.STABLE);

      ConsumerGroupDescription group = describe();
      assertThat(group.coordinator().port()).isEqualTo(broker.port());
      assertThat(group.authorizedOperations())
          .contains(AclOperation.READ, AclOperation.DESCRIBE, AclOperation.DELETE);
      assertThat(group.members())
          .singleElement()
          .satisfies(
              member -> {
                assertThat(member.clientId()).isEqualTo("one");
                assertThat(member.groupInstanceId()).hasValue("static-one");
                assertThat(member.assignment().topicPartitions()).containsOnly(FIRST, SECOND);
              });
    }
  }

  @Test
  void offsetsAreAlteredListedAndDeleted() throws Exception {
    admin
        .alterConsumerGroupOffsets(
            TestMembers.GROUP,
            Map.of(FIRST, new OffsetAndMetadata(3, "because"), SECOND, new OffsetAndMetadata(4)))
        .all()
        .get();
    assertThat(offsets())
        .containsEntry(FIRST, new OffsetAndMetadata(3, "because"))
        .containsEntry(SECOND, new OffsetAndMetadata(4));
    admin.deleteConsumerGroupOffsets(TestMembers.GROUP, Set.of(FIRST)).all().get();
    assertThat(offsets()).containsOnlyKeys(SECOND);
    admin.deleteConsumerGroups(List.of(TestMembers.GROUP)).all().get();
    assertThat(admin.listGroups().all().get()).isEmpty();
  }

  @Test
  void offsetsOfTopicsThatAreNotThereAreRefused() {
    TopicPartition missing = new TopicPartition("missing", 0);
    TopicPartition beyond = new TopicPartition(TestMembers.TOPIC, 2);
    for (TopicPartition wrong : List.of(missing, beyond)) {
      assertThatThrownBy(
              () ->
                  admin
                      .alterConsumerGroupOffsets(
                          TestMembers.GROUP, Map.of(wrong, new OffsetAndMetadata(1)))
                      .all()
                      .get())
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
    }
  }

  @Test
  void offsetsOfADeletedTopicDoNotCountForItsSuccessor() throws Exception {
    admin
        .alterConsumerGroupOffsets(TestMembers.GROUP, Map.of(FIRST, new OffsetAndMetadata(3)))
        .all()
        .get();
    broker.broker().topics().delete(TestMembers.TOPIC);
    Topic unused = broker.broker().topics().create(TestMembers.TOPIC, 2, TopicConfig.FOREVER);
    try (TestMembers members = new TestMembers(broker, "classic", Map.of())) {
      TestMembers.produce(broker, 2, 2);
      members.join();
      members.pollUntilShared(2);
      members.readToTheEnd();
      assertThat(members.places()).containsOnly("0@0", "1@0");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic", "consumer"})
  void aGroupWithMembersKeepsItsOffsets(String protocol) throws Exception {
    try (TestMembers members = new TestMembers(broker, protocol, Map.of())) {
      TestMembers.produce(broker, 2, 2);
      members.join();
      members.pollUntilShared(2);
      members.readToTheEnd();
      assertThatThrownBy(() -> admin.deleteConsumerGroups(List.of(TestMembers.GROUP)).all().get())
          .hasCauseInstanceOf(GroupNotEmptyException.class);
      assertThatThrownBy(
              () -> admin.deleteConsumerGroupOffsets(TestMembers.GROUP, Set.of(FIRST)).all().get())
          .hasCauseInstanceOf(GroupSubscribedToTopicException.class);
      assertThatThrownBy(
              () ->
                  admin
                      .alterConsumerGroupOffsets(
                          TestMembers.GROUP, Map.of(FIRST, new OffsetAndMetadata(0)))
                      .all()
                      .get())
          .hasCauseInstanceOf(UnknownMemberIdException.class);
      assertThat(offsets().values()).extracting(OffsetAndMetadata::offset).containsExactly(1L, 1L);
    }
  }

  @Test
  void aStaticMemberCanBeRemoved() throws Exception {
    try (TestMembers members = new TestMembers(broker, "classic", Map.of())) {
      var dying = members.join(Map.of("group.instance.id", "one"));
      members.pollUntilShared(2);
      members.kill(dying);
      admin
          .removeMembersFromConsumerGroup(
              TestMembers.GROUP,
              new RemoveMembersFromConsumerGroupOptions(Set.of(new MemberToRemove("one"))))
          .all()
          .get();
      assertThat(describe().members()).isEmpty();
    }
  }

  @Test
  void aGroupThatIsNotThereIsNotFound() {
    assertThatThrownBy(() -> admin.deleteConsumerGroups(List.of("nobody")).all().get())
        .hasCauseInstanceOf(GroupIdNotFoundException.class);
    assertThatThrownBy(() -> admin.describeConsumerGroups(List.of("nobody")).all().get())
        .hasCauseInstanceOf(GroupIdNotFoundException.class);
  }

  @Test
  void severalGroupsAreAskedForAtATime() throws Exception {
    for (int i = 0; i < 20; i++) {
      admin.alterConsumerGroupOffsets("g" + i, Map.of(FIRST, new OffsetAndMetadata(i))).all().get();
    }
    List<String> names =
        broker.front().groups().offsets().list().stream().map(g -> g.name()).toList();
    assertThat(names).hasSize(20);
    assertThat(admin.describeClassicGroups(names).all().get()).hasSize(20);
    admin.deleteConsumerGroups(names).all().get();
    assertThat(admin.listGroups().all().get()).isEmpty();
  }

  private Map<TopicPartition, OffsetAndMetadata> offsets() throws Exception {
    return admin.listConsumerGroupOffsets(TestMembers.GROUP).partitionsToOffsetAndMetadata().get();
  }

  private ConsumerGroupDescription describe() throws Exception {
    return admin
        .describeConsumerGroups(
            List.of(TestMembers.GROUP),
            new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true))
        .all()
        .get()
        .values()
        .iterator()
        .next();
  }
}
