package dev.sluice.gateway.rest.connect;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What Kafka Connect calls a worker: this process. Immutable. */
@Singleton
final class Worker {

  private final String id;

  Worker(
      @ConfigProperty(name = "quarkus.http.host") String host,
      @ConfigProperty(name = "quarkus.http.port") int port) {
    id = host + ":" + port;
  }

  /** Host and port, as in {@code worker_id}. */
  String id() {
    return id;
  }
}
