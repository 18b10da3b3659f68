package dev.sluice.compat.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.UnreleasedInstanceIdException;

/** Groups of several members, in one of the two protocols. */
final class GroupChecks {

  private static final int PARTITIONS = 4;
  private static final String SESSION_MILLIS = "6000";

  private final Cluster cluster;
  private final String protocol;
  private final Topics topics;

  GroupChecks(Cluster cluster, String protocol) {
    this.cluster = cluster;
    this.protocol = protocol;
    this.topics = new Topics(cluster);
  }

  void run(Report report) {
    check(report, "members share, and others go on where they were", this::sharing);
    check(report, "the others get what a dead member had", this::death);
    check(report, "a static member keeps its partitions while it is away", this::staticMember);
    check(report, "two of one instance id: one is refused", this::sameInstance);
    check(report, "cooperative: only what moves is given up", this::cooperative);
    check(report, "positions are committed by themselves", this::autoCommit);
    check(report, "topics by pattern, also those that come later", this::pattern);
    check(report, "leaving hands partitions over at once", this::leaving);
  }

  private void check(Report report, String label, Check check) {
    report.check(protocol + ": " + label, check);
  }

  /** A topic, and a group of its own for it; in the new protocol the server sets the times. */
  private String topicAndGroup(String plain) throws Exception {
    String topic = topics.create(plain + "-" + protocol, PARTITIONS);
    try (Admin admin = Admin.create(cluster.with(Map.of()))) {
      var unused =
          admin
              .incrementalAlterConfigs(
                  Map.of(
                      new ConfigResource(ConfigResource.Type.GROUP, topic),
                      List.of(
                          set("consumer.session.timeout.ms", SESSION_MILLIS),
                          set("consumer.heartbeat.interval.ms", "1000"))))
              .all()
              .get();
    }
    return topic;
  }

  private static AlterConfigOp set(String name, String value) {
    return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>(Map.of("group.protocol", protocol));
    if (protocol.equals("classic")) {
      settings.put("session.timeout.ms", SESSION_MILLIS);
      settings.put("heartbeat.interval.ms", 300);
    }
    return settings;
  }

  private Members members(String topic) {
    return new Members(cluster, topic, topic, settings());
  }

  private void sharing() throws Exception {
    String topic = topicAndGroup("sharing");
    topics.send(topic, 0, 40);
    try (Members members = members(topic)) {
      members.join(Map.of());
      members.join(Map.of());
      members.pollUntilShared(PARTITIONS);
      members.readToTheEnd();
      assertThat(Reading.values(members.read())).containsAll(Topics.values(0, 40));
    }
    topics.send(topic, 40, 60);
    try (Members members = members(topic)) {
      members.join(Map.of());
      members.pollUntilShared(PARTITIONS);
      members.readToTheEnd();
      assertThat(Reading.values(members.read()))
          .containsExactlyInAnyOrderElementsOf(Topics.values(40, 60));
    }
  }

  private void death() throws Exception {
    String topic = topicAndGroup("death");
    try (Members members = members(topic)) {
      members.join(Map.of());
      KafkaConsumer<String, String> dying = members.join(Map.of());
      members.pollUntilShared(PARTITIONS);
      members.remove(dying);
      dying.close(
          CloseOptions.timeout(Duration.ZERO)
              .withGroupMembershipOperation(GroupMembershipOperation.REMAIN_IN_GROUP));
      long start = System.nanoTime();
      members.pollUntilShared(PARTITIONS);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .as("a dead member's session")
          .isLessThan(Duration.ofSeconds(20));
      topics.send(topic, 0, 20);
      members.readToTheEnd();
      assertThat(Reading.values(members.read()))
          .containsExactlyInAnyOrderElementsOf(Topics.values(0, 20));
    }
  }

  private void staticMember() throws Exception {
    String topic = topicAndGroup("static");
    try (Members members = members(topic)) {
      KafkaConsumer<String, String> first = members.join(Map.of("group.instance.id", "one"));
      KafkaConsumer<String, String> second = members.join(Map.of("group.instance.id", "two"));
      members.pollUntilShared(PARTITIONS);
      Set<TopicPartition> others = Set.copyOf(first.assignment());
      Set<TopicPartition> kept = Set.copyOf(second.assignment());
      members.remove(second);
      second.close();
      for (int i = 0; i < 100; i++) {
        members.pollOnce();
      }
      assertThat(first.assignment()).isEqualTo(others);
      KafkaConsumer<String, String> back = members.join(Map.of("group.instance.id", "two"));
      members.pollUntilShared(PARTITIONS);
      assertThat(back.assignment()).isEqualTo(kept);
    }
  }

