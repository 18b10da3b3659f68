package dev.sluice.gateway.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigEditorIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String BEFORE =
      """
      topics: {a: {}}
      connectors:
        first:
          source: simulator
          topic: a
          config: {interval: 10ms}
      """;

  @TempDir private Path directory;

  @Test
  void whatIsWrittenTakesEffectOnceOnBehalfOfWhoWroteIt() throws Exception {
    try (SluiceProcess gateway = SluiceProcess.start(directory, BEFORE)) {
      JsonNode files = gateway.get("/api/v1/config/files");
      String changed =
          BEFORE.replace("a: {}", "a: {}, b: {partitions: 3}")
              + "  second: {source: simulator, topic: b, config: {interval: 10ms}}\n";
      HttpResponse<String> answer =
          gateway.put(
              "/api/v1/config/files",
              files.path("version").asText(),
              JSON.writeValueAsString(
                  Map.of("files", List.of(Map.of("name", "gateway.yaml", "text", changed)))));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(directory.resolve("gateway.yaml")).hasContent(changed);
      assertThat(gateway.get("/api/v1/topics/b").path("partitions").asInt()).isEqualTo(3);
      gateway.await("the new connector", () -> gateway.count("b") > 0);
      gateway.await(
          "its event",
          () -> !gateway.get("/api/v1/events?type=config.applied").path("events").isEmpty());
      JsonNode events = gateway.get("/api/v1/events?subject=second&type=connector.started");
      assertThat(events.path("events"))
          .singleElement()
          .satisfies(event -> assertThat(event.at("/actor/kind").asText()).isEqualTo("http"));
      assertThat(gateway.get("/api/v1/events?who=configuration&subject=first").path("events"))
          .hasSize(1);
    }
    Path file = directory.resolve("gateway.yaml");
    try (SluiceProcess gateway = SluiceProcess.start(file, directory.resolve("data"), Map.of())) {
      assertThat(gateway.get("/api/v1/events?type=config.applied").path("events")).hasSize(1);
    }
  }
}
