package dev.sluice.broker.kafka.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.broker.kafka.Call;
import dev.sluice.broker.kafka.Calls;
import dev.sluice.broker.kafka.ConnectionIdentity;
import dev.sluice.broker.security.AccessControl;
import dev.sluice.broker.security.SaslSettings;
import dev.sluice.broker.security.Security;
import dev.sluice.broker.security.SecuritySettings;
import dev.sluice.broker.security.TestMetadata;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.message.SaslAuthenticateRequestData;
import org.apache.kafka.common.message.SaslAuthenticateResponseData;
import org.apache.kafka.common.message.SaslHandshakeRequestData;
import org.apache.kafka.common.message.SaslHandshakeResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.SaslAuthenticateRequest;
import org.apache.kafka.common.requests.SaslHandshakeRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SaslHandlersTest {

  private TestMetadata metadata;
  private SaslHandshakeHandler handshake;
  private SaslAuthenticateHandler authenticate;
  private ConnectionIdentity client = Calls.stranger();

  @BeforeEach
  void open(@TempDir Path directory) {
    metadata = TestMetadata.open(directory);
    settle(new SaslSettings(Duration.ZERO, Duration.ZERO));
  }

  @AfterEach
  void close() {
    metadata.close();
  }

  private void settle(SaslSettings settings) {
    Security security =
        Security.open(
            metadata.metadata(),
            new SecuritySettings(Set.of(), settings),
            Clock.systemUTC(),
            new SecureRandom());
    security.users().put("alice", "secret");
    security.users().put("bob", "builder");
    SaslExchanges exchanges =
        new SaslExchanges(security.authentication(), settings, security.failures());
    handshake = new SaslHandshakeHandler(exchanges);
    authenticate = new SaslAuthenticateHandler(exchanges);
  }

  private SaslHandshakeResponseData choose(String mechanism) {
    return handshake
        .handle(
            new SaslHandshakeRequest(
                new SaslHandshakeRequestData().setMechanism(mechanism), (short) 1),
            call(ApiKeys.SASL_HANDSHAKE))
        .data();
  }

  private SaslAuthenticateResponseData send(String token) {
    return authenticate
        .handle(
            new SaslAuthenticateRequest(
                new SaslAuthenticateRequestData()
                    .setAuthBytes(token.getBytes(StandardCharsets.UTF_8)),
                (short) 2),
            call(ApiKeys.SASL_AUTHENTICATE))
        .data();
  }

  private Call call(ApiKeys api) {
    return Calls.of(api, api.latestVersion(), client, AccessControl.OPEN);
  }

  @Test
  void aClientMayAskWhenItHasProvedWhoItIs() {
    assertThat(client.mayAsk()).isFalse();
    assertThat(choose("PLAIN").errorCode()).isZero();
    assertThat(client.mayAsk()).isFalse();
    assertThat(send("\0alice\0secret").errorCode()).isZero();
    assertThat(client.mayAsk()).isTrue();
    assertThat(client.principal().toString()).isEqualTo("User:alice");
    assertThat(client.isRefused()).isFalse();
  }

  @Test
  void aMechanismThatIsNotOfferedIsRefusedWithTheList() {
    SaslHandshakeResponseData answer = choose("GSSAPI");
    assertThat(answer.errorCode()).isEqualTo(Errors.UNSUPPORTED_SASL_MECHANISM.code());
    assertThat(answer.mechanisms()).containsExactly("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512");
    assertThat(client.isRefused()).isTrue();
  }

  @Test
  void aTokenWithoutAHandshakeIsRefused() {
    assertThat(send("\0alice\0secret").errorCode()).isEqualTo(Errors.ILLEGAL_SASL_STATE.code());
    assertThat(client.mayAsk()).isFalse();
    assertThat(client.isRefused()).isTrue();
  }

  @Test
  void aFailureSaysNotWhatWasWrongAndEndsTheConnection() {
    assertThat(choose("PLAIN").errorCode()).isZero();
    SaslAuthenticateResponseData answer = send("\0alice\0guess");
    assertThat(answer.errorCode()).isEqualTo(Errors.SASL_AUTHENTICATION_FAILED.code());
    assertThat(answer.errorMessage())
        .isEqualTo("Authentication failed: invalid credentials for SASL mechanism PLAIN");
    assertThat(client.mayAsk()).isFalse();
    assertThat(client.isRefused()).isTrue();
  }

  @Test
  void aTokenThatIsTooLargeIsRefusedUnread() {
    assertThat(choose("SCRAM-SHA-256").errorCode()).isZero();
    assertThat(send("n,,n=alice,r=" + "x".repeat(20_000)).errorCode())
        .isEqualTo(Errors.SASL_AUTHENTICATION_FAILED.code());
  }

  @Test
  void aFailureIsAnsweredOnlyAfterADelay() {
    settle(new SaslSettings(Duration.ZERO, Duration.ofDays(1)));
    assertThat(choose("PLAIN").errorCode()).isZero();
    Call call = call(ApiKeys.SASL_AUTHENTICATE);
    boolean unused = call.ended().complete(null);
    SaslAuthenticateRequest request =
        new SaslAuthenticateRequest(
            new SaslAuthenticateRequestData()
                .setAuthBytes("\0alice\0guess".getBytes(StandardCharsets.UTF_8)),
            (short) 2);
    // It waits for a day, or until the connection ends, as it does here.
    assertThatThrownBy(() -> authenticate.handle(request, call))
        .isInstanceOf(DisconnectException.class);
  }

  @Test
  void whoIsAuthenticatedForGoodIsNotAskedAgain() {
    assertThat(choose("PLAIN").errorCode()).isZero();
    assertThat(send("\0alice\0secret").sessionLifetimeMs()).isZero();
    assertThat(choose("PLAIN").errorCode()).isEqualTo(Errors.ILLEGAL_SASL_STATE.code());
    assertThat(client.isRefused()).isTrue();
  }

  @Test
  void aProofWithALifetimeIsGivenAgainByTheSameMechanismForTheSameUser() {
    settle(new SaslSettings(Duration.ofHours(1), Duration.ZERO));
    assertThat(choose("PLAIN").errorCode()).isZero();
    assertThat(send("\0alice\0secret").sessionLifetimeMs()).isEqualTo(3_600_000);
    assertThat(client.mayAsk()).isTrue();

    assertThat(choose("PLAIN").errorCode()).isZero();
    assertThat(client.mayAsk()).isTrue();
    assertThat(send("\0alice\0secret").errorCode()).isZero();
    assertThat(client.isRefused()).isFalse();

    assertThat(choose("PLAIN").errorCode()).isZero();
    assertThat(send("\0bob\0builder").errorCode())
        .isEqualTo(Errors.SASL_AUTHENTICATION_FAILED.code());
    assertThat(client.principal().getName()).isEqualTo("alice");
    assertThat(client.isRefused()).isTrue();
  }

  @Test
  void anotherMechanismThanTheFirstTimeIsRefused() {
    settle(new SaslSettings(Duration.ofHours(1), Duration.ZERO));
    assertThat(choose("PLAIN").errorCode()).isZero();
    assertThat(send("\0alice\0secret").errorCode()).isZero();
    assertThat(choose("SCRAM-SHA-256").errorCode())
        .isEqualTo(Errors.UNSUPPORTED_SASL_MECHANISM.code());
    assertThat(client.isRefused()).isTrue();
  }

  @Test
  void whoseProofHasExpiredMayAskNoMore() {
    settle(new SaslSettings(Duration.ofHours(1), Duration.ZERO));
    assertThat(choose("PLAIN").errorCode()).isZero();
    assertThat(send("\0alice\0secret").errorCode()).isZero();
    client.authenticatedUntil(client.principal(), System.nanoTime() - 1);
    assertThat(client.mayAsk()).isFalse();
    assertThat(choose("PLAIN").errorCode()).isZero();
    assertThat(send("\0alice\0secret").errorCode()).isZero();
    assertThat(client.mayAsk()).isTrue();
  }

  @Test
  void aListenerWithoutSaslHasNoHandshake() {
    Call plain = Calls.of(ApiKeys.SASL_HANDSHAKE);
    SaslHandshakeRequest request =
        new SaslHandshakeRequest(new SaslHandshakeRequestData().setMechanism("PLAIN"), (short) 1);
    assertThat(handshake.handle(request, plain).data().errorCode())
        .isEqualTo(Errors.ILLEGAL_SASL_STATE.code());
    assertThat(plain.identity().isRefused()).isFalse();
  }
}
