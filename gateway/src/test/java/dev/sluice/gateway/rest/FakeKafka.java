package dev.sluice.gateway.rest;

import dev.sluice.gateway.kafka.KafkaEndpoint;
import java.util.List;
import java.util.Optional;

/** Listeners that nobody listens on. */
public final class FakeKafka implements KafkaEndpoint {

  private volatile boolean isServing = true;

  /** From now on clients are answered, or not. */
  public void serve(boolean serving) {
    isServing = serving;
  }

  @Override
  public List<Listener> listeners() {
    return List.of(new Listener("main", "127.0.0.1:9092", "kafka.example.com:9093"));
  }

  @Override
  public boolean isServing() {
    return isServing;
  }

  @Override
  public Optional<String> clusterId() {
    return isServing ? Optional.of("a-cluster") : Optional.empty();
  }
}
