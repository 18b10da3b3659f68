package dev.sluice.broker.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.broker.security.CredentialChange.Put;
import dev.sluice.broker.security.CredentialChange.Remove;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.common.errors.DuplicateResourceException;
import org.apache.kafka.common.errors.ResourceNotFoundException;
import org.apache.kafka.common.errors.UnacceptableCredentialException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsersTest {

  private static final ScramMechanism SHA_256 = ScramMechanism.SCRAM_SHA_256;
  private static final ScramMechanism SHA_512 = ScramMechanism.SCRAM_SHA_512;

  private TestMetadata metadata;
  private Users users;
  private Path directory;

  @BeforeEach
  void open(@TempDir Path fresh) {
    directory = fresh;
    metadata = TestMetadata.open(fresh);
    users = new Users(metadata.metadata(), new SecureRandom());
  }

  @AfterEach
  void close() {
    metadata.close();
  }

  private static SaltedPassword salted(ScramMechanism mechanism, int iterations) {
    return new SaltedPassword(
        new byte[] {1, 2, 3}, new byte[ScramPasswords.saltedBytes(mechanism)], iterations);
  }

  @Test
  void aUserIsThereAfterARestart() {
    users.put("alice", "secret");
    var before = users.all();
    metadata.close();
    metadata = TestMetadata.open(directory);
    assertThat(metadata.metadata().state().security().users()).isEqualTo(before);
    assertThat(before.get("alice")).containsOnlyKeys(SHA_256, SHA_512);
  }

  @Test
  void aNewPasswordTakesThePlaceOfTheOld() {
    users.put("alice", "old");
    users.put("alice", "new");
    var credentials = metadata.metadata().state().security().credentials("alice");
    assertThat(credentials).hasSize(2);
    for (var credential : credentials.values()) {
      assertThat(ScramPasswords.matches("new", credential)).isTrue();
      assertThat(ScramPasswords.matches("old", credential)).isFalse();
    }
  }

  @Test
  void whoHasNoCredentialsLeftIsNoUser() {
    users.put("alice", "secret");
    users.change("alice", List.of(new Remove(SHA_256)));
    assertThat(users.all().get("alice")).containsOnlyKeys(SHA_512);
    users.change("alice", List.of(new Remove(SHA_512)));
    assertThat(users.all()).isEmpty();
    assertThatThrownBy(() -> users.remove("alice")).isInstanceOf(ResourceNotFoundException.class);
    users.put("alice", "secret");
    users.remove("alice");
    assertThat(users.all()).isEmpty();
  }

  @Test
  void whatCannotBeIsRefused() {
    assertRefused("", List.of(new Put(SHA_256, salted(SHA_256, 4096))));
    assertRefused("bob", List.of(new Put(SHA_256, salted(SHA_256, 4095))));
    assertRefused("bob", List.of(new Put(SHA_256, salted(SHA_256, 16_385))));
    assertRefused("bob", List.of(new Put(SHA_512, salted(SHA_256, 4096))));
    SaltedPassword withoutSalt = new SaltedPassword(new byte[0], new byte[32], 4096);
    assertRefused("bob", List.of(new Put(SHA_256, withoutSalt)));
    assertThatThrownBy(() -> users.put("bob", ""))
        .isInstanceOf(UnacceptableCredentialException.class);
    assertThatThrownBy(() -> users.change("bob", List.of(new Remove(ScramMechanism.UNKNOWN))))
        .isInstanceOf(UnsupportedSaslMechanismException.class);
    assertThat(users.all()).isEmpty();
  }

  private void assertRefused(String user, List<CredentialChange> changes) {
    assertThatThrownBy(() -> users.change(user, changes))
        .isInstanceOf(UnacceptableCredentialException.class);
  }

  @Test
  void changesOfOneUserAreMadeTogetherOrNotAtAll() {
    Put good = new Put(SHA_256, salted(SHA_256, 4096));
    assertThatThrownBy(() -> users.change("bob", List.of(good, new Remove(SHA_512))))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(() -> users.change("bob", List.of(good, good)))
        .isInstanceOf(DuplicateResourceException.class);
    assertThat(users.all()).isEmpty();
    users.change("bob", List.of(good, new Put(SHA_512, salted(SHA_512, 16_384))));
    assertThat(users.all().get("bob")).hasSize(2);
  }
}
