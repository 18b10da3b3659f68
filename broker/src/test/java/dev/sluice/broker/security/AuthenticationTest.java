package dev.sluice.broker.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.broker.metadata.Credential;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.sasl.SaslException;
import javax.security.sasl.SaslServer;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;
import org.apache.kafka.common.security.scram.ScramExtensionsCallback;
import org.apache.kafka.common.security.scram.internals.ScramSaslClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Kafka's SCRAM client against our server. */
class AuthenticationTest {

  private TestMetadata metadata;
  private Users users;
  private Authentication authentication;

  @BeforeEach
  void open(@TempDir Path directory) {
    metadata = TestMetadata.open(directory);
    users = new Users(metadata.metadata(), new SecureRandom());
    authentication = new Authentication(metadata.metadata(), new SecureRandom());
    users.put("alice", "secret");
  }

  @AfterEach
  void close() {
    metadata.close();
  }

  private static final class Client {
    private final ScramSaslClient client;
    private final Map<String, String> extensions;

    Client(ScramMechanism mechanism, String user, String password, Map<String, String> extensions) {
      this.extensions = extensions;
      try {
        this.client =
            new ScramSaslClient(
                ScramPasswords.internal(mechanism), callbacks -> answer(callbacks, user, password));
      } catch (NoSuchAlgorithmException e) {
        throw new AssertionError(e);
      }
    }

    private void answer(Callback[] callbacks, String user, String password) {
      for (Callback callback : callbacks) {
        switch (callback) {
          case NameCallback name -> name.setName(user);
          case PasswordCallback secret -> secret.setPassword(password.toCharArray());
          case ScramExtensionsCallback more -> more.extensions(extensions);
          default -> throw new AssertionError(callback);
        }
      }
    }

    byte[] first() throws SaslException {
      return client.evaluateChallenge(new byte[0]);
    }

    byte[] next(byte[] challenge) throws SaslException {
      return client.evaluateChallenge(challenge);
    }
  }

  private String scram(ScramMechanism mechanism, Client client) throws SaslException {
    SaslServer server = authentication.begin(mechanism.mechanismName());
    byte[] challenge = server.evaluateResponse(client.first());
    byte[] last = server.evaluateResponse(client.next(challenge));
    byte[] unused = client.next(last);
    assertThat(client.client.isComplete()).isTrue();
    return server.getAuthorizationID();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN")
  void bothSidesProveThatTheyKnowThePassword(ScramMechanism mechanism) throws SaslException {
    assertThat(scram(mechanism, new Client(mechanism, "alice", "secret", Map.of())))
        .isEqualTo("alice");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN")
  void aWrongPasswordAndAnUnknownUserGetEquallyFar(ScramMechanism mechanism) throws SaslException {
    for (String user : List.of("alice", "nobody")) {
      Client client = new Client(mechanism, user, "guess", Map.of());
      SaslServer server = authentication.begin(mechanism.mechanismName());
      byte[] challenge = server.evaluateResponse(client.first());
      assertThat(new String(challenge, StandardCharsets.UTF_8)).contains(",i=4096");
      byte[] proof = client.next(challenge);
      assertThatThrownBy(() -> server.evaluateResponse(proof))
          .isInstanceOf(SaslException.class)
          .hasMessage("Invalid client credentials");
    }
  }

  @Test
  void anUnknownUserGetsTheSameSaltEachTimeAndNotSomeoneElses() {
    Decoys decoys = new Decoys(new SecureRandom());
    Credential first = decoys.of("nobody", ScramMechanism.SCRAM_SHA_256);
    assertThat(decoys.of("nobody", ScramMechanism.SCRAM_SHA_256)).isEqualTo(first);
    assertThat(decoys.of("nobody", ScramMechanism.SCRAM_SHA_512).salt()).isNotEqualTo(first.salt());
    assertThat(decoys.of("somebody", ScramMechanism.SCRAM_SHA_256).salt())
        .isNotEqualTo(first.salt());
    assertThat(new Decoys(new SecureRandom()).of("nobody", ScramMechanism.SCRAM_SHA_256).salt())
        .isNotEqualTo(first.salt());
  }

  @Test
  void aDelegationTokenIsRefusedForThereAreNone() throws SaslException {
    Client client =
        new Client(ScramMechanism.SCRAM_SHA_256, "alice", "secret", Map.of("tokenauth", "true"));
    SaslServer server = authentication.begin("SCRAM-SHA-256");
    byte[] first = client.first();
    assertThatThrownBy(() -> server.evaluateResponse(first)).isInstanceOf(SaslException.class);
  }

  @Test
  void plainTakesThePasswordOfAnyCredential() throws SaslException {
    assertThat(plain("\0alice\0secret")).isEqualTo("alice");
    assertThat(plain("alice\0alice\0secret")).isEqualTo("alice");
    users.change("alice", List.of(new CredentialChange.Remove(ScramMechanism.SCRAM_SHA_256)));
    assertThat(plain("\0alice\0secret")).isEqualTo("alice");
  }

  @Test
  void plainRefusesWhatIsWrong() {
    for (String token :
        List.of(
            "\0alice\0guess",
            "\0nobody\0secret",
            "bob\0alice\0secret",
            "\0alice\0",
            "\0\0secret",
            "alice",
            "",
            "\0alice\0" + "x".repeat(5_000))) {
      assertThatThrownBy(() -> plain(token)).isInstanceOf(SaslAuthenticationException.class);
    }
  }

  private String plain(String token) throws SaslException {
    SaslServer server = authentication.begin("PLAIN");
    byte[] unused = server.evaluateResponse(token.getBytes(StandardCharsets.UTF_8));
    return server.getAuthorizationID();
  }

  @Test
  void otherMechanismsThereAreNone() {
    assertThatThrownBy(() -> authentication.begin("GSSAPI"))
        .isInstanceOf(UnsupportedSaslMechanismException.class);
  }
}
