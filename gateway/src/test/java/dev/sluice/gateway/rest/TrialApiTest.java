package dev.sluice.gateway.rest;

import static dev.sluice.gateway.rest.Api.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import dev.sluice.gateway.log.TopicDescription;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On the installed connector types. */
@QuarkusTest
@TestProfile(InMemoryPorts.class)
@Timeout(60)
class TrialApiTest {

  private static final String SIMULATOR =
      """
      {"name": "plant", "limit": 3,
       "spec": {"source": "simulator", "topic": "t-{sensor}",
                "config": {"sensors": ["a", "b"], "interval": "0ms"}}}
      """;

  @Inject TestPorts ports;

  private static Response post(String what, String body) {
    return given().contentType(ContentType.JSON).body(body).post("/api/v1/connectors/" + what);
  }

  @Test
  void previewsTheFirstRecordsWithoutWriting() {
    List<String> before = ports.log().list().stream().map(TopicDescription::name).toList();
    post("preview", SIMULATOR)
        .then()
        .statusCode(200)
        .body("end", equalTo("enough"))
        .body("records", hasSize(3))
        .body("records.topic", equalTo(List.of("t-a", "t-b", "t-a")))
        .body("records[0].key", equalTo("a"))
        .body("records[0].value.sensor", equalTo("a"))
        .body("records[0].rejected", equalTo(false))
        .body("$", not(hasKey("error")));
    assertThat(ports.log().list().stream().map(TopicDescription::name)).isEqualTo(before);
  }

  @Test
  void saysWhatCantBePreviewed() {
    problem(
        post(
            "preview",
            "{\"name\": \"out\", \"spec\": {\"sink\": \"console\", \"topics\": [\"orders\"]}}"),
        400,
        "preview-unsupported",
        null);
    problem(
        post("preview", SIMULATOR.replace("\"limit\": 3", "\"limit\": 101")),
        400,
        "invalid-request",
        "/limit");
  }

  @Test
  void testsConnectionsAndTellsWhyOneFails() {
    post("test", SIMULATOR)
        .then()
        .statusCode(200)
        .body("facts", hasItem("There is nothing to connect to"))
        .body("$", not(hasKey("error")));
    post(
            "test",
            """
            {"name": "web", "spec": {"sink": "http", "topics": ["orders"],
             "config": {"url": "http://127.0.0.1:1/x", "token": "%s"}}}
            """
                .formatted(Views.SECRET))
        .then()
        .statusCode(200)
        .body("error.code", equalTo("http-unreachable"))
        .body("error.category", equalTo("external"))
        .body("facts", hasSize(0));
  }

  @Test
  void tellsWhereADeclarationIsWrong() {
    problem(post("test", "{}"), 400, "invalid-request", "/name");
    problem(post("test", "{\"name\": \"a\"}"), 400, "invalid-request", "/spec");
    problem(
        post("test", "{\"name\": \"a\", \"spec\": {\"source\": \"nothing\", \"topic\": \"t\"}}"),
        400,
        "invalid-connector",
        "/spec/source");
  }
}
