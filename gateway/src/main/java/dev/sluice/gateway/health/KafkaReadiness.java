package dev.sluice.gateway.health;

import dev.sluice.gateway.kafka.KafkaEndpoint;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Down while Kafka's clients are not answered, with the address of each listener. */
@Readiness
final class KafkaReadiness implements HealthCheck {

  private final KafkaEndpoint kafka;

  KafkaReadiness(KafkaEndpoint kafka) {
    this.kafka = kafka;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named("kafka").status(kafka.isServing());
    kafka.listeners().forEach(listener -> response.withData(listener.name(), listener.address()));
    return response.build();
  }
}
