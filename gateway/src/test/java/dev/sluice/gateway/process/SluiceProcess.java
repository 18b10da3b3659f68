package dev.sluice.gateway.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A gateway in a process of its own, made from the packaged jar. Its output goes to a file beside
 * the data directory. Closing kills it if it still runs.
 */
final class SluiceProcess implements AutoCloseable {

  private static final Pattern READY = Pattern.compile("Sluice ready in \\d+ ms: (http://\\S+?),");
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final Path output;
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI base;

  private SluiceProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
    this.base = awaitReady();
  }

  /** The packaged gateway. */
  static Path jar() {
    Path jar = Path.of("target", "sluice-gateway-runner.jar").toAbsolutePath();
    if (!Files.exists(jar)) {
      throw new IllegalStateException(jar + " is missing; these tests run after `package`");
    }
    return jar;
  }

  /** The command line that starts the gateway, without its arguments. */
  static List<String> command(String... jvmOptions) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of(jvmOptions));
    command.add("-jar");
    command.add(jar().toString());
    return command;
  }

  /** Starts a gateway on a free port and waits for its ready line. */
  static SluiceProcess start(Path config, Path data, Map<String, String> environment) {
    List<String> command = command();
    command.addAll(
        List.of("run", config.toString(), "--data", data.toString(), "--http-port", "0"));
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

  private URI awaitReady() {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      Matcher ready = READY.matcher(output());
      if (ready.find()) {
        return URI.create(ready.group(1));
      }
      try {
        if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
          throw new AssertionError(
              "The gateway ended with " + process.exitValue() + ":\n" + output());
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(interrupted);
      }
    }
    kill();
    throw new AssertionError("No ready line within " + START_LIMIT + ":\n" + output());
  }

  /** Everything that it has printed. */
  String output() {
    try {
      return Files.readString(output);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  URI base() {
    return base;
  }

  long pid() {
    return process.pid();
  }

  /** GETs a path and reads the answer as JSON, whatever its status. */
  JsonNode get(String path) {
    return JSON_OF.apply(exchange(HttpRequest.newBuilder(base.resolve(path)).GET().build()));
  }

  /** GETs a path and answers its status. */
  int status(String path) {
    return exchange(HttpRequest.newBuilder(base.resolve(path)).GET().build()).statusCode();
  }

  private static final java.util.function.Function<HttpResponse<String>, JsonNode> JSON_OF =
      answer -> {
        try {
          return JSON.readTree(answer.body());
        } catch (IOException notJson) {
          throw new UncheckedIOException(answer.body(), notJson);
        }
      };

  HttpResponse<String> exchange(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** All records of a topic, partition by partition in offset order. */
  List<JsonNode> records(String topic) {
    List<JsonNode> all = new ArrayList<>();
    String path = "/api/v1/topics/" + topic + "/records";
    String query = "?from=earliest&limit=10000";
    while (true) {
      JsonNode page = get(path + query);
      JsonNode records = page.path("records");
      if (records.isEmpty()) {
        return all;
      }
      records.forEach(all::add);
      query = "?limit=10000&offset=" + page.path("next").asText();
    }
  }

  /** SIGKILL: no shutdown hook runs, nothing is flushed. */
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** SIGTERM, as a service manager does. */
  int terminate() {
    process.destroy();
    awaitEnd();
    return process.exitValue();
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("The gateway did not end within 30 s:\n" + output());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
    }
  }
}
