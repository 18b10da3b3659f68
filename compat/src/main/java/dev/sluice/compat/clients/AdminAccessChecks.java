package dev.sluice.compat.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialDeletion;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.ResourceNotFoundException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.quota.ClientQuotaFilter;
import org.apache.kafka.common.quota.ClientQuotaFilterComponent;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.jspecify.annotations.Nullable;

/**
 * Rules, users and quotas. The client is anonymous: while there are rules, one of them allows it
 * everything; afterwards all are gone.
 */
final class AdminAccessChecks {

  private final Cluster cluster;
  private final Admin admin;
  private final Topics topics;

  AdminAccessChecks(Cluster cluster, Admin admin) {
    this.cluster = cluster;
    this.admin = admin;
    this.topics = new Topics(cluster);
  }

  void run(Report report) {
    report.check("set, describe and clear quotas", this::quotas);
    report.check("make, list and delete rules", this::rules);
    report.check("make, describe and delete users", this::users);
    report.check(
        "all rules are deleted",
        () -> {
          var unused = admin.deleteAcls(List.of(AclBindingFilter.ANY)).all().get();
          assertThat(admin.describeAcls(AclBindingFilter.ANY).values().get()).isEmpty();
        });
  }

  private void quotas() throws Exception {
    ClientQuotaEntity entity =
        new ClientQuotaEntity(Map.of(ClientQuotaEntity.CLIENT_ID, cluster.name("someone")));
    ClientQuotaFilter filter =
        ClientQuotaFilter.containsOnly(
            List.of(
                ClientQuotaFilterComponent.ofEntity(
                    ClientQuotaEntity.CLIENT_ID, cluster.name("someone"))));
    alter(entity, 1e6);
    assertThat(admin.describeClientQuotas(filter).entities().get())
        .isEqualTo(Map.of(entity, Map.of("producer_byte_rate", 1e6)));
    alter(entity, null);
    assertThat(admin.describeClientQuotas(filter).entities().get()).isEmpty();
  }

  private void alter(ClientQuotaEntity entity, @Nullable Double limit) throws Exception {
    Void unused =
        admin
            .alterClientQuotas(
                List.of(
                    new ClientQuotaAlteration(
                        entity,
                        List.of(new ClientQuotaAlteration.Op("producer_byte_rate", limit)))))
            .all()
            .get();
  }

  private void rules() throws Exception {
    String topic = topics.create("admin-rules", 1);
    topics.send(topic, 0, 1);
    List<AclBinding> everything = new ArrayList<>();
    for (ResourceType type :
        List.of(
            ResourceType.TOPIC,
            ResourceType.GROUP,
            ResourceType.CLUSTER,
            ResourceType.TRANSACTIONAL_ID)) {
      everything.add(
          rule(
              type, type == ResourceType.CLUSTER ? "kafka-cluster" : "*", AclPermissionType.ALLOW));
    }
    Void unused = admin.createAcls(everything).all().get();
    AclBinding denial = rule(ResourceType.TOPIC, topic, AclPermissionType.DENY);
    unused = admin.createAcls(List.of(denial)).all().get();
    assertThat(admin.describeAcls(denial.toFilter()).values().get()).containsExactly(denial);
    assertThatThrownBy(() -> Reading.values(cluster, topic, Map.of()))
        .isInstanceOf(TopicAuthorizationException.class);
    assertThat(admin.deleteAcls(List.of(denial.toFilter())).all().get()).containsExactly(denial);
    assertThat(Reading.values(cluster, topic, Map.of())).containsExactly("v0");
  }

  private static AclBinding rule(ResourceType type, String name, AclPermissionType permission) {
    return new AclBinding(
        new ResourcePattern(type, name, PatternType.LITERAL),
        new AccessControlEntry("User:ANONYMOUS", "*", AclOperation.ALL, permission));
  }

  private void users() throws Exception {
    String user = cluster.name("ann");
    ScramCredentialInfo verifier = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 8192);
    Void unused =
        admin
            .alterUserScramCredentials(
                List.of(new UserScramCredentialUpsertion(user, verifier, "secret")))
            .all()
            .get();
    assertThat(
            admin
                .describeUserScramCredentials(List.of(user))
                .description(user)
                .get()
                .credentialInfos())
        .containsExactly(verifier);
    unused =
        admin
            .alterUserScramCredentials(
                List.of(new UserScramCredentialDeletion(user, ScramMechanism.SCRAM_SHA_512)))
            .all()
            .get();
    assertThatThrownBy(
            () -> admin.describeUserScramCredentials(List.of(user)).description(user).get())
        .hasCauseInstanceOf(ResourceNotFoundException.class);
  }
}
