package dev.sluice.gateway.rest;

import static dev.sluice.gateway.rest.Api.problem;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.sluice.gateway.config.ConnectorSpec.Kind;
import dev.sluice.gateway.log.TopicSettings;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(InMemoryPorts.class)
class ConnectApiTest {

  @Inject TestPorts ports;

  @BeforeEach
  void declareConnectors() {
    ports.connectors().clear();
    ports.connectors().put(Views.running("shop", Kind.SOURCE));
    ports.connectors().put(Views.failed("warehouse", Kind.SINK));
    ports.log().create("orders", 2, TopicSettings.DEFAULT);
  }

  @AfterEach
  void forgetAll() {
    ports.connectors().clear();
    ports.log().delete("orders");
  }

  @Test
  void listsNamesOrWhatIsExpanded() {
    when().get("/connectors").then().statusCode(200).body("$", contains("shop", "warehouse"));
    when()
        .get("/connectors?expand=status&expand=info")
        .then()
        .body("warehouse.status.tasks[0].state", equalTo("FAILED"))
        .body("shop.info.type", equalTo("source"));
    when().get("/connectors?expand=info").then().body("shop", not(hasKey("status")));
    problem(when().get("/connectors?expand=all"), 400, "invalid-request", "expand");
  }

  @Test
  void showsAConnectorInConnectsShape() {
    when()
        .get("/connectors/warehouse")
        .then()
        .body("name", equalTo("warehouse"))
        .body("type", equalTo("sink"))
        .body("config.'connector.class'", equalTo("jdbc"))
        .body("config.'config.url'", equalTo("jdbc:h2:mem:x"))
        .body("config.topics", equalTo("orders"))
        .body("tasks[0].connector", equalTo("warehouse"))
        .body("tasks[0].task", equalTo(0));
    when().get("/connectors/warehouse/config").then().body("'tasks.max'", equalTo("1"));
    when()
        .get("/connectors/warehouse/status")
        .then()
        .body("name", equalTo("warehouse"))
        .body("type", equalTo("sink"))
        .body("connector.state", equalTo("FAILED"))
        .body("connector.worker_id", startsWith("127.0.0.1:"))
        .body("tasks[0].id", equalTo(0))
        .body("tasks[0].trace", startsWith("java.net.ConnectException"));
    when()
        .get("/connectors/shop/status")
        .then()
        .body("connector.state", equalTo("RUNNING"))
        .body("tasks[0]", not(hasKey("trace")));
    when().get("/connectors/warehouse/tasks").then().body("[0].id.task", equalTo(0));
    when().get("/connectors/shop/tasks/0/status").then().body("state", equalTo("RUNNING"));
    when().get("/connectors/shop/topics").then().body("shop.topics", contains("orders"));
  }

  @Test
  void steersWithConnectsStatusCodes() {
    when().put("/connectors/shop/pause").then().statusCode(202);
    when().put("/connectors/shop/resume").then().statusCode(202);
    when().put("/connectors/shop/stop").then().statusCode(204);
    when().post("/connectors/shop/restart").then().statusCode(204);
    when()
        .post("/connectors/warehouse/restart?includeTasks=true&onlyFailed=true")
        .then()
        .statusCode(202)
        .body("name", equalTo("warehouse"));
    when().post("/connectors/warehouse/tasks/0/restart").then().statusCode(204);
    assertThat(ports.connectors().calls())
        .containsExactly(
            "target shop PAUSED",
            "target shop STARTED",
            "target shop STOPPED",
            "restart shop",
            "restart warehouse only failed",
            "restart warehouse task 0");
  }

  @Test
  void unknownConnectorsAndTasksAreProblemsWithConnectsMembers() {
    Response response = when().get("/connectors/none/status");
    problem(response, 404, "unknown-connector", "connector");
    response.then().body("error_code", equalTo(404)).body("message", containsString("'none'"));
    problem(when().put("/connectors/none/pause"), 404, "unknown-connector", "connector");
    problem(when().post("/connectors/none/restart"), 404, "unknown-connector", "connector");
    problem(when().get("/connectors/none/offsets"), 404, "unknown-connector", "connector");
    problem(when().post("/connectors/shop/tasks/7/restart"), 404, "unknown-task", "task");
    problem(when().get("/connectors/shop/tasks/x/status"), 404, "not-found", null);
    problem(when().get("/connectors/shop/nothing"), 404, "not-found", null);
  }

