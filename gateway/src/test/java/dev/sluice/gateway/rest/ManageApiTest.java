package dev.sluice.gateway.rest;

import static dev.sluice.gateway.rest.Api.problem;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.sluice.gateway.config.ConnectorSpec.Kind;
import dev.sluice.gateway.log.OwnTopics;
import dev.sluice.gateway.log.StoredRecord;
import dev.sluice.gateway.log.TopicSettings;
import dev.sluice.gateway.manage.ConnectorManager;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connectors that are made over HTTP, by our own API and by Kafka Connect's. */
@QuarkusTest
@TestProfile(InMemoryPorts.class)
class ManageApiTest {

  private static final String SECRET = "hunter2-sesame";
  private static final String SHOP =
      """
      {"source": "postgres-cdc", "topic": "shop.{table}",
       "config": {"url": "postgresql://localhost/shop", "user": "sluice", "password": "%s"}}
      """
          .formatted(SECRET);

  @Inject TestPorts ports;
  @Inject ConnectorManager manager;

  @BeforeEach
  void aFileThatDeclaresOne() {
    ports.log().create("orders", 1, TopicSettings.DEFAULT);
    manager.takeUp(TestPorts.config(Map.of("fixed", Views.spec("fixed", Kind.SINK))), () -> {});
  }

  @AfterEach
  void forgetAll() {
    for (String name : new String[] {"shop", "out", "picked"}) {
      manager.remove(name, false);
    }
    manager.takeUp(TestPorts.config(Map.of()), () -> {});
    ports.connectors().clear();
    ports.log().delete("orders");
  }

  @Test
  void aConnectorIsMadeChangedAndDeleted() {
    put("shop", SHOP)
        .then()
        .statusCode(201)
        .header("Location", containsString("/api/v1/connectors/shop"))
        .body("name", equalTo("shop"))
        .body("origin", equalTo("api"))
        .body("config.topic", equalTo("shop.{table}"));
    put("shop", SHOP.replace("shop.{table}", "other.{table}"))
        .then()
        .statusCode(200)
        .body("config.topic", equalTo("other.{table}"));
    when()
        .delete("/api/v1/connectors/shop")
        .then()
        .statusCode(200)
        .body("name", equalTo("shop"))
        .body("positionsForgotten", equalTo(false))
        .body("$", not(hasKey("group")));
    problem(when().delete("/api/v1/connectors/shop"), 404, "unknown-connector", "connector");
  }

  @Test
  void whoOnlyMakesChangesNoneThatIsThere() {
    assertThat(create("shop", SHOP).statusCode()).isEqualTo(201);
    problem(
        create("shop", SHOP.replace("shop.{table}", "other.{table}")),
        412,
        "connector-exists",
        null);
    when().get("/api/v1/connectors/shop").then().body("config.topic", equalTo("shop.{table}"));
    problem(create("fixed", SHOP), 409, "declared-in-file", null);
  }

  @Test
  void ofTwoWhoHaveSeenTheSameTheSecondIsRefused() {
    put("shop", SHOP);
    String seen = requireNonNull(etag("shop"));
    assertThat(seen).startsWith("\"").endsWith("\"");
    assertThat(etag("shop")).as("the declaration's, whatever is looked at").isEqualTo(seen);
    String first = SHOP.replace("shop.{table}", "first.{table}");
    replace("shop", seen, first).then().statusCode(200);
    problem(
        replace("shop", seen, SHOP.replace("shop.{table}", "second.{table}")),
        412,
        "version-changed",
        "If-Match");
    when().get("/api/v1/connectors/shop").then().body("config.topic", equalTo("first.{table}"));
    replace("shop", "\"other\", " + etag("shop"), SHOP).then().statusCode(200);
    problem(replace("shop", "W/" + etag("shop"), SHOP), 412, "version-changed", "If-Match");
    replace("shop", "*", SHOP).then().statusCode(200);
  }

  @Test
  void onlyWhatIsThereAndWasMadeHereIsReplaced() {
    problem(replace("shop", "*", SHOP), 412, "version-changed", "If-Match");
    assertThat(when().get("/api/v1/connectors/shop").statusCode()).isEqualTo(404);
    assertThat(etag("fixed")).isNull();
    problem(replace("fixed", "*", SHOP), 409, "declared-in-file", null);
  }

