package dev.sluice.gateway.rest;

import static dev.sluice.gateway.rest.Api.problem;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.TopicSettings;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(InMemoryPorts.class)
class TopicApiTest {

  private static final String INVALID = "invalid-request";

  @Inject TestPorts ports;

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
  void everySettingIsWrittenAsInTheConfigurationFile() {
    String settings =
        """
        "retention": {"consumed": ["audit", "billing"], "time": "30d"},
        "compact": {"dirty-ratio": 0.3, "min-lag": "1h", "max-lag": "7d", "tombstones": "1d"},
        "flush": {"interval": "1s"}, "timestamps": "append",
        "limits": {"batch": "4MiB"}, "segments": {"size": "256MiB", "age": "1d"}}""";
    given()
        .contentType("application/json")
        .body("{\"name\": \"all\"," + settings)
        .post("/api/v1/topics")
        .then()
        .statusCode(201);
    when()
        .get("/api/v1/topics/all")
        .then()
        .body("retention.consumed", contains("audit", "billing"))
        .body("retention.time", equalTo("30d"))
        .body("retention", not(hasKey("size")))
        .body("compact.dirty-ratio", equalTo(0.3f))
        .body("compact.min-lag", equalTo("1h"))
        .body("compact.max-lag", equalTo("7d"))
        .body("compact.tombstones", equalTo("1d"))
        .body("flush.interval", equalTo("1s"))
        .body("timestamps", equalTo("append"))
        .body("limits.batch", equalTo("4MiB"))
        .body("segments.size", equalTo("256MiB"))
        .body("segments.age", equalTo("1d"));
    given()
        .contentType("application/merge-patch+json")
        .body(
            "{\"retention\": {\"consumed\": true}, \"compact\": {\"min-lag\": null},"
                + " \"flush\": \"os\", \"limits\": null, \"segments\": {\"age\": \"2h\"}}")
        .patch("/api/v1/topics/all")
        .then()
        .statusCode(200)
        .body("retention.consumed", equalTo(true))
        .body("retention.time", equalTo("30d"))
        .body("compact", not(hasKey("min-lag")))
        .body("compact.max-lag", equalTo("7d"))
        .body("flush", equalTo("os"))
        .body("timestamps", equalTo("append"))
        .body("$", not(hasKey("limits")))
        .body("segments.size", equalTo("256MiB"))
        .body("segments.age", equalTo("2h"));
    given()
        .contentType("application/json")
        .body("{\"compact\": true, \"retention\": null}")
        .patch("/api/v1/topics/all")
        .then()
        .statusCode(200)
        .body("compact", equalTo(true))
        .body("retention", anEmptyMap());
  }

  @Test
  void aDeletedTopicIsForgottenByItsGroups() {
    TopicPartition first = new TopicPartition("returning", 0);
    TopicPartition other = new TopicPartition("staying", 0);
    ports.log().create("returning", 1, TopicSettings.DEFAULT);
    ports.log().groups().commit("those-left", Map.of(first, 500L, other, 7L));
    when().delete("/api/v1/topics/returning").then().statusCode(204);
    assertThat(ports.log().groups().committed("those-left")).isEqualTo(Map.of(other, 7L));
  }

  @Test
  void tellsWhatEachSettingMeans() {
    when()
        .get("/api/v1/topic-settings")
        .then()
        .statusCode(200)
        .body("name", hasItem("retention"))
        .body("find { it.name == 'flush' }.default", equalTo("ack"))
        .body("find { it.name == 'flush' }.kind", equalTo("choice"))
        .body("find { it.name == 'compact' }.settings.name", hasItem("tombstones"))
        .body(
            "find { it.name == 'retention' }.settings.find { it.name == 'time' }",
            not(hasKey("default")));
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
    problem(send("{\"nmae\": \"x\"}"), 400, "invalid-request", "/nmae");
    problem(send("{\"name\": \"x\","), 400, "invalid-json", "/");
    problem(send("{\"partitions\": 1}"), 400, "invalid-request", "/name");
    problem(
        send("{\"name\": \"x\", \"retention\": {\"time\": \"7 days\"}}"),
        400,
        "invalid-request",
        "/retention/time");
    problem(send(named("\"retention\": {\"tiem\": \"7d\"}")), 400, INVALID, "/retention/tiem");
    problem(send(named("\"retention\": {\"time\": \"0d\"}")), 400, INVALID, "/retention/time");
    problem(send(named("\"retention\": {\"time\": 7}")), 400, INVALID, "/retention/time");
    problem(
        send(named("\"retention\": {\"consumed\": \"x\"}")), 400, INVALID, "/retention/consumed");
    problem(send(named("\"compact\": {\"dirty-ratio\": 2}")), 400, INVALID, "/compact/dirty-ratio");
    problem(
        send(named("\"compact\": {\"min-lag\": \"2d\", \"max-lag\": \"1d\"}")),
        400,
        INVALID,
        "/compact/max-lag");
    problem(send(named("\"flush\": \"never\"")), 400, INVALID, "/flush");
    problem(send(named("\"flush\": {}")), 400, INVALID, "/flush");
    problem(send(named("\"timestamps\": \"now\"")), 400, INVALID, "/timestamps");
    problem(send(named("\"limits\": {\"batch\": \"1KiB\"}")), 400, INVALID, "/limits/batch");
    problem(send(named("\"segments\": {\"size\": \"9GiB\"}")), 400, INVALID, "/segments/size");
    problem(send(named("\"partitions\": \"two\"")), 400, INVALID, "/partitions");
    problem(send("[]"), 400, INVALID, "/");
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
        .header("Cache-Control", equalTo("no-store"));
  }

  @Test
  void everyPageHasANonceOfItsOwn() {
    String first = when().get("/").header("Content-Security-Policy");
    String second = when().get("/ui/topics/x").header("Content-Security-Policy");
    assertThat(first).contains("style-src 'self' 'nonce-").isNotEqualTo(second);
  }

  private static String named(String member) {
    return "{\"name\": \"x\", " + member + "}";
  }

  private static Response send(String body) {
    return given().contentType("application/json").body(body).post("/api/v1/topics");
  }
}
