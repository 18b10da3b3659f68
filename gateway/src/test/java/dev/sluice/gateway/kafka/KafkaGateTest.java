package dev.sluice.gateway.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.broker.Broker;
import dev.sluice.broker.kafka.AdminChanges;
import dev.sluice.broker.metadata.Topic;
import dev.sluice.broker.metadata.TopicConfig;
import dev.sluice.gateway.config.KafkaSecuritySpec;
import dev.sluice.gateway.config.KafkaSecuritySpec.Quota;
import dev.sluice.gateway.config.KafkaSecuritySpec.Resource;
import dev.sluice.gateway.config.KafkaSecuritySpec.Rule;
import dev.sluice.gateway.config.KafkaSpec;
import dev.sluice.gateway.config.KafkaSpec.ClientCertificate;
import dev.sluice.gateway.config.KafkaSpec.Listener;
import dev.sluice.gateway.config.KafkaSpec.Tls;
import dev.sluice.gateway.config.SecretText;
import dev.sluice.gateway.log.OwnTopics;
import dev.sluice.log.LogMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.quota.ClientQuotaFilter;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaGateTest {

  @TempDir private Path directory;

  @Test
  void aPortThatIsTakenIsNamedWithTheCure() {
    try (KafkaGate first = KafkaGate.bind(TestGate.spec("127.0.0.1", 0, null))) {
      int taken = port(first);
      assertThatThrownBy(() -> KafkaGate.bind(TestGate.spec("127.0.0.1", taken, null)))
          .isInstanceOf(CannotListenException.class)
          .hasMessageContaining("127.0.0.1:" + taken)
          .hasMessageContaining("Address already in use")
          .hasMessageContaining("--kafka-port (0 picks a free one)");
    }
  }

  @Test
  void aHostWithoutAnAddressIsNamed() {
    assertThatThrownBy(() -> KafkaGate.bind(TestGate.spec("no-such-host.invalid", 0, null)))
        .isInstanceOf(CannotListenException.class)
        .hasMessageContaining("no-such-host.invalid");
  }

  @Test
  void clientsThatComeEarlyAreAnsweredOnceTheBrokerIsThere() throws Exception {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    try (KafkaGate gate = KafkaGate.bind(TestGate.spec("127.0.0.1", 0, null));
        Admin admin = admin(gate)) {
      assertThat(gate.isServing()).isFalse();
      assertThat(gate.clusterId()).isEmpty();
      CompletableFuture<String> asked =
          admin.describeCluster().clusterId().toCompletionStage().toCompletableFuture();
      try (Broker broker = Broker.open(directory, Clock.systemUTC(), LogMetrics.NONE)) {
        gate.open(CompletableFuture.completedFuture(broker));
        assertThat(gate.isServing()).isFalse();
        gate.serve(new KafkaMeters(registry), AdminChanges.NONE);
        assertThat(gate.isServing()).isTrue();
        assertThat(asked.get()).isEqualTo(gate.clusterId().orElseThrow());
        assertThat(registry.get("sluice.kafka.connections").gauge().value()).isPositive();
        gate.close();
        assertThat(gate.isServing()).isFalse();
      }
    }
  }

  @Test
  void clientsAreToldTheAdvertisedAddress() throws Exception {
    try (Broker broker = Broker.open(directory, Clock.systemUTC(), LogMetrics.NONE);
        KafkaGate gate = KafkaGate.bind(TestGate.spec("127.0.0.1", 0, "localhost"));
        Admin admin = admin(gate)) {
      gate.open(CompletableFuture.completedFuture(broker));
      gate.serve(new KafkaMeters(new SimpleMeterRegistry()), AdminChanges.NONE);
      assertThat(admin.describeCluster().nodes().get())
          .extracting(Node::host)
          .containsExactly("localhost");
      assertThat(gate.listeners())
          .containsExactly(
              new KafkaEndpoint.Listener(
                  "main", "127.0.0.1:" + port(gate), "localhost:" + port(gate)));
    }
  }

  @Test
  void whatClientsDoToTopicsIsToldWithWhoDidIt() throws Exception {
    List<String> told = new CopyOnWriteArrayList<>();
    try (Broker broker = Broker.open(directory, Clock.systemUTC(), LogMetrics.NONE);
        KafkaGate gate = TestGate.before(broker);
        Admin admin = admin(gate)) {
      gate.serve(
          new KafkaMeters(new SimpleMeterRegistry()),
          (change, topic, details, client) -> told.add(change + " " + topic + " " + client));
      done(admin.createTopics(List.of(new NewTopic("t", 1, (short) 1))).all());
      done(admin.createPartitions(Map.of("t", NewPartitions.increaseTo(2))).all());
      done(
          admin
              .deleteRecords(Map.of(new TopicPartition("t", 0), RecordsToDelete.beforeOffset(0)))
              .all());
      done(admin.deleteTopics(List.of("t")).all());
      assertThatThrownBy(() -> done(admin.deleteTopics(List.of("t")).all())).isNotNull();
      String by = " t User:ANONYMOUS@127.0.0.1";
      assertThat(told)
          .containsExactly(
              "TOPIC_CREATED" + by,
              "TOPIC_CHANGED" + by,
              "RECORDS_DELETED" + by,
              "TOPIC_DELETED" + by);
    }
  }

  @Test
  void theGatewaysOwnTopicsAreThereToReadAndNothingElse() throws Exception {
    try (Broker broker = Broker.open(directory, Clock.systemUTC(), LogMetrics.NONE);
        KafkaGate gate = TestGate.before(broker);
        Admin admin = admin(gate)) {
      Topic own = broker.topics().create(OwnTopics.EVENTS, 1, TopicConfig.FOREVER);
      gate.serve(new KafkaMeters(new SimpleMeterRegistry()), AdminChanges.NONE);

      assertThat(admin.describeTopics(List.of(own.name())).allTopicNames().get())
          .containsKey(own.name());
      assertRefused(admin.deleteTopics(List.of(own.name())).all());
      assertRefused(admin.createPartitions(Map.of(own.name(), NewPartitions.increaseTo(2))).all());
      assertRefused(
          admin
              .createTopics(List.of(new NewTopic(OwnTopics.SOURCE_POSITIONS, 1, (short) 1)))
              .all());
      assertRefused(
          admin
              .deleteRecords(
                  Map.of(new TopicPartition(own.name(), 0), RecordsToDelete.beforeOffset(0)))
              .all());
      try (KafkaProducer<String, String> producer =
          new KafkaProducer<>(settings(gate), new StringSerializer(), new StringSerializer())) {
        assertThatThrownBy(() -> producer.send(new ProducerRecord<>(own.name(), "x")).get())
            .hasRootCauseInstanceOf(TopicAuthorizationException.class);
      }
      assertThat(broker.topics().find(own.name())).hasValue(own);
    }
  }

  @Test
  void anAdministratorWhoSaysSoMayDoEverything() throws Exception {
    try (Broker broker = Broker.open(directory, Clock.systemUTC(), LogMetrics.NONE);
        KafkaGate gate = TestGate.before(broker)) {
      Topic own = broker.topics().create(OwnTopics.EVENTS, 1, TopicConfig.FOREVER);
      gate.serve(new KafkaMeters(new SimpleMeterRegistry()), AdminChanges.NONE);
      Map<String, Object> settings = settings(gate);
      settings.put("client.id", "__admin_client");
      try (Admin admin = Admin.create(settings)) {
        assertThat(admin.deleteTopics(List.of(own.name())).all().get()).isNull();
      }
      assertThat(broker.topics().find(own.name())).isEmpty();
    }
  }

  @Test
  void declaredUsersComeInAndMayDoWhatTheirRulesSay() throws Exception {
    KafkaSpec spec = secured("secret-of-shop");
    for (int start = 0; start < 2; start++) {
      try (Broker broker = Broker.open(directory, Clock.systemUTC(), LogMetrics.NONE);
          KafkaGate gate = KafkaGate.bind(spec)) {
        gate.open(CompletableFuture.completedFuture(broker));
        gate.serve(new KafkaMeters(new SimpleMeterRegistry()), AdminChanges.NONE);
        try (Admin admin = Admin.create(sasl(gate, "admin", "secret-of-admin"));
            Admin shop = Admin.create(sasl(gate, "shop", "secret-of-shop"))) {
          if (start == 0) {
            admin.createTopics(List.of(new NewTopic("shop.orders", 1, (short) 1))).all().get();
            admin.createTopics(List.of(new NewTopic("plans", 1, (short) 1))).all().get();
          }
          assertThat(shop.listTopics().names().get()).containsExactly("shop.orders");
          assertThat(admin.listTopics().names().get()).contains("shop.orders", "plans");
          assertRefused(shop.deleteTopics(List.of("shop.orders")).all());
          assertThat(admin.describeClientQuotas(ClientQuotaFilter.all()).entities().get())
              .containsValue(Map.of("producer_byte_rate", 1048576.0));
        }
        assertThatThrownBy(
                () -> {
                  try (Admin nobody = Admin.create(sasl(gate, "shop", "wrong"))) {
                    nobody.listTopics().names().get();
                  }
                })
            .hasCauseInstanceOf(SaslAuthenticationException.class);
      }
    }
  }

  @Test
  void aChangedPasswordTakesTheOldOnesPlace() throws Exception {
    for (String password : List.of("one", "two")) {
      try (Broker broker = Broker.open(directory, Clock.systemUTC(), LogMetrics.NONE);
          KafkaGate gate = KafkaGate.bind(secured(password))) {
        gate.open(CompletableFuture.completedFuture(broker));
        gate.serve(new KafkaMeters(new SimpleMeterRegistry()), AdminChanges.NONE);
        try (Admin shop = Admin.create(sasl(gate, "shop", password))) {
          assertThat(shop.listTopics().names().get()).isEmpty();
        }
      }
    }
  }

  @Test
  void keysThatCantBeReadAreToldBeforeAnythingStarts() {
    Path missing = directory.resolve("missing.pem");
    KafkaSpec open = TestGate.spec("127.0.0.1", 0, null);
    Tls tls = new Tls(missing, missing, null, null, ClientCertificate.NONE);
    KafkaSpec spec =
        new KafkaSpec(
            List.of(new Listener("main", "127.0.0.1", 0, null, null, tls, Set.of())),
            open.limits(),
            true,
            1,
            KafkaSecuritySpec.OPEN);
    assertThatThrownBy(() -> KafkaGate.bind(spec))
        .isInstanceOf(CannotListenException.class)
        .hasMessageContaining(missing.toString())
        .hasMessageContaining("server.kafka");
  }

  private static KafkaSpec secured(String passwordOfShop) {
    KafkaSpec open = TestGate.spec("127.0.0.1", 0, null);
    return new KafkaSpec(
        List.of(new Listener("main", "127.0.0.1", 0, null, null, null, Set.of("SCRAM-SHA-512"))),
        open.limits(),
        true,
        1,
        new KafkaSecuritySpec(
            Map.of(
                "admin", new SecretText("secret-of-admin"),
                "shop", new SecretText(passwordOfShop)),
            Set.of("admin"),
            List.of(
                new Rule("shop", "*", true, List.of("read", "write"), Resource.TOPIC, "shop.*")),
            List.of(new Quota("shop", null, 1L << 20, null))));
  }

  private static Map<String, Object> sasl(KafkaGate gate, String user, String password) {
    Map<String, Object> settings = settings(gate);
    settings.put("security.protocol", "SASL_PLAINTEXT");
    settings.put("sasl.mechanism", "SCRAM-SHA-512");
    settings.put(
        "sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\""
                .formatted(user)
            + " password=\"%s\";".formatted(password));
    return settings;
  }

  private static void done(KafkaFuture<?> asked) throws Exception {
    Object unused = asked.get();
  }

  private static void assertRefused(KafkaFuture<?> asked) {
    assertThatThrownBy(asked::get).hasCauseInstanceOf(TopicAuthorizationException.class);
  }

  private static Map<String, Object> settings(KafkaGate gate) {
    return new HashMap<>(Map.of("bootstrap.servers", gate.listeners().getFirst().address()));
  }

  private static Admin admin(KafkaGate gate) {
    return Admin.create(Map.of("bootstrap.servers", gate.listeners().getFirst().address()));
  }

  private static int port(KafkaGate gate) {
    String address = gate.listeners().getFirst().address();
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }
}
