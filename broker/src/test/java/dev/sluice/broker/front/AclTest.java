package dev.sluice.broker.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.broker.Broker;
import dev.sluice.broker.kafka.TransportFactory;
import dev.sluice.log.LogMetrics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourcePatternFilter;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what, with Kafka's own clients. */
class AclTest {

  private static final Map<String, Object> ALICE =
      SecuredBroker.sasl("SCRAM-SHA-256", "alice", "a");

  @TempDir private Path directory = Path.of(".");
  private TestBroker broker;
  private Admin admin;

  @BeforeEach
  void start() {
    broker = SecuredBroker.start(directory, TransportFactory.PLAIN, true);
    SecuredBroker.users(broker).put("admin", "root");
    SecuredBroker.users(broker).put("alice", "a");
    admin = Admin.create(broker.client(SecuredBroker.sasl("PLAIN", "admin", "root")));
  }

  @AfterEach
  void stop() {
    admin.close();
    broker.close();
  }

  @Test
  void aUserMayDoNothingUntilARuleSaysSo() throws Exception {
    assertThatThrownBy(() -> SecuredBroker.produce(broker, ALICE, "one"))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(TopicAuthorizationException.class);
    create(allow(AclOperation.WRITE));
    SecuredBroker.produce(broker, ALICE, "one");

    assertThatThrownBy(() -> SecuredBroker.consume(broker, ALICE))
        .isInstanceOf(TopicAuthorizationException.class);
    create(allow(AclOperation.READ));
    assertThat(SecuredBroker.consume(broker, ALICE)).isEqualTo("one");

    create(on("ord", PatternType.PREFIXED, AclOperation.WRITE, AclPermissionType.DENY));
    // An idempotent producer gets no id where it may write to no topic at all.
    assertThatThrownBy(() -> SecuredBroker.produce(broker, ALICE, "two"))
        .rootCause()
        .isInstanceOf(ClusterAuthorizationException.class);
  }

  @Test
  void onlyThoseWhoMayAdministerDo() {
    try (Admin alice = Admin.create(broker.client(ALICE))) {
      assertThatThrownBy(() -> alice.describeAcls(AclBindingFilter.ANY).values().get())
          .hasCauseInstanceOf(ClusterAuthorizationException.class);
      assertThatThrownBy(() -> alice.createAcls(List.of(allow(AclOperation.ALL))).all().get())
          .hasCauseInstanceOf(ClusterAuthorizationException.class);
      assertThatThrownBy(() -> alice.deleteAcls(List.of(AclBindingFilter.ANY)).all().get())
          .hasCauseInstanceOf(ClusterAuthorizationException.class);
      assertThatThrownBy(() -> alice.describeUserScramCredentials().all().get())
          .hasCauseInstanceOf(ClusterAuthorizationException.class);
    }
  }

  @Test
  void aMemberOfAGroupNeedsTheGroupToo() throws Exception {
    create(allow(AclOperation.WRITE));
    create(allow(AclOperation.READ));
    SecuredBroker.produce(broker, ALICE, "one");
    assertThatThrownBy(this::consumeInGroup).isInstanceOf(GroupAuthorizationException.class);
    create(
        new AclBinding(
            new ResourcePattern(ResourceType.GROUP, "readers", PatternType.LITERAL),
            new AccessControlEntry("User:alice", "*", AclOperation.READ, AclPermissionType.ALLOW)));
    assertThat(consumeInGroup()).isEqualTo("one");
  }