  /** In the old protocol the newcomer takes the place, in the new one it has to wait for it. */
  private void sameInstance() throws Exception {
    String topic = topicAndGroup("instance");
    try (Members members = members(topic)) {
      KafkaConsumer<String, String> first = members.join(Map.of("group.instance.id", "one"));
      members.pollUntilShared(PARTITIONS);
      KafkaConsumer<String, String> second = members.join(Map.of("group.instance.id", "one"));
      boolean isClassic = protocol.equals("classic");
      KafkaConsumer<String, String> refused = isClassic ? first : second;
      assertThatThrownBy(() -> members.pollUntil(() -> false))
          .isInstanceOf(
              isClassic ? FencedInstanceIdException.class : UnreleasedInstanceIdException.class);
      members.remove(refused);
      refused.close(CloseOptions.timeout(Duration.ZERO));
      members.pollUntilShared(PARTITIONS);
    }
  }

  private void cooperative() throws Exception {
    String topic = topicAndGroup("cooperative");
    Map<String, Object> settings = settings();
    if (protocol.equals("classic")) {
      settings.put(
          "partition.assignment.strategy",
          "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");
    }
    Set<TopicPartition> revoked = new HashSet<>();
    try (Members members = new Members(cluster, topic, topic, settings)) {
      KafkaConsumer<String, String> first = members.join(Map.of());
      first.subscribe(List.of(topic), noting(revoked));
      members.pollUntilShared(PARTITIONS);
      topics.send(topic, 0, 40);
      members.readToTheEnd();
      Set<TopicPartition> gone = new HashSet<>(first.assignment());
      members.join(Map.of());
      members.pollUntilShared(PARTITIONS);
      gone.removeAll(first.assignment());
      assertThat(first.assignment()).isNotEmpty();
      assertThat(revoked).isEqualTo(gone).isNotEmpty();
      members.readToTheEnd();
      assertThat(members.read()).as("nothing is read again").hasSize(40);
    }
  }

  private static ConsumerRebalanceListener noting(Collection<TopicPartition> revoked) {
    return new ConsumerRebalanceListener() {
      @Override
      public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        revoked.addAll(partitions);
      }

      @Override
      public void onPartitionsAssigned(Collection<TopicPartition> partitions) {}
    };
  }

  private void autoCommit() throws Exception {
    String topic = topicAndGroup("auto-commit");
    topics.send(topic, 0, 40);
    Map<String, ?> auto = Map.of("enable.auto.commit", true, "auto.commit.interval.ms", 100);
    Set<TopicPartition> partitions = new HashSet<>();
    for (int i = 0; i < PARTITIONS; i++) {
      partitions.add(new TopicPartition(topic, i));
    }
    try (Members members = members(topic)) {
      KafkaConsumer<String, String> member = members.join(auto);
      members.pollUntil(() -> members.read().size() == 40);
      members.pollUntil(() -> committed(member, partitions) == 40);
    }
  }

  private static long committed(
      KafkaConsumer<String, String> member, Set<TopicPartition> partitions) {
    return member.committed(partitions).values().stream()
        .mapToLong(position -> position == null ? 0 : position.offset())
        .sum();
  }

  private void pattern() throws Exception {
    String topic = topicAndGroup("pattern");
    try (Members members = members(topic)) {
      Map<String, Object> settings = settings();
      settings.put("group.id", topic);
      settings.put("metadata.max.age.ms", 300);
      KafkaConsumer<String, String> member = members.add(cluster.consumer(settings));
      member.subscribe(
          Pattern.compile("pattern-" + protocol + ".*" + Pattern.quote(cluster.version())));
      members.pollUntilShared(PARTITIONS);
      String later = topics.create("pattern-" + protocol + "-later", 2);
      members.pollUntilShared(PARTITIONS + 2);
      topics.send(later, 0, 10);
      members.readToTheEnd();
      assertThat(members.read()).hasSize(10);
    }
  }

  private void leaving() throws Exception {
    String topic = topicAndGroup("leaving");
    try (Members members = members(topic)) {
      members.join(Map.of());
      KafkaConsumer<String, String> leaves = members.join(Map.of());
      members.pollUntilShared(PARTITIONS);
      members.remove(leaves);
      leaves.close();
      long start = System.nanoTime();
      members.pollUntilShared(PARTITIONS);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .as("less than a session")
          .isLessThan(Duration.ofMillis(Long.parseLong(SESSION_MILLIS) - 1000));
    }
  }
}
