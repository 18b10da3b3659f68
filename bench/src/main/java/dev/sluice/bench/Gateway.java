package dev.sluice.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A gateway in a process of its own. Used by one thread. */
final class Gateway implements AutoCloseable {

  private static final Duration END_LIMIT = Duration.ofSeconds(30);
  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(30);

  /** Seldom enough that looking takes no share of the processors worth counting. */
  private static final long LOOK_EVERY_MILLIS = 50;

  private static final Pattern READY = Pattern.compile("Sluice ready in \\d+ ms: ([^, ]+),.*");
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

  private final Process process;
  private final HttpClient http = HttpClient.newHttpClient();
  private final JsonMapper json = new JsonMapper();
  private final URI address;
  private final long startedNanos;
  private final long readyNanos;

  private Gateway(Process process, URI address, long startedNanos, long readyNanos) {
    this.process = process;
    this.address = address;
    this.startedNanos = startedNanos;
    this.readyNanos = readyNanos;
  }

  /**
   * Starts one and waits for its ready line.
   *
   * @throws IOException if it ends without one; its standard error goes to ours
   */
  static Gateway start(GatewayOptions options) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(options.command());
    builder.directory(GatewayOptions.home().toFile());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    long startedNanos = System.nanoTime();
    Process process = builder.start();
    // Whoever ends the measurement early leaves no gateway behind.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    BufferedReader output = process.inputReader();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher ready = READY.matcher(line);
      if (ready.matches()) {
        long readyNanos = System.nanoTime();
        return new Gateway(process, URI.create(ready.group(1)), startedNanos, readyNanos);
      }
    }
    throw new IOException("The gateway ended without a ready line.");
  }

  /** When the process was started, as {@link System#nanoTime}. */
  long startedNanos() {
    return startedNanos;
  }

  /** From the start of the process to the ready line as a reader of the pipe sees it. */
  Duration timeToReady() {
    return Duration.ofNanos(readyNanos - startedNanos);
  }

  /** The end offset of a topic with one partition; 0 if there is no such topic yet. */
  long endOffset(String topic) throws IOException, InterruptedException {
    JsonNode found = get("/api/v1/topics/" + topic);
    long end = 0;
    if (found != null) {
      for (JsonNode partition : found.path("partitionDetails")) {
        end += partition.path("endOffset").asLong();
      }
    }
    return end;
  }

  /**
   * Waits until a topic holds so many records.
   *
   * @return how many it held when that was first seen, and when that was
   */
  Seen awaitEnd(String topic, long offset) throws IOException, InterruptedException {
    while (true) {
      long end = endOffset(topic);
      long nanos = System.nanoTime();
      Instant at = Instant.now();
      if (end >= offset) {
        return new Seen(end, nanos, at);
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
      if (!process.isAlive()) {
        throw new IOException("The gateway has ended.");
      }
    }
  }

  /**
   * What was seen when.
   *
   * @param count records in the topic
   * @param nanos {@link System#nanoTime} then
   * @param at the time of day then
   */
  record Seen(long count, long nanos, Instant at) {

    Duration since(long earlierNanos) {
      return Duration.ofNanos(nanos - earlierNanos);
    }
  }

  /** The timestamp of a record of partition 0. */
  Instant timestampOf(String topic, long offset) throws IOException, InterruptedException {
    JsonNode page =
        get("/api/v1/topics/" + topic + "/records?partition=0&limit=1&offset=" + offset);
    if (page == null) {
      throw new IOException("There is no topic " + topic + ".");
    }
    return Instant.ofEpochMilli(page.path("records").path(0).path("timestamp").asLong());
  }

  private @Nullable JsonNode get(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = send(HttpRequest.newBuilder(address.resolve(path)).GET());
    if (answer.statusCode() == 404) {
      return null;
    }
    check(answer);
    return json.readTree(answer.body());
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.timeout(REQUEST_LIMIT).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static void check(HttpResponse<String> answer) throws IOException {
    if (answer.statusCode() >= 300) {
      throw new IOException(answer.uri() + ": " + answer.statusCode() + " " + answer.body());
    }
  }

  /** Resident memory now, in KiB (VmRSS; Linux only). */
  long residentKib() throws IOException {
    try (Stream<String> lines =
        Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
      return lines
          .map(RESIDENT::matcher)
          .filter(Matcher::matches)
          .mapToLong(line -> Long.parseLong(line.group(1)))
          .findFirst()
          .orElseThrow();
    }
  }

  /** Waits for a gateway that stops by itself. */
  void awaitEnd() throws IOException, InterruptedException {
    if (!process.waitFor(END_LIMIT.toSeconds() * 2, TimeUnit.SECONDS)) {
      throw new IOException("The gateway did not stop.");
    }
  }

  @Override
  public void close() throws InterruptedException {
    http.close();
    process.destroy();
    if (!process.waitFor(END_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }
}
