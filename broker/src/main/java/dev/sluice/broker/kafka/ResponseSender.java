package dev.sluice.broker.kafka;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.network.Send;
import org.apache.kafka.common.protocol.ApiKeys;
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
    if (response instanceof LentResponse lent) {
      try {
        send(exchange, response, lent.lentBytes(), true);
      } finally {
        lent.close();
      }
    } else {
      send(exchange, response, 0, false);
    }
  }

  private void send(Exchange exchange, AbstractResponse response, long lentBytes, boolean isLent)
      throws IOException {
    ApiKeys api = exchange.context().header.apiKey();
    countErrors(api, response);
    int throttleMillis = response.throttleTimeMs();
    Send send = exchange.context().buildResponseSend(response);
    long heldBytes = send.size() - lentBytes;
    exchange.room().settle(api, heldBytes);
    deadlines.writing(isLent, heldBytes > ResponseMemory.SMALL_BYTES);
    send(send);
    heedQuota(api, throttleMillis);
    server.metrics().answered(api, server.nanoTime().getAsLong() - exchange.startNanos());
  }

  /** Some of Kafka's responses can't count what a client has named twice. */
  private void countErrors(ApiKeys api, AbstractResponse response) {
    try {
      AnswerErrors.of(response)
          .forEach((error, count) -> server.metrics().failed(api, error, count));
    } catch (RuntimeException e) {
      server.note("The errors of an answer to " + api + " can't be counted: " + e.getMessage());
    }
  }

  private void send(Send send) throws IOException {
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
