package dev.sluice.gateway.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connector that is made over HTTP runs on after a kill; its secret is where it belongs only. */
class MadeOverHttpIT {

  private static final String SECRET = "hunter2-never-to-be-seen";
  private static final String FILE =
      """
      topics:
        readings: {}
      """;

  @TempDir private Path directory;

  @Test
  void whatWasMadeRunsOnAfterAKillAndItsSecretIsInItsFileOnly() throws Exception {
    try (SluiceProcess gateway = SluiceProcess.start(directory, FILE)) {
      assertThat(
              gateway.put(
                  "/api/v1/connectors/plant",
                  "{\"source\": \"simulator\", \"topic\": \"readings\","
                      + " \"config\": {\"interval\": \"10ms\"}}"))
          .isEqualTo(201);
      assertThat(
              gateway.put(
                  "/api/v1/connectors/out",
                  """
                  {"sink": "http", "topics": ["readings"],
                   "config": {"url": "http://127.0.0.1:1/", "token": "%s"}}
                  """
                      .formatted(SECRET)))
          .isEqualTo(201);
      gateway.await("records", () -> gateway.count("readings") > 10);
      gateway.await("an error of the sink", () -> gateway.connector("out").has("error"));
      assertNotSeen(gateway);
      assertThat(gateway.put("/connectors/out/pause", "")).isEqualTo(202);
      gateway.kill();
    }
    long before;
    try (SluiceProcess gateway = SluiceProcess.start(directory, FILE)) {
      before = gateway.count("readings");
      gateway.await("more records", () -> gateway.count("readings") > before + 10);
      assertThat(gateway.connector("plant").path("origin").asText()).isEqualTo("api");
      assertThat(gateway.connector("out").at("/spec/config/token").asText())
          .isEqualTo("${secret:out/token}");
      assertNotSeen(gateway);
      assertThat(gateway.delete("/api/v1/connectors/out")).isEqualTo(200);
      assertThat(gateway.delete("/api/v1/connectors/plant")).isEqualTo(200);
      gateway.await("none left", () -> gateway.connectors().isEmpty());
    }
    assertThat(filesWithSecret()).isEmpty();
    try (SluiceProcess gateway = SluiceProcess.start(directory, FILE)) {
      assertThat(gateway.connectors()).isEmpty();
    }
  }

  private void assertNotSeen(SluiceProcess gateway) throws IOException {
    Path secrets = directory.resolve("data/secrets/out.secrets");
    assertThat(filesWithSecret()).containsExactly(secrets);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets)))
        .isEqualTo("rw-------");
    assertThat(gateway.output()).doesNotContain(SECRET);
    for (String path :
        List.of(
            "/api/v1/connectors",
            "/api/v1/connectors/out",
            "/api/v1/connectors/out/errors",
            "/api/v1/topics/_connector_configs/records?limit=100",
            "/api/v1/topics/_events/records?limit=1000",
            "/api/v1/overview",
            "/connectors/out/config",
            "/connectors/out/status",
            "/q/metrics")) {
      assertThat(gateway.text(path)).as(path).doesNotContain(SECRET);
    }
  }

  /** Everything below the directory that holds the secret, output included. */
  private List<Path> filesWithSecret() throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        // One byte a character, so that whatever is in the file is searched.
        if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(SECRET)) {
          found.add(file);
        }
      }
    }
    return found;
  }
}
