package dev.sluice.broker.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.broker.kafka.AdminChanges.Change;
import dev.sluice.broker.metadata.TopicConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterClientQuotasOptions;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialDeletion;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaAlteration.Op;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients change is told, and what changes nothing is not. */
class AdminChangesTest {

  private static final TopicPartition ORDERS = new TopicPartition("orders", 0);
  private static final ScramCredentialInfo SHA_256 =
      new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, 4096);

  private record Made(Change change, String subject, List<String> details) {

    private Made(Change change, String subject, String... details) {
      this(change, subject, List.of(details));
    }
  }

  private final List<Made> made = new CopyOnWriteArrayList<>();
  private final List<String> clients = new CopyOnWriteArrayList<>();
  private TestBroker broker;
  private Admin admin;

  @BeforeEach
  void start(@TempDir Path directory) {
    broker =
        TestBroker.start(
            directory,
            (change, subject, details, client) -> {
              made.add(new Made(change, subject, details));
              clients.add(client);
            });
    broker.broker().topics().create("orders", 1, TopicConfig.FOREVER);
    admin = broker.admin();
  }

  @AfterEach
  void stop() {
    admin.close();
    broker.close();
  }

  @Test
  void ofGroups() throws Exception {
    admin
        .alterConsumerGroupOffsets("readers", Map.of(ORDERS, new OffsetAndMetadata(0)))
        .all()
        .get();
    admin.deleteConsumerGroupOffsets("readers", Set.of(ORDERS)).all().get();
    admin
        .alterConsumerGroupOffsets("readers", Map.of(ORDERS, new OffsetAndMetadata(0)))
        .all()
        .get();
    admin.deleteConsumerGroups(List.of("readers")).all().get();
    assertThatThrownBy(() -> admin.deleteConsumerGroups(List.of("readers")).all().get())
        .hasCauseInstanceOf(GroupIdNotFoundException.class);
    assertThat(made)
        .containsExactly(
            new Made(Change.POSITIONS_DELETED, "readers", "orders-0"),
            new Made(Change.GROUP_DELETED, "readers"));
    assertThat(clients).containsOnly("User:ANONYMOUS@127.0.0.1");
  }

  @Test
  void ofAccessRules() throws Exception {
    List<AclBinding> rules =
        List.of(
            rule("User:ANONYMOUS", ResourceType.CLUSTER, "kafka-cluster", PatternType.LITERAL),
            rule("User:anna", ResourceType.TOPIC, "ord", PatternType.PREFIXED),
            rule("User:anna", ResourceType.GROUP, "readers", PatternType.LITERAL));
    admin.createAcls(rules).all().get();
    admin.createAcls(rules).all().get();
    admin.deleteAcls(List.of(rules.get(1).toFilter(), rules.get(1).toFilter())).all().get();
    admin.deleteAcls(List.of(rules.get(1).toFilter())).all().get();
    assertThat(made)
        .containsExactly(
            new Made(
                Change.RULES_ADDED,
                "User:ANONYMOUS",
                "ALLOW ALL on CLUSTER kafka-cluster from host *"),
            new Made(
                Change.RULES_ADDED,
                "User:anna",
                "ALLOW ALL on TOPIC ord… from host *",
                "ALLOW ALL on GROUP readers from host *"),
            new Made(Change.RULES_REMOVED, "User:anna", "ALLOW ALL on TOPIC ord… from host *"));
    assertThat(admin.describeAcls(AclBindingFilter.ANY).values().get()).hasSize(2);
  }

  private static AclBinding rule(
      String principal, ResourceType type, String name, PatternType pattern) {
    return new AclBinding(
        new ResourcePattern(type, name, pattern),
        new AccessControlEntry(principal, "*", AclOperation.ALL, AclPermissionType.ALLOW));
  }

  @Test
  void ofUsersWithoutTheirSecrets() throws Exception {
    // With the first user there is one who may change others, or nobody may any more.
    admin
        .createAcls(
            List.of(
                rule("User:ANONYMOUS", ResourceType.CLUSTER, "kafka-cluster", PatternType.LITERAL)))
        .all()
        .get();
    made.clear();
    admin
        .alterUserScramCredentials(
            List.of(new UserScramCredentialUpsertion("anna", SHA_256, "wonder")))
        .all()
        .get();
    admin
        .alterUserScramCredentials(
            List.of(new UserScramCredentialDeletion("anna", ScramMechanism.SCRAM_SHA_256)))
        .all()
        .get();
    assertThat(made)
        .containsExactly(
            new Made(Change.USER_CHANGED, "anna", "SCRAM-SHA-256 set"),
            new Made(Change.USER_CHANGED, "anna", "SCRAM-SHA-256 removed"));
  }

  @Test
  void ofQuotas() throws Exception {
    ClientQuotaEntity anna = new ClientQuotaEntity(Map.of(ClientQuotaEntity.USER, "anna"));
    ClientQuotaAlteration slow =
        new ClientQuotaAlteration(anna, List.of(new Op("producer_byte_rate", 1000.0)));
    admin
        .alterClientQuotas(List.of(slow), new AlterClientQuotasOptions().validateOnly(true))
        .all()
        .get();
    admin.alterClientQuotas(List.of(slow)).all().get();
    admin.alterClientQuotas(List.of(slow)).all().get();
    admin
        .alterClientQuotas(
            List.of(new ClientQuotaAlteration(anna, List.of(new Op("producer_byte_rate", null)))))
        .all()
        .get();
    assertThat(made)
        .containsExactly(
            new Made(Change.QUOTA_CHANGED, "user 'anna'", "producer_byte_rate set to 1000"),
            new Made(Change.QUOTA_CHANGED, "user 'anna'", "producer_byte_rate removed"));
  }
}
