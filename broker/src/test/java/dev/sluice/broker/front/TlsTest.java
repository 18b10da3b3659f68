package dev.sluice.broker.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.broker.config.BrokerDefaults;
import dev.sluice.broker.group.CoordinatorSettings;
import dev.sluice.broker.kafka.KafkaFrontConfig;
import dev.sluice.broker.kafka.ListenerConfig;
import dev.sluice.broker.kafka.ServerLimits;
import dev.sluice.broker.kafka.TransportFactory;
import dev.sluice.broker.kafka.security.TlsTransportFactory;
import dev.sluice.broker.metadata.AccessRule;
import dev.sluice.broker.metadata.MetadataCommand;
import dev.sluice.broker.metadata.TopicConfig;
import dev.sluice.broker.security.SecuritySettings;
import dev.sluice.broker.security.TestCertificate;
import dev.sluice.broker.security.TlsSettings;
import dev.sluice.broker.security.TlsSettings.ClientCertificate;
import dev.sluice.broker.security.TlsSettings.Trust;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kafka's own clients, and others, over TLS. */
class TlsTest {

  @TempDir private static Path keys = Path.of(".");
  private static TestCertificate server = new TestCertificate(keys, keys, keys);
  private static TestCertificate alice = server;
  private static TestCertificate stranger = server;

  @TempDir private Path directory = Path.of(".");

  @BeforeAll
  static void makeKeys() {
    server = TestCertificate.create(keys, "server", "CN=broker");
    alice = TestCertificate.create(keys, "alice", "CN=alice,OU=ops");
    stranger = TestCertificate.create(keys, "stranger", "CN=stranger");
  }

  private static TransportFactory tls(ClientCertificate certificate, String... protocols) {
    return new TlsTransportFactory(
        new TlsSettings(
            server.asPkcs12(),
            new Trust.PemFile(alice.certificate()),
            certificate,
            protocols.length == 0 ? TlsSettings.PROTOCOLS : List.of(protocols)));
  }

  private static Map<String, Object> trusting(TestCertificate authority) {
    return new HashMap<>(
        Map.of(
            "security.protocol",
            "SSL",
            "ssl.truststore.type",
            "PEM",
            "ssl.truststore.location",
            authority.certificate().toString()));
  }

