package dev.sluice.gateway.kafka;

import dev.sluice.broker.Broker;
import dev.sluice.gateway.config.KafkaSpec;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Listeners for tests. */
public final class TestGate {

  private TestGate() {}

  /** Bound to a free port, before a broker that answers nobody yet. */
  public static KafkaGate before(Broker broker) {
    KafkaGate gate = KafkaGate.bind(spec("127.0.0.1", 0, null));
    gate.assemble(broker);
    return gate;
  }

  static KafkaSpec spec(String host, int port, @Nullable String advertised) {
    return new KafkaSpec(
        List.of(new KafkaSpec.Listener("main", host, port, advertised, null)),
        new KafkaSpec.Limits(
            1 << 20, 16 << 20, 100, 8, Duration.ofMinutes(1), Duration.ofSeconds(10)),
        true,
        1);
  }
}
