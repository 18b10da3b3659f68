package dev.sluice.gateway.rest;

import static dev.sluice.gateway.rest.Api.problem;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(InMemoryPorts.class)
class TopicApiTest {

  @Test
  void createsShowsChangesAndDeletesATopic() {
    given()
        .contentType("application/json")
        .body("{\"name\": \"life\", \"partitions\": 3, \"retention\": {\"time\": \"7d\"}}")
        .when()
        .post("/api/v1/topics")
        .then()
        .statusCode(201)
        .header("Location", endsWith("/api/v1/topics/life"))
        .body("partitions", equalTo(3))
        .body("retention.time", equalTo("7d"))
        .body("partitionDetails[2].partition", equalTo(2));
    when().get("/api/v1/topics").then().statusCode(200).body("name", hasItem("life"));
    given()
        .contentType("application/json")
        .body("{\"partitions\": 4, \"retention\": {\"time\": null, \"size\": \"10GiB\"}}")
        .when()
        .patch("/api/v1/topics/life")
        .then()
        .statusCode(200)
        .body("partitions", equalTo(4))
        .body("retention.time", nullValue())
        .body("retention.size", equalTo("10GiB"));
    when().delete("/api/v1/topics/life").then().statusCode(204);
    problem(when().get("/api/v1/topics/life"), 404, "unknown-topic", "topic");
  }

  @Test
  void aTopicThatIsThereAlreadyIsAConflict() {
    String body = "{\"name\": \"twice\"}";
    given()
        .contentType("application/json")
        .body(body)
        .post("/api/v1/topics")
        .then()
        .statusCode(201);
    problem(
        given().contentType("application/json").body(body).post("/api/v1/topics"),
        409,
        "topic-exists",
        null);
  }

  @Test
  void mistakesAreNamed() {
    given().contentType("application/json").body("{\"name\": \"wrong\"}").post("/api/v1/topics");
    problem(send("{\"nmae\": \"x\"}"), 400, "invalid-json", "/nmae");
    problem(send("{\"name\": \"x\","), 400, "invalid-json", "/");
    problem(send("{\"partitions\": 1}"), 400, "invalid-request", "/name");
    problem(
        send("{\"name\": \"x\", \"retention\": {\"time\": \"7 days\"}}"),
        400,
        "invalid-request",
        "/retention/time");
    problem(send("{\"name\": \"_events\"}"), 403, "internal-topic", "topic");
    problem(
        given().contentType("application/json").body("{\"a\": 1}").patch("/api/v1/topics/wrong"),
        400,
        "invalid-request",
        "/a");
  }

  @Test
  void whatTheFrameworkRefusesIsAProblemToo() {
    problem(when().get("/api/v1/nothing/here"), 404, "not-found", null);
    problem(when().get("/nothing"), 404, "not-found", null);
    problem(when().put("/api/v1/topics"), 405, "method-not-allowed", null);
    problem(
        given().contentType("text/plain").body("x").post("/api/v1/topics"),
        415,
        "unsupported-media-type",
        "Content-Type");
  }

  @Test
  void pagesOfOtherSitesCannotChangeAnything() {
    given()
        .header("Origin", "http://evil.example")
        .put("/connectors/x/stop")
        .then()
        .statusCode(403);
    given()
        .header("Origin", "http://127.0.0.1:" + RestAssured.port)
        .put("/connectors/x/stop")
        .then()
        .statusCode(404);
  }

  @Test
  void everyAnswerCarriesTheSecurityHeadersAndThePageIsNeverStale() {
    when()
        .get("/")
        .then()
        .header("Content-Security-Policy", startsWith("default-src 'none'; script-src 'self'"))
        .header("X-Content-Type-Options", equalTo("nosniff"))
        .header("Cache-Control", equalTo("no-cache"));
  }

  private static Response send(String body) {
    return given().contentType("application/json").body(body).post("/api/v1/topics");
  }
}
