package dev.sluice.compat.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.ListStreamsGroupOffsetsSpec;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.UnknownMemberIdException;

/** Groups and their offsets. */
final class AdminGroupChecks {

  private final Cluster cluster;
  private final Admin admin;
  private final Topics topics;

  AdminGroupChecks(Cluster cluster, Admin admin) {
    this.cluster = cluster;
    this.admin = admin;
    this.topics = new Topics(cluster);
  }

  void run(Report report) {
    for (String protocol : List.of("classic", "consumer")) {
      report.check("list and describe a group; " + protocol, () -> described(protocol));
    }
    report.check("change, list and delete offsets", this::offsets);
    report.check("remove static members", this::members);
    report.check("offsets of a streams group", this::streams);
  }

  private void described(String protocol) throws Exception {
    String topic = topics.create("admin-groups-" + protocol, 2);
    Map<String, ?> settings = Map.of("group.protocol", protocol, "client.id", "me");
    try (Members members = new Members(cluster, topic, topic, settings)) {
      members.join(Map.of());
      members.pollUntilShared(2);
      GroupType type = GroupType.parse(protocol);
      assertThat(admin.listGroups(new ListGroupsOptions().withTypes(Set.of(type))).all().get())
          .extracting(GroupListing::groupId)
          .contains(topic);
      assertThat(consumerGroups()).contains(topic);
      ConsumerGroupDescription group =
          Answers.at(admin.describeConsumerGroups(List.of(topic)).all().get(), topic);
      assertThat(group.groupState()).isEqualTo(GroupState.STABLE);
      assertThat(group.type()).isEqualTo(type);
      assertThat(group.coordinator().id()).isEqualTo(1);
      assertThat(group.members())
          .singleElement()
          .satisfies(
              member -> {
                assertThat(member.clientId()).isEqualTo("me");
                assertThat(member.assignment().topicPartitions()).hasSize(2);
              });
      if (type == GroupType.CLASSIC) {
        assertThat(
                Answers.at(admin.describeClassicGroups(List.of(topic)).all().get(), topic)
                    .protocolData())
            .isEqualTo("range");
      }
      assertThatThrownBy(() -> admin.deleteConsumerGroups(List.of(topic)).all().get())
          .hasCauseInstanceOf(GroupNotEmptyException.class);
    }
    var unused = admin.deleteConsumerGroups(List.of(topic)).all().get();
    assertThat(consumerGroups()).doesNotContain(topic);
  }

  /** The call is old, and there as long as clients have it. */
  @SuppressWarnings({"deprecation", "removal"})
  private List<String> consumerGroups() throws Exception {
    return admin.listConsumerGroups().all().get().stream().map(group -> group.groupId()).toList();
  }

  private void offsets() throws Exception {
    String topic = topics.create("admin-group-offsets", 2);
    TopicPartition first = new TopicPartition(topic, 0);
    TopicPartition second = new TopicPartition(topic, 1);
    var unused =
        admin
            .alterConsumerGroupOffsets(
                topic, Map.of(first, new OffsetAndMetadata(3), second, new OffsetAndMetadata(4)))
            .all()
            .get();
    assertThat(admin.listConsumerGroupOffsets(topic).partitionsToOffsetAndMetadata().get())
        .isEqualTo(Map.of(first, new OffsetAndMetadata(3), second, new OffsetAndMetadata(4)));
    assertThat(
            admin
                .listConsumerGroupOffsets(
                    Map.of(
                        topic, new ListConsumerGroupOffsetsSpec().topicPartitions(List.of(second))))
                .partitionsToOffsetAndMetadata(topic)
                .get())
        .containsOnlyKeys(second);
    unused = admin.deleteConsumerGroupOffsets(topic, Set.of(first)).all().get();
    assertThat(admin.listConsumerGroupOffsets(topic).partitionsToOffsetAndMetadata().get())
        .containsOnlyKeys(second);
    unused = admin.deleteConsumerGroups(List.of(topic)).all().get();
    assertThatThrownBy(() -> admin.describeConsumerGroups(List.of(topic)).all().get())
        .hasCauseInstanceOf(GroupIdNotFoundException.class);
  }

  private void members() throws Exception {
    String topic = topics.create("admin-members", 2);
    try (Members members = new Members(cluster, topic, topic, Map.of())) {
      KafkaConsumer<String, String> member = members.join(Map.of("group.instance.id", "one"));
      members.pollUntilShared(2);
      members.remove(member);
      member.close();
      var unused =
          admin
              .removeMembersFromConsumerGroup(
                  topic,
                  new RemoveMembersFromConsumerGroupOptions(Set.of(new MemberToRemove("one"))))
              .all()
              .get();
      assertThat(
              Answers.at(admin.describeConsumerGroups(List.of(topic)).all().get(), topic).members())
          .isEmpty();
      assertThatThrownBy(
              () ->
                  admin
                      .removeMembersFromConsumerGroup(
                          topic,
                          new RemoveMembersFromConsumerGroupOptions(
                              Set.of(new MemberToRemove("one"))))
                      .all()
                      .get())
          .hasRootCauseInstanceOf(UnknownMemberIdException.class);
    }
  }

  /** Without members, a streams group is a name with offsets. */
  private void streams() throws Exception {
    assertThat(missing()).isIn("Dead", "GroupIdNotFoundException");
    String topic = topics.create("admin-streams", 1);
    TopicPartition partition = new TopicPartition(topic, 0);
    var unused =
        admin
            .alterStreamsGroupOffsets(topic, Map.of(partition, new OffsetAndMetadata(3)))
            .all()
            .get();
    assertThat(
            admin
                .listStreamsGroupOffsets(Map.of(topic, new ListStreamsGroupOffsetsSpec()))
                .partitionsToOffsetAndMetadata(topic)
                .get())
        .containsEntry(partition, new OffsetAndMetadata(3));
    unused = admin.deleteStreamsGroupOffsets(topic, Set.of(partition)).all().get();
    assertThat(
            admin
                .listStreamsGroupOffsets(Map.of(topic, new ListStreamsGroupOffsetsSpec()))
                .partitionsToOffsetAndMetadata(topic)
                .get())
        .isEmpty();
    unused = admin.deleteStreamsGroups(List.of(topic)).all().get();
    assertThat(admin.listGroups().all().get())
        .extracting(GroupListing::groupId)
        .doesNotContain(topic);
  }

  /** What a client makes of a streams group that there isn't; newer ones fail. */
  private String missing() throws InterruptedException {
    try {
      return Answers.at(admin.describeStreamsGroups(List.of("none")).all().get(), "none")
          .groupState()
          .toString();
    } catch (ExecutionException failure) {
      return failure.getCause() instanceof GroupIdNotFoundException
          ? "GroupIdNotFoundException"
          : failure.toString();
    }
  }
}
