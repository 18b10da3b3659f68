package dev.sluice.broker.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.broker.kafka.Calls;
import dev.sluice.log.partition.ManualClock;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AclAccessControlTest {

  private static final KafkaPrincipal ALICE = new KafkaPrincipal("User", "alice");
  private static final KafkaPrincipal ROOT = new KafkaPrincipal("User", "CN=root;O=x");

  private TestMetadata metadata;
  private Security security;

  @BeforeEach
  void open(@TempDir Path directory) {
    metadata = TestMetadata.open(directory);
    security =
        Security.open(
            metadata.metadata(),
            new SecuritySettings(Set.of(ROOT), SaslSettings.DEFAULT),
            new ManualClock(),
            new SecureRandom());
  }

  @AfterEach
  void close() {
    metadata.close();
  }

  private boolean mayRead(KafkaPrincipal who) {
    var request = Calls.context(ApiKeys.FETCH, ApiKeys.FETCH.latestVersion(), who);
    boolean allowed = security.access().allows(request, AclOperation.READ, ResourceType.TOPIC, "t");
    assertThat(security.access().wouldAllow(request, AclOperation.READ, ResourceType.TOPIC, "t"))
        .isEqualTo(allowed);
    assertThat(security.access().allowsAny(request, AclOperation.READ, ResourceType.TOPIC))
        .isEqualTo(allowed);
    return allowed;
  }

  private static AclBinding readers(String principal) {
    return new AclBinding(
        new ResourcePattern(ResourceType.TOPIC, "t", PatternType.LITERAL),
        new AccessControlEntry(principal, "*", AclOperation.READ, AclPermissionType.ALLOW));
  }

  @Test
  void everyoneMayDoEverythingUntilThereIsAUser() {
    assertThat(mayRead(KafkaPrincipal.ANONYMOUS)).isTrue();
    security.users().put("alice", "secret");
    assertThat(mayRead(KafkaPrincipal.ANONYMOUS)).isFalse();
    assertThat(mayRead(ALICE)).isFalse();
    assertThat(mayRead(ROOT)).isTrue();
  }

  @Test
  void everyoneMayDoEverythingUntilThereIsARule() {
    security.rules().add(List.of(readers("User:alice")));
    assertThat(mayRead(KafkaPrincipal.ANONYMOUS)).isFalse();
    assertThat(mayRead(ALICE)).isTrue();
    assertThat(mayRead(ROOT)).isTrue();
  }

  @Test
  void rulesComeIntoForceAndGoOutOfIt() {
    security.users().put("alice", "secret");
    security.rules().add(List.of(readers("User:alice"), readers("User:ANONYMOUS")));
    assertThat(mayRead(ALICE)).isTrue();
    assertThat(mayRead(KafkaPrincipal.ANONYMOUS)).isTrue();
    List<List<AclBinding>> removed =
        security.rules().remove(List.of(readers("User:alice").toFilter(), AclBindingFilter.ANY));
    assertThat(removed.get(0)).containsExactly(readers("User:alice"));
    assertThat(removed.get(1)).containsExactly(readers("User:alice"), readers("User:ANONYMOUS"));
    assertThat(mayRead(ALICE)).isFalse();
    security.users().remove("alice");
    assertThat(mayRead(ALICE)).isTrue();
  }

  @Test
  void whatIsInTheMetadataAtTheStartIsInForce() {
    security.users().put("alice", "secret");
    security.rules().add(List.of(readers("User:alice")));
    security =
        Security.open(
            metadata.metadata(), SecuritySettings.DEFAULT, new ManualClock(), new SecureRandom());
    assertThat(mayRead(ALICE)).isTrue();
    assertThat(mayRead(ROOT)).isFalse();
  }

  @Test
  void aRuleThatIsThereIsNotWrittenAgain() {
    security.rules().add(List.of(readers("User:alice")));
    var before = metadata.metadata().state();
    security.rules().add(List.of(readers("User:alice")));
    assertThat(metadata.metadata().state()).isSameAs(before);
  }

  @Test
  void rulesAreAddedTogetherOrNotAtAll() {
    assertThatThrownBy(() -> security.rules().add(List.of(readers("User:alice"), readers("alice"))))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("User:alice");
    assertThat(security.rules().list(AclBindingFilter.ANY)).isEmpty();
  }
}