  @Test
  void aSecretIsKeptAndComesBackInNothing() {
    Response made = put("shop", SHOP);
    String reference = made.jsonPath().getString("config.config.password");
    assertThat(reference).isEqualTo("${secret:shop/password}");
    assertThat(made.asString() + when().get("/connectors/shop").asString()).doesNotContain(SECRET);
    assertThat(stored()).contains(reference).doesNotContain(SECRET);
    assertThat(new String(ports.files().read("shop.secrets").orElseThrow(), StandardCharsets.UTF_8))
        .contains(SECRET);

    put("shop", SHOP.replace(SECRET, reference).replace("sluice", "other"))
        .then()
        .statusCode(200)
        .body("config.config.password", equalTo(reference));
    assertThat(manager.find("shop").orElseThrow().options().asOptions().string("password"))
        .isEqualTo(SECRET);

    when().delete("/api/v1/connectors/shop").then().statusCode(200);
    assertThat(ports.files().names()).isEmpty();
    problem(
        put("shop", SHOP.replace(SECRET, reference)), 400, "invalid-connector", "/config/password");
  }

  @Test
  void aSecretServesNoOtherConnector() {
    put("shop", SHOP).then().statusCode(201);
    problem(
        put("picked", SHOP.replace(SECRET, "${secret:shop/password}")),
        400,
        "invalid-connector",
        "/config/password");
    problem(
        put("shop", SHOP.replace("\"sluice\"", "\"${secret:shop/password}\"")),
        400,
        "invalid-connector",
        "/config/user");
  }

  @Test
  void allMistakesAreAnsweredAtOnce() {
    String wrong = SHOP.replace("\"url\"", "\"ulr\"").replace("shop.{table}", "shop.{table");
    Response refused = put("shop", wrong);
    refused
        .then()
        .statusCode(400)
        .body("problems.path", hasItems("/topic", "/config/ulr"))
        .body("problems.message", hasItem(containsString("no option 'ulr'")));
    assertThat(refused.asString()).doesNotContain(SECRET);
    check("{\"name\": \"shop\", \"spec\": " + wrong + "}")
        .then()
        .statusCode(200)
        .body("problems.path", hasItems("/topic", "/config/ulr"));
    when().get("/api/v1/connectors/shop").then().statusCode(404);
    problem(put("a b", SHOP), 400, "invalid-connector", "");
    problem(put("shop", "[]"), 400, "invalid-connector", "");
  }

  @Test
  void aCheckAnswersTheYamlWithoutSecretsAndChangesNothing() {
    Response checked = check("{\"name\": \"shop\", \"spec\": " + SHOP + "}");
    checked
        .then()
        .statusCode(200)
        .body("problems", empty())
        .body("yaml", containsString("connectors:\n  shop:\n    source: postgres-cdc\n"))
        .body("yaml", containsString("password: ${env:SHOP_PASSWORD}\n"));
    assertThat(checked.asString()).doesNotContain(SECRET);
    when().get("/api/v1/connectors/shop").then().statusCode(404);

    put("shop", SHOP).then().statusCode(201);
    check("{\"name\": \"shop\", \"spec\": " + SHOP + "}")
        .then()
        .body("problems.message", contains("there is a connector 'shop' already"));
    check("{\"name\": \"shop\", \"replaces\": \"shop\", \"spec\": " + SHOP + "}")
        .then()
        .body("problems", empty());
    problem(check("{\"name\": \"shop\"}"), 400, "invalid-request", "/spec");
  }

  @Test
  void aCheckTakesWhatFormsDoNotAskFor() {
    check(
            "{\"name\": \"shop\", \"spec\": "
                + SHOP.replace("\"user\"", "\"tables\": \"a\", \"user\"")
                + "}")
        .then()
        .body("problems", empty());
    check(
            """
            {"name": "shop", "spec": {"source": "mqtt", "topic": "t", "config":
             {"url": "tcp://localhost:1883", "subscribe": "plant/+/temperature", "version": 5}}}
            """)
        .then()
        .body("problems", empty());
  }

  @Test
  void aSinkNeedsATopicThatIsThereOrIsWrittenTo() {
    String sink = "{\"sink\": \"console\", \"topics\": [\"%s\"]}";
    put("out", sink.formatted("orders")).then().statusCode(201);
    problem(put("out", sink.formatted("shop.customers")), 400, "invalid-connector", "/topics/0");
    put("shop", SHOP).then().statusCode(201);
    put("out", sink.formatted("shop.customers")).then().statusCode(200);
  }