  private static Map<String, Object> as(TestCertificate certificate) {
    Map<String, Object> client = trusting(server);
    client.put("ssl.keystore.type", "PKCS12");
    client.put("ssl.keystore.location", certificate.store().toString());
    client.put("ssl.keystore.password", TestCertificate.PASSWORD);
    return client;
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void recordsGoInAndOutEncrypted(String protocol) throws Exception {
    try (TestBroker broker =
        SecuredBroker.start(directory, tls(ClientCertificate.NONE, protocol), false)) {
      Map<String, Object> client = trusting(server);
      client.put("ssl.enabled.protocols", protocol);
      assertThat(SecuredBroker.roundTrip(broker, client, "secret")).isEqualTo("secret");
    }
  }

  @Test
  void whatIsLargerThanManyRecordsOfTlsArrivesWhole() throws Exception {
    try (TestBroker broker = SecuredBroker.start(directory, tls(ClientCertificate.NONE), false)) {
      String large = "0123456789abcdef".repeat(60_000);
      Map<String, Object> client = trusting(server);
      client.put("enable.idempotence", false);
      try (KafkaProducer<String, String> producer = broker.producer(client)) {
        for (int i = 0; i < 12; i++) {
          RecordMetadata unused =
              producer.send(new ProducerRecord<>("orders", 0, "k", large + i)).get();
        }
      }
      try (KafkaConsumer<String, String> consumer = broker.consumer(trusting(server))) {
        consumer.assign(List.of(SecuredBroker.ORDERS));
        int next = 0;
        while (next < 12) {
          for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(20))) {
            assertThat(record.value()).isEqualTo(large + next);
            next++;
          }
        }
      }
    }
  }

  @Test
  void aServerThatTheClientDoesNotTrustIsLeft() {
    try (TestBroker broker = SecuredBroker.start(directory, tls(ClientCertificate.NONE), false);
        Admin admin = Admin.create(broker.client(trusting(stranger)))) {
      assertThatThrownBy(() -> admin.describeCluster().nodes().get())
          .hasCauseInstanceOf(SslAuthenticationException.class);
    }
  }

  @Test
  void aClientIsWhoItsCertificateSays() throws Exception {
    try (TestBroker broker =
        SecuredBroker.start(directory, tls(ClientCertificate.REQUIRED), false)) {
      allow(broker, "User:CN=alice,OU=ops");
      assertThat(SecuredBroker.roundTrip(broker, as(alice), "mine")).isEqualTo("mine");
    }
  }

  @Test
  void aClientWithoutCertificateIsAnonymousOrRefused() {
    try (TestBroker broker =
        SecuredBroker.start(directory, tls(ClientCertificate.REQUESTED), false)) {
      allow(broker, "User:CN=alice,OU=ops");
      assertThatThrownBy(() -> SecuredBroker.produce(broker, trusting(server), "not mine"))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(TopicAuthorizationException.class);
    }
    try (TestBroker broker =
            SecuredBroker.start(
                directory.resolve("strict"), tls(ClientCertificate.REQUIRED), false);
        Admin admin = Admin.create(broker.client(trusting(server)));
        Admin foreign = Admin.create(broker.client(as(stranger)))) {
      assertThatThrownBy(() -> admin.describeCluster().nodes().get())
          .isInstanceOf(ExecutionException.class);
      assertThatThrownBy(() -> foreign.describeCluster().nodes().get())
          .isInstanceOf(ExecutionException.class);
    }
  }

  private static void allow(TestBroker broker, String principal) {
    var unused =
        broker
            .broker()
            .metadata()
            .change(
                new MetadataCommand.AddAccessRules(
                    List.of(
                        new AccessRule(
                            ResourceType.TOPIC,
                            "orders",
                            PatternType.LITERAL,
                            principal,
                            "*",
                            AclOperation.ALL,
                            AclPermissionType.ALLOW))));
  }

  @Test
  void saslWorksWithinTls() throws Exception {
    try (TestBroker broker = SecuredBroker.start(directory, tls(ClientCertificate.NONE), true)) {
      SecuredBroker.users(broker).put("admin", "pw");
      Map<String, Object> client = SecuredBroker.sasl("PLAIN", "admin", "pw");
      client.putAll(trusting(server));
      client.put("security.protocol", "SASL_SSL");
      assertThat(SecuredBroker.roundTrip(broker, client, "both")).isEqualTo("both");
    }
  }

  @Test
  void whoDoesNotSpeakTlsIsHungUpOn() throws IOException {
    try (TestBroker broker = SecuredBroker.start(directory, tls(ClientCertificate.NONE), false)) {
      try (Socket socket =
          new Socket(InetAddress.getLoopbackAddress(), broker.front().port("SECURE"))) {
        socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        socket.setSoTimeout(20_000);
        assertThat(socket.getInputStream().readAllBytes()).hasSizeLessThan(64);
      }
    }
  }

  @Test
  void aHandshakeThatIsStuckEnds() throws IOException {
    ServerLimits impatient =
        new ServerLimits(1 << 20, 1 << 20, 10, 4, Duration.ofMinutes(1), Duration.ofMillis(1));
    KafkaFrontConfig config =
        new KafkaFrontConfig(
            List.of(
                new ListenerConfig(
                    "SECURE", "127.0.0.1", 0, null, null, Set.of(), tls(ClientCertificate.NONE))),
            impatient,
            new BrokerDefaults(1, false, TopicConfig.FOREVER),
            CoordinatorSettings.DEFAULT,
            SecuritySettings.DEFAULT);
    try (TestBroker broker = TestBroker.start(directory, config);
        Socket socket =
            new Socket(InetAddress.getLoopbackAddress(), broker.front().port("SECURE"))) {
      broker.broker().topics().create("t", 1, TopicConfig.FOREVER);
      socket.getOutputStream().write(new byte[] {22, 3, 1});
      socket.setSoTimeout(20_000);
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }
}
