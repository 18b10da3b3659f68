package dev.sluice.gateway.rest;

import static dev.sluice.gateway.rest.Api.problem;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import dev.sluice.gateway.log.Retention;
import dev.sluice.gateway.log.TopicDescription;
import dev.sluice.gateway.log.TopicSettings;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(InMemoryPorts.class)
class ConfigFilesApiTest {

  private static final String YAML =
      """
      # what the shop needs
      topics:
        orders: {partitions: 6}
      connectors:
        shop:
          source: mqtt
          topic: orders
          config: {url: "tcp://localhost:1883", subscribe: a, user: me, password: hunter2}
      """;

  @Inject TestPorts ports;

  @BeforeEach
  void reset() {
    ports.configuration().reset(YAML);
  }

  @Test
  void showsTheFilesWithSecretsCovered() {
    when()
        .get("/api/v1/config/files")
        .then()
        .statusCode(200)
        .header("ETag", equalTo('"' + version() + '"'))
        .body("files[0].name", equalTo("gateway.yaml"))
        .body("files[0].path", equalTo(ports.configuration().file().toString()))
        .body("files[0].text", equalTo(YAML.replace("hunter2", "\"****\"")))
        .body("files[0].secrets", equalTo(1))
        .body("files[0]", not(hasKey("readOnly")));
    ports.configuration().reset(YAML + "broken: [");
    when()
        .get("/api/v1/config/files")
        .then()
        .body("files[0]", not(hasKey("text")))
        .body("files[0].hidden", containsString("no YAML"));
  }

  @Test
  void tellsAllMistakesWithTheirPlaces() {
    check(shown().replace("subscribe: a", "subscribe: a, qos: 9").replace("partitions: 6", "p: 1"))
        .then()
        .statusCode(200)
        .body("problems.line", equalTo(List.of(3, 8)))
        .body("problems[0].path", equalTo("topics.orders.p"))
        .body("problems[1].column", equalTo(62))
        .body("$", not(hasKey("plan")));
  }

  @Test
  void tellsWhetherFilesThatNobodyChangesAreInForceAndWhatIsWrongWithThem() {
    checkAsTheyAre().then().body("problems", empty()).body("plan.empty", equalTo(true));
    ports.configuration().reset(YAML.replace("hunter2", "hunter2-and-longer, qos: 9"));
    String line = shown().lines().toList().get(7);
    checkAsTheyAre()
        .then()
        .body("problems.line", equalTo(List.of(8)))
        .body("problems[0].column", equalTo(line.indexOf("qos: ") + "qos: ".length() + 1))
        .body("$", not(hasKey("plan")));
  }

  private static Response checkAsTheyAre() {
    return given()
        .contentType("application/json")
        .body("{\"files\": []}")
        .post("/api/v1/config/check");
  }

  @Test
  void tellsWhatWouldChange() {
    check(
            shown()
                .replace("subscribe: a", "subscribe: b")
                .replace("topics:\n", "topics:\n  more: {}\n"))
        .then()
        .body("problems", empty())
        .body("plan.empty", equalTo(false))
        .body("plan.topics.find { it.name == 'more' }.action", equalTo("create"))
        .body("plan.topics.find { it.name == 'orders' }.action", equalTo("keep"))
        .body("plan.connectors[0].action", equalTo("change"))
        .body("plan.connectors[0].settings", equalTo(List.of("config.subscribe")));
    check(shown() + "  clicked: {sink: console, topics: orders}\n")
        .then()
        .body("plan.connectors[0].name", equalTo("clicked"))
        .body("plan.connectors[0].action", equalTo("change"))
        .body("plan.connectors[0].what", containsString("made over HTTP"))
        .body("plan.connectors[0].replaces", equalTo(true));
    check(shown().replace("6", "2")).then().body("plan.conflicts", hasItem(containsString("6")));
  }

  @Test
  void tellsWhatComesBackOfATopicThatWasChangedElsewhere() {
    TopicDescription orders =
        Objects.requireNonNull(ports.configuration().topicsNow().get("orders"));
    TopicSettings kept = new TopicSettings(new Retention(Duration.ofDays(30), null));
    ports.configuration().have(new TopicDescription("orders", kept, orders.partitions()));
    check(shown().replace("subscribe: a", "subscribe: b"))
        .then()
        .body("plan.topics[0].action", equalTo("change"))
        .body("plan.topics[0].differences[0].setting", equalTo("retention.time"))
        .body("plan.topics[0].differences[0].before", equalTo("30d"))
        .body("plan.topics[0].differences[0]", not(hasKey("after")));
  }

  @Test
  void writesAndAppliesAndPutsSecretsBack() throws IOException {
    String version = version();
    write(version, shown().replace("subscribe: a", "subscribe: b"))
        .then()
        .statusCode(200)
        .body("plan.connectors[0].action", equalTo("change"))
        .body("version", equalTo(version()));
    assertThat(ports.configuration().file())
        .hasContent(YAML.replace("subscribe: a", "subscribe: b"));
    assertThat(ports.configuration().applied().orElseThrow().connectors().values())
        .singleElement()
        .extracting(shop -> shop.options().values().get("password"))
        .isEqualTo("hunter2");
    problem(write(version, shown()), 412, "version-changed", "If-Match");
  }

  @Test
  void refusesWhatCantBeApplied() throws IOException {
    problem(write(version(), shown() + "topic: {}\n"), 422, "invalid-configuration", null);
    problem(write(version(), shown().replace("6", "2")), 409, "configuration-conflict", null);
    problem(write(null, shown()), 428, "version-required", "If-Match");
    Map<String, ?> other = Map.of("files", List.of(Map.of("name", "other.yaml", "text", "")));
    problem(
        given().contentType("application/json").body(other).post("/api/v1/config/check"),
        404,
        "unknown-file",
        "file");
    problem(
        given().contentType("application/json").body("{\"files\": 1}").post("/api/v1/config/check"),
        400,
        "invalid-request",
        "/files");
    assertThat(ports.configuration().file()).hasContent(YAML);
    assertThat(Files.list(ports.configuration().file().getParent())).hasSize(1);
  }

  private static String version() {
    return when().get("/api/v1/config/files").path("version");
  }

  private static String shown() {
    return when().get("/api/v1/config/files").path("files[0].text");
  }

  private static Response check(String text) {
    return given().contentType("application/json").body(body(text)).post("/api/v1/config/check");
  }

  private static Response write(@Nullable String version, String text) {
    var request = given().contentType("application/json").body(body(text));
    return (version == null ? request : request.header("If-Match", '"' + version + '"'))
        .put("/api/v1/config/files");
  }

  private static Map<String, ?> body(String text) {
    return Map.of("files", List.of(Map.of("name", "gateway.yaml", "text", text)));
  }
}