  @Test
  void aRuleIsMadeLikeAConnector() {
    put("picked", "{\"from\": [\"orders\"], \"to\": \"big\", \"when\": {\"jq\": \".total > 9\"}}")
        .then()
        .statusCode(201)
        .body("kind", equalTo("rule"))
        .body("config.to", equalTo("big"));
    problem(
        put("picked", "{\"from\": [\"orders\"], \"to\": \"orders\"}"),
        400,
        "invalid-connector",
        "/to");
  }

  @Test
  void whatTheFileDeclaresIsChangedThere() {
    problem(put("fixed", SHOP), 409, "declared-in-file", null);
    problem(when().delete("/api/v1/connectors/fixed"), 409, "declared-in-file", null);
    problem(when().delete("/connectors/fixed"), 409, "declared-in-file", null);
    problem(
        given()
            .contentType("application/json")
            .body("{\"connector.class\": \"console\", \"topics\": \"orders\"}")
            .put("/connectors/fixed/config"),
        409,
        "declared-in-file",
        null);
    when().get("/api/v1/connectors/fixed").then().body("origin", equalTo("file"));
  }

  @Test
  void aFileThatDeclaresTheNameTakesOver() {
    put("shop", SHOP).then().statusCode(201);
    manager.takeUp(TestPorts.config(Map.of("shop", Views.spec("shop", Kind.SOURCE))), () -> {});
    when().get("/api/v1/connectors/shop").then().body("origin", equalTo("file"));
    assertThat(ports.files().names()).isEmpty();
    manager.takeUp(TestPorts.config(Map.of()), () -> {});
    when().get("/api/v1/connectors/shop").then().statusCode(404);
  }

  @Test
  void positionsAreForgottenOnlyOnceItHasStopped() {
    put("out", "{\"sink\": \"console\", \"topics\": [\"orders\"]}").then().statusCode(201);
    problem(
        when().delete("/api/v1/connectors/out?forgetPositions=true"),
        409,
        "connector-not-stopped",
        null);
    when().put("/connectors/out/stop").then().statusCode(204);
    when()
        .delete("/api/v1/connectors/out?forgetPositions=true")
        .then()
        .statusCode(200)
        .body("positionsForgotten", equalTo(true))
        .body("$", not(hasKey("group")))
        .body("topics", contains("orders"));
  }

  @Test
  void positionsThatTheTargetKeepsAreNotForgotten() {
    put(
            "out",
            "{\"sink\": \"jdbc\", \"topics\": [\"orders\"], \"delivery\": \"exactly-once\","
                + " \"config\": {\"url\": \"jdbc:h2:mem:x\", \"table\": \"t\"}}")
        .then()
        .statusCode(201);
    when().put("/connectors/out/stop").then().statusCode(204);
    Response refused = when().delete("/api/v1/connectors/out?forgetPositions=true");
    problem(refused, 409, "positions-in-target", null);
    refused.then().body("suggestion", containsString("without forgetPositions"));
    when().delete("/api/v1/connectors/out").then().statusCode(200);
  }

  @Test
  void typesAreListedWithSchemasThatFormsAreMadeOf() {
    when()
        .get("/api/v1/connector-types")
        .then()
        .statusCode(200)
        .body("name", hasItems("postgres-cdc", "jdbc", "console"))
        .body("find { it.name == 'postgres-cdc' }.kind", equalTo("source"))
        .body(
            "find { it.name == 'postgres-cdc' }.schema.properties.password.writeOnly",
            equalTo(true))
        .body("find { it.name == 'postgres-cdc' }.schema.properties.tables.type", equalTo("array"));
    Response around = when().get("/api/v1/connector-types/spec-schema");
    around
        .then()
        .body("source.required", contains("source", "topic"))
        .body("source.properties", not(hasKey("sink")))
        .body("source.properties", not(hasKey("topics")))
        .body("sink.properties.topics.type", equalTo("array"))
        .body("sink.properties.errors.properties.retries.default", equalTo(3))
        .body("rule.required", contains("from", "to"));
    assertThat(around.asString() + when().get("/api/v1/connector-types").asString())
        .doesNotContain("$ref");
  }

