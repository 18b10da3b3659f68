package dev.sluice.gateway.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A gateway in a process of its own, made from the packaged jar. Its output goes to a file beside
 * the data directory. Closing kills it if it still runs.
 */
public final class SluiceProcess implements AutoCloseable {

  private static final Pattern READY =
      Pattern.compile("Sluice ready in \\d+ ms: (http://\\S+?), kafka://(\\S+?),");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final Path output;
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI base;
  private final String bootstrapServers;

  private SluiceProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
    Matcher ready = awaitReady();
    this.base = URI.create(ready.group(1));
    this.bootstrapServers = ready.group(2);
  }

  /** The packaged gateway. */
  public static Path jar() {
    Path jar = Path.of("target", "sluice-gateway-runner.jar").toAbsolutePath();
    if (!Files.exists(jar)) {
      throw new IllegalStateException(jar + " is missing; these tests run after `package`");
    }
    return jar;
  }

  /** The command line that starts the gateway, without its arguments. */
  public static List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Many short lives: what is compiled well would hardly be used.
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
    command.add(StartArchive.option(jar(), List.copyOf(command)));
    // The archive of the JDK itself was made without these options, which it takes for an error.
    command.add("-Xlog:cds*=off");
    command.addAll(List.of("-jar", jar().toString()));
    return command;
  }

  /** Starts a gateway in a directory, which then holds its configuration and its data. */
  public static SluiceProcess start(Path directory, String yaml) {
    try {
      Path config = Files.writeString(directory.resolve("gateway.yaml"), yaml);
      return start(config, directory.resolve("data"), Map.of());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Starts a gateway on a free port and waits for its ready line. */
  public static SluiceProcess start(Path config, Path data, Map<String, String> environment) {
    List<String> command = command();
    command.addAll(
        List.of("run", config.toString(), "--data", data.toString(), "--http-port", "0"));
    command.addAll(List.of("--kafka-port", "0"));
    try {
      Path output = Files.createTempFile(data.toAbsolutePath().getParent(), "sluice", ".out");
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().putAll(environment);
      builder.redirectErrorStream(true).redirectOutput(output.toFile());
      return new SluiceProcess(builder.start(), output);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private Matcher awaitReady() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      Matcher ready = READY.matcher(output());
      if (ready.find()) {
        return ready;
      }
      try {
        if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
          throw new AssertionError(
              "The gateway ended with " + process.exitValue() + ":\n" + output());
        }
      } catch (InterruptedException interrupted) {
        throw interrupted(interrupted);
      }
    }
    kill();
    throw new AssertionError("No ready line within " + PATIENCE + ":\n" + output());
  }

  /** Host and port for Kafka's clients. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** An address of its HTTP server. */
  public URI uri(String path) {
    return base.resolve(path);
  }

  /** Everything that it has printed. */
  public String output() {
    try {
      return Files.readString(output);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Waits until another process or thread has made it so; its output is in what is thrown. */
  public void await(String what, BooleanSupplier condition) {
    await(what, PATIENCE, condition);
  }

  /** As {@link #await(String, BooleanSupplier)}, within a given time. */
  public void await(String what, Duration patience, BooleanSupplier condition) {
    try {
      org.awaitility.Awaitility.await(what)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(5))
          .atMost(patience)
          .until(condition::getAsBoolean);
    } catch (org.awaitility.core.ConditionTimeoutException timeout) {
      throw new AssertionError(
          "Not within " + patience + ": " + what + "\n" + connectors() + "\n" + output(), timeout);
    }
  }

  /** GETs a path and reads the answer as JSON, whatever its status. */
  public JsonNode get(String path) {
    String body = text(path);
    try {
      return JSON.readTree(body);
    } catch (IOException notJson) {
      throw new UncheckedIOException(body, notJson);
    }
  }

  /** GETs a path and answers what came, whatever its status. */
  public String text(String path) {
    return exchange(HttpRequest.newBuilder(base.resolve(path)).GET().build()).body();
  }

  /** GETs a path and answers its status. */
  public int status(String path) {
    return exchange(HttpRequest.newBuilder(base.resolve(path)).GET().build()).statusCode();
  }

  /** Sends JSON to a path and answers what came as JSON; fails if it was refused. */
  public JsonNode send(String method, String path, String json) {
    HttpResponse<String> answer =
        exchange(
            HttpRequest.newBuilder(base.resolve(path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(json))
                .build());
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException(answer.statusCode() + ": " + answer.body());
    }
    try {
      return JSON.readTree(answer.body());
    } catch (IOException notJson) {
      throw new UncheckedIOException(answer.body(), notJson);
    }
  }

  /** PUTs JSON and answers the status. */
  int put(String path, String json) {
    return exchange(
            HttpRequest.newBuilder(base.resolve(path))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(json))
                .build())
        .statusCode();
  }

  /** DELETEs a path and answers the status. */
  int delete(String path) {
    return exchange(HttpRequest.newBuilder(base.resolve(path)).DELETE().build()).statusCode();
  }

  /** Sends JSON for a version of what is there. */
  HttpResponse<String> put(String path, String version, String json) {
    return exchange(
        HttpRequest.newBuilder(base.resolve(path))
            .header("Content-Type", "application/json")
            .header("If-Match", version)
            .PUT(HttpRequest.BodyPublishers.ofString(json))
            .build());
  }

  private HttpResponse<String> exchange(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      throw interrupted(interrupted);
    }
  }

  /** All that the gateway tells of its connectors. */
  public JsonNode connectors() {
    return get("/api/v1/connectors");
  }

  /** All that it tells of one. */
  public JsonNode connector(String name) {
    return get("/api/v1/connectors/" + name);
  }

  /** How many records a topic holds; 0 if there is no such topic. */
  public long count(String topic) {
    return get("/api/v1/topics/" + topic).path("records").asLong();
  }

  /** All records of a topic; those of a partition in offset order. */
  public List<JsonNode> records(String topic) {
    List<JsonNode> all = new ArrayList<>();
    String from = "earliest";
    while (true) {
      JsonNode page =
          get(
              "/api/v1/topics/"
                  + topic
                  + "/records?limit=10000&from="
                  + URLEncoder.encode(from, StandardCharsets.UTF_8));
      JsonNode records = page.path("records");
      if (records.isEmpty()) {
        return all;
      }
      records.forEach(all::add);
      from = page.path("next").asText();
    }
  }

  /** SIGKILL: no shutdown hook runs, nothing is flushed. */
  public void kill() {
    var unused = process.destroyForcibly();
    awaitEnd();
  }

  /** SIGTERM, as a service manager does; answers the exit status. */
  public int terminate() {
    process.destroy();
    awaitEnd();
    return process.exitValue();
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        var unused = process.destroyForcibly();
        throw new AssertionError("The gateway did not end within 30 s:\n" + output());
      }
    } catch (InterruptedException interrupted) {
      throw interrupted(interrupted);
    }
  }

  private static IllegalStateException interrupted(InterruptedException interrupted) {
    Thread.currentThread().interrupt();
    return new IllegalStateException(interrupted);
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
    }
    http.close();
  }
}
