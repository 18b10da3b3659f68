package dev.sluice.gateway.rest.connect;

import io.quarkus.vertx.http.HttpServer;
import jakarta.inject.Singleton;

/** What Kafka Connect calls a worker: this process. Thread-safe. */
@Singleton
final class Worker {

  private final HttpServer server;

  Worker(HttpServer server) {
    this.server = server;
  }

  /** Host and port that the gateway listens on, as in {@code worker_id}. */
  String id() {
    return server.getLocalBaseUri().getAuthority();
  }
}
