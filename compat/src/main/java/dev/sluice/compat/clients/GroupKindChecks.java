package dev.sluice.compat.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.SubscriptionPattern;
import org.apache.kafka.common.GroupType;

/** What only one protocol has, and the way from the one to the other. */
final class GroupKindChecks {

  private static final int PARTITIONS = 4;

  private final Cluster cluster;
  private final Topics topics;

  GroupKindChecks(Cluster cluster) {
    this.cluster = cluster;
    this.topics = new Topics(cluster);
  }

  void run(Report report) {
    report.check("consumer: a pattern that the server matches", this::serverPattern);
    for (String assignor : List.of("uniform", "range")) {
      report.check("consumer: assignor " + assignor, () -> assignor(assignor));
    }
    report.check("a classic group becomes a new one, member by member", this::migration);
  }

  private void serverPattern() throws Exception {
    String topic = topics.create("server-pattern", PARTITIONS);
    String group = topic;
    Map<String, Object> settings = Map.of("group.protocol", "consumer", "group.id", group);
    try (Members members = new Members(cluster, group, topic, settings)) {
      KafkaConsumer<String, String> member = members.add(cluster.consumer(settings));
      member.subscribe(
          new SubscriptionPattern("server-pattern.*" + cluster.version().replace(".", "[.]")));
      members.pollUntilShared(PARTITIONS);
    }
  }

  private void assignor(String assignor) throws Exception {
    String topic = topics.create("assignor-" + assignor, PARTITIONS);
    Map<String, ?> settings =
        Map.of("group.protocol", "consumer", "group.remote.assignor", assignor);
    try (Members members = new Members(cluster, topic, topic, settings);
        Admin admin = Admin.create(cluster.with(Map.of()))) {
      members.join(Map.of());
      members.join(Map.of());
      members.pollUntilShared(PARTITIONS);
      assertThat(
              Answers.at(admin.describeConsumerGroups(List.of(topic)).all().get(), topic)
                  .partitionAssignor())
          .isEqualTo(assignor);
    }
  }

  private void migration() throws Exception {
    String topic = topics.create("migration", PARTITIONS);
    topics.send(topic, 0, 40);
    try (Members members = new Members(cluster, topic, topic, Map.of())) {
      KafkaConsumer<String, String> classic =
          members.join(Map.of("group.protocol", "classic", "heartbeat.interval.ms", 300));
      members.pollUntilShared(PARTITIONS);
      members.readToTheEnd();
      assertThat(type(topic)).isEqualTo(GroupType.CLASSIC);
      members.join(Map.of("group.protocol", "consumer"));
      members.pollUntilShared(PARTITIONS);
      assertThat(type(topic)).isEqualTo(GroupType.CONSUMER);
      members.remove(classic);
      classic.close();
      members.pollUntilShared(PARTITIONS);
      topics.send(topic, 40, 60);
      members.readToTheEnd();
      assertThat(Reading.values(members.read()))
          .as("the positions went along")
          .containsExactlyInAnyOrderElementsOf(Topics.values(0, 60));
    }
  }

  private GroupType type(String group) throws Exception {
    try (Admin admin = Admin.create(cluster.with(Map.of()))) {
      return Answers.at(admin.describeConsumerGroups(List.of(group)).all().get(), group).type();
    }
  }
}
