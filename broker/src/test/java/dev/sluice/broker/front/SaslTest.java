package dev.sluice.broker.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.broker.kafka.TransportFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialDeletion;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.ResourceNotFoundException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.UnacceptableCredentialException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kafka's own clients come in by SASL, and users are made over the wire. */
class SaslTest {

  private static final ScramCredentialInfo SHA_256 =
      new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, 4096);

  @TempDir private Path directory = Path.of(".");
  private TestBroker broker;

  @BeforeEach
  void start() {
    broker = SecuredBroker.start(directory, TransportFactory.PLAIN, true);
    SecuredBroker.users(broker).put("admin", "tops=cret,ä");
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"})
  void whoKnowsThePasswordComesIn(String mechanism) throws Exception {
    Map<String, Object> client = SecuredBroker.sasl(mechanism, "admin", "tops=cret,ä");
    assertThat(SecuredBroker.roundTrip(broker, client, "hello")).isEqualTo("hello");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"})
  void aWrongPasswordAndAnUnknownUserAreRefusedAlike(String mechanism) {
    String wrong = refusal(SecuredBroker.sasl(mechanism, "admin", "guess"));
    String unknown = refusal(SecuredBroker.sasl(mechanism, "nobody", "guess"));
    assertThat(wrong).isEqualTo(unknown).contains("invalid credentials");
  }

  private String refusal(Map<String, Object> client) {
    try (Admin admin = Admin.create(broker.client(client))) {
      KafkaFuture<?> answer = admin.describeCluster().nodes();
      assertThatThrownBy(answer::get).hasCauseInstanceOf(SaslAuthenticationException.class);
      return answer
          .toCompletionStage()
          .handle((nodes, failure) -> String.valueOf(failure))
          .toCompletableFuture()
          .join();
    }
  }

  @Test
  void aClientThatDoesNotAuthenticateItselfIsHeldOff() {
    Map<String, Object> impatient =
        Map.of("default.api.timeout.ms", 2_000, "request.timeout.ms", 1_000);
    try (Admin admin = Admin.create(broker.client(impatient))) {
      assertThatThrownBy(() -> admin.describeCluster().nodes().get())
          .isInstanceOf(ExecutionException.class);
    }
  }

  @Test
  void usersAreMadeShownAndUnmadeOverTheWire() throws Exception {
    try (Admin admin = admin()) {
      admin
          .alterUserScramCredentials(
              List.of(new UserScramCredentialUpsertion("alice", SHA_256, "wonder")))
          .all()
          .get();
      assertThat(admin.describeUserScramCredentials(List.of("alice")).all().get())
          .hasEntrySatisfying(
              "alice", alice -> assertThat(alice.credentialInfos()).containsExactly(SHA_256));
      assertThat(admin.describeUserScramCredentials().users().get())
          .containsExactlyInAnyOrder("admin", "alice");
      assertThat(refusal(SecuredBroker.sasl("SCRAM-SHA-512", "alice", "wonder")))
          .contains("SCRAM-SHA-512");
      for (String mechanism : List.of("PLAIN", "SCRAM-SHA-256")) {
        try (Admin alice =
            Admin.create(broker.client(SecuredBroker.sasl(mechanism, "alice", "wonder")))) {
          assertThat(alice.describeCluster().nodes().get()).hasSize(1);
        }
      }

      admin
          .alterUserScramCredentials(
              List.of(new UserScramCredentialDeletion("alice", ScramMechanism.SCRAM_SHA_256)))
          .all()
          .get();

      assertThat(refusal(SecuredBroker.sasl("SCRAM-SHA-256", "alice", "wonder")))
          .contains("invalid credentials");
      assertThatThrownBy(
              () ->
                  admin
                      .alterUserScramCredentials(
                          List.of(
                              new UserScramCredentialDeletion(
                                  "alice", ScramMechanism.SCRAM_SHA_256)))
                      .all()
                      .get())
          .hasCauseInstanceOf(ResourceNotFoundException.class);
    }
  }

  @Test
  void credentialsThatAreTooWeakOrTooDearAreRefused() {
    try (Admin admin = admin()) {
      for (int iterations : List.of(4095, 16_385)) {
        ScramCredentialInfo info =
            new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, iterations);
        assertThatThrownBy(
                () ->
                    admin
                        .alterUserScramCredentials(
                            List.of(new UserScramCredentialUpsertion("bob", info, "builder")))
                        .all()
                        .get())
            .hasCauseInstanceOf(UnacceptableCredentialException.class);
      }
    }
  }

  @Test
  void aProofThatDoesNotHoldForLongIsGivenAgain() throws Exception {
    broker.close();
    broker =
        SecuredBroker.start(
            directory.resolve("again"), TransportFactory.PLAIN, true, Duration.ofSeconds(1));
    SecuredBroker.users(broker).put("admin", "pw");
    Map<String, Object> client = SecuredBroker.sasl("SCRAM-SHA-256", "admin", "pw");
    try (Admin admin = Admin.create(broker.client(client))) {
      long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (metric(admin, "successful-reauthentication-total") < 2 && System.nanoTime() < end) {
        assertThat(admin.describeCluster().nodes().get()).hasSize(1);
      }
      assertThat(metric(admin, "successful-reauthentication-total")).isGreaterThanOrEqualTo(2);
      assertThat(metric(admin, "failed-reauthentication-total")).isZero();
    }
  }

  private static double metric(Admin admin, String name) {
    return admin.metrics().entrySet().stream()
        .filter(metric -> metric.getKey().name().equals(name))
        .mapToDouble(metric -> (double) metric.getValue().metricValue())
        .sum();
  }

  private Admin admin() {
    return Admin.create(broker.client(SecuredBroker.sasl("SCRAM-SHA-512", "admin", "tops=cret,ä")));
  }
}
