package dev.sluice.broker.kafka;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.network.Send;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;

/** Puts responses on a connection, one at a time. */
final class ResponseSender {

  private final ServerContext server;
  private final Transport transport;
  private final Deadlines deadlines;
  private volatile long silentUntilNanos;
  private volatile boolean isOverQuota;

  ResponseSender(ServerContext server, Transport transport, Deadlines deadlines) {
    this.server = server;
    this.transport = transport;
    this.deadlines = deadlines;
  }

  /** Sends a response, which lets go of what it holds whether that works or not. */
  void send(Exchange exchange, AbstractResponse response) throws IOException {
    boolean isLent = response instanceof LentResponse;
    try {
      send(exchange.context().buildResponseSend(response), isLent);
    } finally {
      if (response instanceof LentResponse lent) {
        lent.close();
      }
    }
    ApiKeys api = exchange.context().header.apiKey();
    heedQuota(api, response.throttleTimeMs());
    server.metrics().answered(api, server.nanoTime().getAsLong() - exchange.startNanos());
    countErrors(api, response);
  }

  /** Some of Kafka's responses can't count what a client has named twice. */
  private void countErrors(ApiKeys api, AbstractResponse response) {
    Map<Errors, Integer> counts;
    try {
      counts = response.errorCounts();
    } catch (RuntimeException e) {
      server.note("The errors of an answer to " + api + " can't be counted: " + e.getMessage());
      return;
    }
    counts.forEach(
        (error, count) -> {
          if (error != Errors.NONE) {
            server.metrics().failed(api, error, count);
          }
        });
  }

  private void send(Send send, boolean isLent) throws IOException {
    deadlines.writing(isLent);
    while (!send.completed()) {
      deadlines.wrote(send.writeTo(transport));
    }
    deadlines.written();
    server.metrics().sent(send.size());
  }

  private void heedQuota(ApiKeys api, int throttleMillis) {
    if (throttleMillis > 0) {
      silentUntilNanos =
          server.nanoTime().getAsLong() + TimeUnit.MILLISECONDS.toNanos(throttleMillis);
      isOverQuota = true;
      server.metrics().throttled(api, throttleMillis);
    }
  }

  /** For how long the client is not to be read from; 0 if it is within its quota. */
  long silentNanos() {
    return isOverQuota ? Math.max(0, silentUntilNanos - server.nanoTime().getAsLong()) : 0;
  }
}
