package dev.sluice.gateway.rest;

import static dev.sluice.gateway.rest.Api.problem;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.sluice.gateway.history.History;
import dev.sluice.gateway.history.TestHistory;
import dev.sluice.gateway.log.OwnTopics;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.TopicSettings;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(InMemoryPorts.class)
class HistoryApiTest {

  @Inject TestPorts ports;
  @Inject History history;

  @AfterEach
  void forget() {
    for (String topic :
        List.of(
            "measured",
            OwnTopics.HISTORY,
            OwnTopics.HISTORY_MINUTES,
            OwnTopics.HISTORY_TEN_MINUTES)) {
      if (ports.log().partitionCount(topic) > 0) {
        ports.log().delete(topic);
      }
    }
    ports.log().groups().delete("measuring");
  }

  @Test
  void drawsLinesInColumns() throws Exception {
    ports.log().create("measured", 2, TopicSettings.DEFAULT);
    ports
        .log()
        .groups()
        .commit(
            "measuring",
            Map.of(new TopicPartition("measured", 0), 0L, new TopicPartition("measured", 1), 0L));
    long start = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    TestHistory.tick(history, start + 10_000, start + 20_000);
    given()
        .queryParam("kind", "lag")
        .queryParam("name", "measuring")
        .queryParam("by", "partition")
        .queryParam("from", "2026-01-01T00:00:00Z")
        .queryParam("to", "2026-01-01T00:00:30Z")
        .get("/api/v1/history")
        .then()
        .statusCode(200)
        .body("unit", equalTo("records"))
        .body("stepSeconds", equalTo(10))
        .body("times", hasSize(3))
        .body("lines.partition", contains(0, 1))
        .body("lines[0].values", contains(0.0f, 0.0f, null))
        .body("omitted", equalTo(0));
  }

  @Test
  void hasNothingToDrawWhereNothingWasSampled() {
    when()
        .get("/api/v1/history?kind=disk-free&from=2020-01-01T00:00:00Z&to=2020-01-01T01:00:00Z")
        .then()
        .statusCode(200)
        .body("times", hasSize(360))
        .body("lines", empty());
  }

  @Test
  void choosesAStepForTheTime() {
    String path = "/api/v1/history?kind=records&to=2026-01-15T00:00:00Z&from=";
    when().get(path + "2026-01-14T00:00:00Z").then().body("stepSeconds", equalTo(240));
    when().get(path + "2026-01-01T00:00:00Z").then().body("stepSeconds", equalTo(3600));
    when().get(path + "2026-01-14T00:00:00Z&step=10").then().body("times", hasSize(8640));
  }

  @Test
  void saysWhichParameterIsWrong() {
    String path = "/api/v1/history";
    problem(when().get(path), 400, "invalid-request", "kind");
    problem(when().get(path + "?kind=lag&by=colour"), 400, "invalid-request", "by");
    problem(when().get(path + "?kind=lag&from=now"), 400, "invalid-request", "from");
    problem(when().get(path + "?kind=lag&from=1&to=2"), 400, "invalid-request", "from");
    problem(when().get(path + "?kind=lag&step=1"), 400, "invalid-request", "step");
    problem(
        when().get(path + "?kind=lag&from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z&step=10"),
        400,
        "invalid-request",
        "step");
  }
}