  @Test
  void connectsOwnToolsMakeChangeAndDelete() {
    String config =
        """
        {"name": "out", "config": {"connector.class": "http", "topics": "orders",
         "tasks.max": "2", "url": "http://localhost/x", "config.batch": "true",
         "config.headers.X-Key": "%s", "transforms.0.filter.jq": ".a > 1"}}
        """
            .formatted(SECRET);
    given()
        .contentType("application/json")
        .body(config)
        .post("/connectors")
        .then()
        .statusCode(201)
        .body("name", equalTo("out"))
        .body("type", equalTo("sink"))
        .body("config.'connector.class'", equalTo("http"))
        .body("config.'tasks.max'", equalTo("2"))
        .body("config.'config.batch'", equalTo("true"))
        .body("config.'config.headers.X-Key'", equalTo("${secret:out/headers/X-Key}"))
        .body("config.'transforms.0.filter.jq'", equalTo(".a > 1"));
    problem(
        given().contentType("application/json").body(config).post("/connectors"),
        409,
        "connector-exists",
        null);
    given()
        .contentType("application/json")
        .body("{\"tasks.max\": \"1\", \"transforms.0.filter.jq\": null}")
        .patch("/connectors/out/config")
        .then()
        .statusCode(200)
        .body("config.'tasks.max'", equalTo("1"))
        .body("config.'transforms.0.filter.jq'", nullValue())
        .body("config.'config.url'", equalTo("http://localhost/x"));
    given()
        .contentType("application/json")
        .body("{\"tasks\": \"3\", \"batch\": null, \"topics.0\": \"orders\"}")
        .patch("/connectors/out/config")
        .then()
        .statusCode(200)
        .body("config.'tasks.max'", equalTo("3"))
        .body("config.'config.batch'", nullValue());
    problem(
        given().contentType("application/json").body("{}").patch("/connectors/none/config"),
        404,
        "unknown-connector",
        "connector");
    assertThat(manager.find("out").orElseThrow().options().values().get("headers"))
        .isEqualTo(Map.of("X-Key", SECRET));
    given()
        .contentType("application/json")
        .body(when().get("/connectors/out/config").asString())
        .put("/connectors/out/config")
        .then()
        .statusCode(200);
    when().delete("/connectors/out").then().statusCode(204);
    when().get("/connectors/out").then().statusCode(404).body("error_code", equalTo(404));
  }

  @Test
  void connectsOwnToolsValidate() {
    given()
        .contentType("application/json")
        .body("{\"connector.class\": \"http\", \"topics\": \"orders\", \"url\": \"gopher://x\"}")
        .put("/connector-plugins/http/config/validate")
        .then()
        .statusCode(200)
        .body("name", equalTo("http"))
        .body("error_count", equalTo(1))
        .body("configs.find { it.value.name == 'config.url' }.value.errors", not(empty()))
        .body("configs.find { it.value.name == 'config.url' }.value.value", equalTo("gopher://x"))
        .body("configs.find { it.value.name == 'topics' }.value.errors", empty());
    problem(
        given()
            .contentType("application/json")
            .body("{}")
            .put("/connector-plugins/no/config/validate"),
        404,
        "unknown-plugin",
        "plugin");
  }

  private String stored() {
    return ports.log().all(OwnTopics.CONNECTOR_CONFIGS).stream()
        .map(StoredRecord::value)
        .filter(value -> value != null)
        .map(value -> new String(value, StandardCharsets.UTF_8))
        .collect(Collectors.joining("\n"));
  }

  private static Response put(String name, String spec) {
    return given().contentType("application/json").body(spec).put("/api/v1/connectors/" + name);
  }

  private static Response create(String name, String spec) {
    return given()
        .contentType("application/json")
        .header("If-None-Match", "*")
        .body(spec)
        .put("/api/v1/connectors/" + name);
  }

  private static Response replace(String name, String etag, String spec) {
    return given()
        .contentType("application/json")
        .header("If-Match", etag)
        .body(spec)
        .put("/api/v1/connectors/" + name);
  }

  private static @Nullable String etag(String name) {
    return when().get("/api/v1/connectors/" + name).header("ETag");
  }

  private static Response check(String body) {
    return given().contentType("application/json").body(body).post("/api/v1/connectors/check");
  }
}
