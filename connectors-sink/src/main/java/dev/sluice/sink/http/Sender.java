package dev.sluice.sink.http;

import dev.sluice.connector.ConnectorException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;

/** Sends one request and waits for its answer. Thread-safe. */
final class Sender implements AutoCloseable {

  /** How to wait; a test need not. */
  interface Pause {
    void pause(Duration duration) throws InterruptedException;
  }

  /** What is read of an answer, so that short ones leave the connection open for the next. */
  private static final int READ_BYTES = 16 * 1024;

  private final HttpSinkConfig config;
  private final Clock clock;
  private final Pause pause;
  private final HttpClient client;

  Sender(HttpSinkConfig config, Clock clock, Pause pause) {
    this.config = config;
    this.clock = clock;
    this.pause = pause;
    boolean encrypted = "https".equalsIgnoreCase(config.url().getScheme());
    this.client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(config.timeout())
            // Without TLS, HTTP/2 would begin with an upgrade that some servers choke on.
            .version(encrypted ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
            .build();
  }

  /**
   * Sends a body.
   *
   * @param id the same for the same records, so that a server can tell a repetition
   * @throws ConnectorException if the server did not accept it; when the server asked to be left
   *     alone for a while, that while, or the longest allowed, has passed
   */
  void send(byte[] body, String id) throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(config.url())
            .timeout(config.timeout())
            .method(config.method(), HttpRequest.BodyPublishers.ofByteArray(body));
    config.headers().forEach(request::setHeader);
    request.setHeader("Idempotency-Key", id);
    Answer answer = answer(request.build());
    if (answer.isSuccess()) {
      return;
    }
    Duration wait = answer.wait(clock.instant()).orElse(Duration.ZERO);
    if (wait.isPositive()) {
      pause.pause(wait.compareTo(config.maxRetryAfter()) > 0 ? config.maxRetryAfter() : wait);
    }
    throw answer.failure(config);
  }

  private Answer answer(HttpRequest request) throws InterruptedException {
    try {
      HttpResponse<InputStream> response =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream in = response.body()) {
        return new Answer(
            response.statusCode(),
            response.headers().firstValue("Retry-After"),
            response.headers().firstValue("Location"),
            new String(in.readNBytes(READ_BYTES), StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw Unreachable.of(config, e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