  @Test
  void offsetsOfASinkAreEditedOnceItHasStopped() {
    String wanted =
        "{\"offsets\": [{\"partition\": {\"kafka_topic\": \"orders\", \"kafka_partition\": 1},"
            + " \"offset\": {\"kafka_offset\": 5}}]}";
    Response running = patch("warehouse", wanted);
    problem(running, 409, "connector-not-stopped", null);
    running.then().body("error_code", equalTo(409));
    when().put("/connectors/warehouse/stop").then().statusCode(204);
    patch("warehouse", wanted).then().statusCode(200).body("message", containsString("altered"));
    when()
        .get("/connectors/warehouse/offsets")
        .then()
        .body("offsets[0].partition.kafka_topic", equalTo("orders"))
        .body("offsets[0].partition.kafka_partition", equalTo(1))
        .body("offsets[0].offset.kafka_offset", equalTo(5));
    when().delete("/connectors/warehouse/offsets").then().statusCode(200);
    when().get("/connectors/warehouse/offsets").then().body("offsets", hasSize(0));
  }

  @Test
  void aSinkWhoseTargetKeepsThePositionsSaysSo() {
    ports.connectors().put(Views.exactlyOnce(Views.running("exact", Kind.SINK)));
    when().put("/connectors/exact/stop").then().statusCode(204);
    Response refused =
        patch(
            "exact",
            "{\"offsets\": [{\"partition\": {\"kafka_topic\": \"orders\","
                + " \"kafka_partition\": 0}, \"offset\": {\"kafka_offset\": 5}}]}");
    problem(refused, 409, "positions-in-target", null);
    refused.then().body("detail", containsString("exactly once"));
    problem(when().delete("/connectors/exact/offsets"), 409, "positions-in-target", null);
  }

  @Test
  void offsetsOfASourceAreItsOwnMaps() {
    when().put("/connectors/shop/stop").then().statusCode(204);
    patch(
            "shop",
            "{\"offsets\": [{\"partition\": {\"file\": \"a\"}, \"offset\": {\"pos\": 7}},"
                + " {\"partition\": {\"file\": \"b\"}, \"offset\": {\"pos\": 8}}]}")
        .then()
        .statusCode(200);
    patch("shop", "{\"offsets\": [{\"partition\": {\"file\": \"a\"}, \"offset\": null}]}")
        .then()
        .statusCode(200);
    when()
        .get("/connectors/shop/offsets")
        .then()
        .body("offsets", hasSize(1))
        .body("offsets[0].partition.file", equalTo("b"))
        .body("offsets[0].offset.pos", equalTo(8));
  }

  @Test
  void wrongOffsetsAreNamed() {
    when().put("/connectors/warehouse/stop").then().statusCode(204);
    problem(patch("warehouse", "{}"), 400, "invalid-request", "/offsets");
    problem(
        patch("warehouse", "{\"offsets\": [{\"partition\": {\"kafka_topic\": \"orders\"}}]}"),
        400,
        "invalid-request",
        "/offsets/0/partition/kafka_partition");
    problem(
        patch(
            "warehouse",
            "{\"offsets\": [{\"partition\": {\"kafka_topic\": \"orders\", \"kafka_partition\": 0},"
                + " \"offset\": {\"kafka_offset\": \"far\"}}]}"),
        400,
        "invalid-request",
        "/offsets/0/offset/kafka_offset");
    problem(
        patch(
            "warehouse",
            "{\"offsets\": [{\"partition\": {\"kafka_topic\": \"none\", \"kafka_partition\": 0},"
                + " \"offset\": {\"kafka_offset\": 1}}]}"),
        404,
        "unknown-topic",
        "topic");
  }

  @Test
  void listsConnectorTypes() {
    when().get("/connector-plugins").then().statusCode(200);
    problem(when().get("/connector-plugins/none/config"), 404, "unknown-plugin", "plugin");
  }

  @Test
  void noAnswerHoldsASecret() {
    for (String path :
        new String[] {
          "/connectors?expand=info&expand=status",
          "/connectors/warehouse/config",
          "/connectors/warehouse/tasks",
          "/api/v1/connectors",
          "/api/v1/connectors/warehouse",
          "/api/v1/config",
          "/api/v1/overview"
        }) {
      when().get(path).then().statusCode(200).body(not(containsString(Views.SECRET)));
    }
  }

  private static Response patch(String connector, String body) {
    return given()
        .contentType("application/json")
        .body(body)
        .patch("/connectors/" + connector + "/offsets");
  }
}