  private String consumeInGroup() {
    Map<String, Object> member = new HashMap<>(ALICE);
    member.put("group.id", "readers");
    try (KafkaConsumer<String, String> consumer = broker.consumer(member)) {
      consumer.subscribe(List.of("orders"));
      long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (System.nanoTime() < deadline) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(500))) {
          return record.value();
        }
      }
    }
    throw new AssertionError("No record came");
  }

  @Test
  void topicsAreMadeByThoseWhoMay() throws Exception {
    NewTopic orders2 = new NewTopic("orders2", 1, (short) 1);
    try (Admin alice = Admin.create(broker.client(ALICE))) {
      assertThatThrownBy(() -> alice.createTopics(List.of(orders2)).all().get())
          .hasCauseInstanceOf(TopicAuthorizationException.class);
      create(on("ord", PatternType.PREFIXED, AclOperation.CREATE, AclPermissionType.ALLOW));
      alice.createTopics(List.of(orders2)).all().get();
      assertThatThrownBy(() -> alice.deleteTopics(List.of("orders2")).all().get())
          .hasCauseInstanceOf(TopicAuthorizationException.class);
    }
  }

  @Test
  void topicsThatAUserMayNotDescribeAreNotShown() throws Exception {
    try (Admin alice = Admin.create(broker.client(ALICE))) {
      assertThat(alice.listTopics(new ListTopicsOptions()).names().get()).isEmpty();
      create(allow(AclOperation.WRITE));
      assertThat(alice.listTopics(new ListTopicsOptions()).names().get()).containsExactly("orders");
    }
  }

  @Test
  void aUserIsToldWhatItMayDo() throws Exception {
    DescribeClusterOptions options = new DescribeClusterOptions().includeAuthorizedOperations(true);
    assertThat(admin.describeCluster(options).authorizedOperations().get())
        .contains(AclOperation.ALTER, AclOperation.CREATE, AclOperation.CLUSTER_ACTION);
    try (Admin alice = Admin.create(broker.client(ALICE))) {
      assertThat(alice.describeCluster(options).authorizedOperations().get()).isEmpty();
    }
  }

  @Test
  void rulesAreListedAndRemovedByFilter() throws Exception {
    AclBinding read = allow(AclOperation.READ);
    AclBinding denied = on("ord", PatternType.PREFIXED, AclOperation.WRITE, AclPermissionType.DENY);
    create(read);
    create(denied);
    create(read);
    assertThat(find(AclBindingFilter.ANY)).containsExactlyInAnyOrder(read, denied);
    AclBindingFilter aboutOrders =
        new AclBindingFilter(
            new ResourcePatternFilter(ResourceType.TOPIC, "orders", PatternType.MATCH),
            new AccessControlEntryFilter(null, null, AclOperation.ANY, AclPermissionType.DENY));
    assertThat(find(aboutOrders)).containsExactly(denied);

    assertThat(admin.deleteAcls(List.of(aboutOrders)).all().get()).containsExactly(denied);

    assertThat(find(AclBindingFilter.ANY)).containsExactly(read);
  }

  @Test
  void whatIsNoRuleIsRefusedAndTheOthersAreMade() throws Exception {
    AclBinding good = allow(AclOperation.READ);
    AclBinding bad =
        new AclBinding(
            new ResourcePattern(ResourceType.TOPIC, "orders", PatternType.LITERAL),
            new AccessControlEntry("alice", "*", AclOperation.READ, AclPermissionType.ALLOW));
    var results = admin.createAcls(List.of(bad, good));
    assertThatThrownBy(() -> results.all().get()).hasCauseInstanceOf(InvalidRequestException.class);
    assertThat(find(AclBindingFilter.ANY)).containsExactly(good);
  }

  @Test
  void usersAndRulesAreThereAfterARestart() throws Exception {
    create(allow(AclOperation.WRITE));
    admin.close();
    broker.close();
    try (Broker again = Broker.open(directory, Clock.systemUTC(), LogMetrics.NONE)) {
      assertThat(again.metadata().state().security().users().keySet())
          .isEqualTo(Set.of("admin", "alice"));
      assertThat(again.metadata().state().security().rules()).hasSize(1);
    }
  }

  private Collection<AclBinding> find(AclBindingFilter filter)
      throws ExecutionException, InterruptedException {
    return admin.describeAcls(filter).values().get();
  }

  private void create(AclBinding rule) throws ExecutionException, InterruptedException {
    admin.createAcls(List.of(rule)).all().get();
  }

  private static AclBinding allow(AclOperation operation) {
    return on("orders", PatternType.LITERAL, operation, AclPermissionType.ALLOW);
  }

  private static AclBinding on(
      String name, PatternType pattern, AclOperation operation, AclPermissionType permission) {
    return new AclBinding(
        new ResourcePattern(ResourceType.TOPIC, name, pattern),
        new AccessControlEntry("User:alice", "*", operation, permission));
  }
}
