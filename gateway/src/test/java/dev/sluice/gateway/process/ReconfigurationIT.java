package dev.sluice.gateway.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReconfigurationIT {

  private static final String BEFORE =
      """
      topics:
        a: {}
        b: {}
      connectors:
        first:
          source: simulator
          topic: a
          config: {interval: 10ms}
        second:
          source: simulator
          topic: b
          config: {interval: 10ms, count: 1}
      """;

  @TempDir private Path directory;

  @Test
  void onlyWhatChangedRestartsAndAMistakeChangesNothing() throws Exception {
    try (SluiceProcess gateway = SluiceProcess.start(directory, BEFORE)) {
      JsonNode firstSince = gateway.connector("first").path("since");
      JsonNode secondSince = gateway.connector("second").path("since");

      change(
          BEFORE.replace("count: 1", "count: 2").replace("b: {}", "b: {}\n  c: {partitions: 3}")
              + """
                third:
                  source: simulator
                  topic: c
                  config: {interval: 10ms}
              """);
      gateway.await("a new connector", () -> gateway.count("c") > 0);
      gateway.await("a changed one", () -> isRunningSince(gateway, "second", secondSince));
      assertThat(gateway.get("/api/v1/topics/c").path("partitions").asInt()).isEqualTo(3);
      assertThat(gateway.connector("first").path("since")).isEqualTo(firstSince);

      change(BEFORE.replace("interval: 10ms, count: 1", "interval: 10 bananas"));
      String place = directory.resolve("gateway.yaml") + ":12:24: ";
      gateway.await("a refusal", () -> gateway.output().contains(place));
      assertThat(gateway.output())
          .contains("has mistakes; the one before stays in force")
          .contains(place + "connectors.second.config.interval: '10 bananas' is not a duration");
      gateway.await("an event of it", () -> events(gateway).contains("config.rejected"));
      long a = gateway.count("a");
      long c = gateway.count("c");
      gateway.await("others going on", () -> gateway.count("a") > a && gateway.count("c") > c);
      assertThat(gateway.connector("first").path("since")).isEqualTo(firstSince);
      assertThat(gateway.connectors()).hasSize(3);
      assertThat(gateway.status("/q/health/ready")).isEqualTo(200);

      change(BEFORE);
      gateway.await("a connector less", () -> gateway.connectors().size() == 2);
      assertThat(gateway.connector("first").path("since")).isEqualTo(firstSince);
      assertThat(gateway.count("c")).as("records of a topic no longer declared").isPositive();
    }
  }

  private static List<String> events(SluiceProcess gateway) {
    return gateway.records("_events").stream()
        .map(event -> event.path("value").path("type").asText())
        .toList();
  }

  private void change(String yaml) throws Exception {
    Path unused = Files.writeString(directory.resolve("gateway.yaml"), yaml);
  }

  private static boolean isRunningSince(SluiceProcess gateway, String name, JsonNode before) {
    JsonNode now = gateway.connector(name);
    return now.path("state").asText().equals("RUNNING") && !now.path("since").equals(before);
  }
}
