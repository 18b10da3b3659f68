package dev.sluice.gateway.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.broker.Broker;
import dev.sluice.broker.metadata.Topic;
import dev.sluice.broker.metadata.TopicConfig;
import dev.sluice.gateway.log.OwnTopics;
import dev.sluice.log.LogMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
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
        gate.assemble(broker);
        assertThat(gate.isServing()).isFalse();
        gate.serve(new KafkaMeters(registry));
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
      gate.assemble(broker);
      gate.serve(new KafkaMeters(new SimpleMeterRegistry()));
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
  void theGatewaysOwnTopicsAreThereToReadAndNothingElse() throws Exception {
    try (Broker broker = Broker.open(directory, Clock.systemUTC(), LogMetrics.NONE);
        KafkaGate gate = TestGate.before(broker);
        Admin admin = admin(gate)) {
      Topic own = broker.topics().create(OwnTopics.EVENTS, 1, TopicConfig.FOREVER);
      gate.serve(new KafkaMeters(new SimpleMeterRegistry()));

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
      gate.serve(new KafkaMeters(new SimpleMeterRegistry()));
      Map<String, Object> settings = settings(gate);
      settings.put("client.id", "__admin_client");
      try (Admin admin = Admin.create(settings)) {
        assertThat(admin.deleteTopics(List.of(own.name())).all().get()).isNull();
      }
      assertThat(broker.topics().find(own.name())).isEmpty();
    }
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
