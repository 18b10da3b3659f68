package dev.sluice.gateway.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.broker.Broker;
import dev.sluice.gateway.config.KafkaSpec;
import dev.sluice.log.LogMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Node;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaGateTest {

  @TempDir private Path directory;

  @Test
  void aPortThatIsTakenIsNamedWithTheCure() {
    try (KafkaGate first = KafkaGate.bind(spec("127.0.0.1", 0, null))) {
      int taken = port(first);
      assertThatThrownBy(() -> KafkaGate.bind(spec("127.0.0.1", taken, null)))
          .isInstanceOf(CannotListenException.class)
          .hasMessageContaining("127.0.0.1:" + taken)
          .hasMessageContaining("Address already in use")
          .hasMessageContaining("--kafka-port (0 picks a free one)");
    }
  }

  @Test
  void aHostWithoutAnAddressIsNamed() {
    assertThatThrownBy(() -> KafkaGate.bind(spec("no-such-host.invalid", 0, null)))
        .isInstanceOf(CannotListenException.class)
        .hasMessageContaining("no-such-host.invalid");
  }

  @Test
  void clientsThatComeEarlyAreAnsweredOnceTheBrokerIsThere() throws Exception {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    try (KafkaGate gate = KafkaGate.bind(spec("127.0.0.1", 0, null));
        Admin admin = admin(gate)) {
      assertThat(gate.isServing()).isFalse();
      assertThat(gate.clusterId()).isEmpty();
      CompletableFuture<String> asked =
          admin.describeCluster().clusterId().toCompletionStage().toCompletableFuture();
      try (Broker broker = Broker.open(directory, Clock.systemUTC(), LogMetrics.NONE)) {
        gate.serve(broker, new KafkaMeters(registry));
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
        KafkaGate gate = KafkaGate.bind(spec("127.0.0.1", 0, "localhost"));
        Admin admin = admin(gate)) {
      gate.serve(broker, new KafkaMeters(new SimpleMeterRegistry()));
      assertThat(admin.describeCluster().nodes().get())
          .extracting(Node::host)
          .containsExactly("localhost");
      assertThat(gate.listeners())
          .containsExactly(
              new KafkaEndpoint.Listener(
                  "main", "127.0.0.1:" + port(gate), "localhost:" + port(gate)));
    }
  }

  private static Admin admin(KafkaGate gate) {
    return Admin.create(Map.of("bootstrap.servers", gate.listeners().getFirst().address()));
  }

  private static int port(KafkaGate gate) {
    String address = gate.listeners().getFirst().address();
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }

  private static KafkaSpec spec(String host, int port, @Nullable String advertised) {
    return new KafkaSpec(
        List.of(new KafkaSpec.Listener("main", host, port, advertised, null)),
        new KafkaSpec.Limits(
            1 << 20, 16 << 20, 100, 8, Duration.ofMinutes(1), Duration.ofSeconds(10)),
        true,
        1);
  }
}
