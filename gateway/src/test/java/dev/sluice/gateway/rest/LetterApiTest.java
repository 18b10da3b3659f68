package dev.sluice.gateway.rest;

import static dev.sluice.gateway.rest.Api.problem;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.sluice.gateway.config.ConnectorSpec.Kind;
import dev.sluice.gateway.deadletter.TestLetters;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.OwnTopics;
import dev.sluice.gateway.log.StoredRecord;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.TopicSettings;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(InMemoryPorts.class)
class LetterApiTest {

  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

  @Inject TestPorts ports;

  private final String sink = "sink-" + UUID.randomUUID();
  private final String topic = sink + ".dead-letters";
  private final String path = "/api/v1/dead-letters/" + topic;

  @BeforeEach
  void createTopic() {
    ports.log().failAppends(null);
    ports.connectors().put(Views.running(sink, Kind.SINK));
    var unused = ports.log().create(topic, 1, TopicSettings.DEFAULT);
  }

  @AfterEach
  void clear() {
    ports.log().failAppends(null);
    ports.connectors().clear();
  }

  private void add(String code, String value) {
    NewRecord letter = TestLetters.ofSink(sink, "orders", 41, code, value, TIME);
    var unused = ports.log().append(new TopicPartition(topic, 0), List.of(letter)).join();
  }

  private static Response post(String to, String body) {
    return given().contentType("application/json").body(body).post(to);
  }

  /** Follows the job that was answered to its end, and gives back what it ended as. */
  private static JsonPath finished(Response started) throws IOException, InterruptedException {
    started.then().statusCode(202).body("state", notNullValue());
    String stream = started.header("Location") + "/stream";
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> events =
          client.send(
              HttpRequest.newBuilder(Api.uri("/").resolve(stream)).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(events.body()).contains("\"state\":\"");
    }
    return when().get(started.header("Location")).then().statusCode(200).extract().jsonPath();
  }

  private List<String> again() {
    return ports.log().all(OwnTopics.redelivery(sink)).stream()
        .map(StoredRecord::value)
        .map(value -> new String(Objects.requireNonNull(value), UTF_8))
        .toList();
  }

  @Test
  void listsTopicsWithWhatIsOpenByError() {
    add("value-not-json", "a");
    add("refused", "b");
    add("refused", "c");
    String of = "find { it.name == '" + topic + "' }.";

    when()
        .get("/api/v1/dead-letters")
        .then()
        .statusCode(200)
        .body(of + "open", equalTo(3))
        .body(of + "errors.code", contains("refused", "value-not-json"))
        .body(of + "errors.count", contains(2, 1))
        .body(of + "connectors", hasItem(sink))
        .body(of + "oldest", equalTo("2026-01-01T00:00:00Z"))
        .body(of + "complete", equalTo(true))
        .body("name", everyItem(not(startsWith("_"))));
  }

  @Test
  void showsALetterWithItsErrorItsOriginAndWhereItGoes() {
    add("refused", "{\"total\": 1.50}");

    String body =
        when()
            .get(path)
            .then()
            .statusCode(200)
            .body("letters[0].id", equalTo("0:0"))
            .body("letters[0].connector", equalTo(sink))
            .body("letters[0].error.code", equalTo("refused"))
            .body("letters[0].error.time", equalTo("2026-01-01T00:00:00Z"))
            .body("letters[0].error.stage", equalTo("TASK_PUT"))
            .body("letters[0].origin.topic", equalTo("orders"))
            .body("letters[0].origin.offset", equalTo(41))
            .body("letters[0].destination.kind", equalTo("connector"))
            .body("letters[0].destination.name", equalTo(sink))
            .body("letters[0].headers.key", contains("own"))
            .body("letters[0].done", nullValue())
            .body("next", nullValue())
            .extract()
            .asString();
    assertThat(body).contains("{\"total\": 1.50}");
    when().get(path + "/letters/0:0").then().statusCode(200).body("value.total", notNullValue());
    when()
        .get(path + "/letters/0:0?form=text")
        .then()
        .statusCode(200)
        .body("key", equalTo("key"))
        .body("value", equalTo("{\"total\": 1.50}"));
    problem(when().get(path + "/letters/0:0?form=xml"), 400, "invalid-request", "form");
    problem(when().get(path + "/letters/0:9"), 404, "unknown-letter", "letter");
    problem(when().get(path + "/letters/x"), 404, "unknown-letter", "letter");
  }

  @Test
  void pagesAndFilters() {
    add("a", "one");
    add("b", "two");
    add("a", "three");

    String next =
        when()
            .get(path + "?limit=2")
            .then()
            .body("letters.value", contains("three", "two"))
            .extract()
            .path("next");
    given()
        .queryParam("before", next)
        .get(path)
        .then()
        .body("letters.value", contains("one"))
        .body("next", nullValue());
    when().get(path + "?code=b").then().body("letters.value", contains("two"));
    when().get(path + "?text=THREE").then().body("letters.value", contains("three"));
    when().get(path + "?state=sent").then().body("letters", empty());
    when().get(path + "/count?code=a").then().body("matching", equalTo(2));
    problem(when().get(path + "?state=lost"), 400, "invalid-request", "state");
    problem(when().get(path + "?since=soon"), 400, "invalid-request", "since");
    problem(when().get(path + "?before=x"), 400, "invalid-request", "before");
    problem(when().get(path + "?limit=501"), 400, "invalid-request", "limit");
    problem(when().get("/api/v1/dead-letters/nowhere"), 404, "unknown-topic", "topic");
  }

  @Test
  void sendsAChangedLetterAgainAndTellsOfIt() throws Exception {
    add("refused", "bad");
    JsonPath job =
        finished(
            post(
                path + "/resend",
                "{\"letters\": [\"0:0\"], \"edit\": {\"value\": {\"n\": 1.50}}}"));

    assertThat(job.getString("state")).isEqualTo("done");
    assertThat(job.getInt("done")).isEqualTo(1);
    assertThat(again()).containsExactly("{\"n\":1.50}");
    when().get(path).then().body("letters", empty());
    when()
        .get(path + "?state=sent")
        .then()
        .body("letters[0].done.act", equalTo("sent"))
        .body("letters[0].done.to", equalTo(sink));
    when().get("/api/v1/dead-letter-jobs").then().body("id", hasItem(job.getString("id")));
  }

  @Test
  void sendsAllThatMatchUpToWhatWasCounted() throws Exception {
    add("a", "one");
    add("b", "two");
    String upTo = when().get(path + "/count?code=a").then().extract().path("upTo");
    add("a", "later");
    JsonPath job =
        finished(
            post(path + "/resend", "{\"filter\": {\"code\": \"a\"}, \"upTo\": \"" + upTo + "\"}"));

    assertThat(job.getInt("done")).isEqualTo(1);
    assertThat(again()).containsExactly("one");
  }

  @Test
  void putsLettersIntoATopicIfThatIsWanted() throws Exception {
    String other = "other-" + UUID.randomUUID();
    var unused = ports.log().create(other, 1, TopicSettings.DEFAULT);
    add("a", "one");
    var unusedJob =
        finished(
            post(
                path + "/resend",
                "{\"filter\": {}, \"to\": \"topic\", \"topic\": \"" + other + "\"}"));

    assertThat(TestLetters.texts(ports.log().all(other).getFirst().headers()))
        .containsExactly("own=kept");
  }

  @Test
  void discardsWhatIsNamed() throws Exception {
    add("a", "one");
    add("a", "two");
    JsonPath job = finished(post(path + "/discard", "{\"letters\": [\"0:0\", \"0:7\"]}"));

    assertThat(job.getInt("done")).isEqualTo(1);
    assertThat(job.getString("refusals[0].code")).isEqualTo("letter-unknown");
    when().get(path).then().body("letters.value", contains("two"));
    given().delete("/api/v1/dead-letter-jobs/" + job.getString("id")).then().statusCode(204);
  }

  @Test
  void stopsWhenTheLogFailsAndTheLettersStayOpen() throws Exception {
    add("a", "one");
    var unused = finished(post(path + "/discard", "{\"letters\": [\"0:7\"]}"));
    ports
        .log()
        .failAppends(new LogException(LogException.Code.DISK_FULL, "The disk is full, as told."));
    JsonPath job = finished(post(path + "/resend", "{\"filter\": {}}"));
    ports.log().failAppends(null);

    assertThat(job.getString("state")).isEqualTo("failed");
    assertThat(job.getString("error")).contains("The disk is full");
    when().get(path).then().body("letters.value", contains("one"));
  }

  @Test
  void saysWhatIsWrongWithARequest() {
    add("a", "one");
    problem(post(path + "/resend", "{}"), 400, "invalid-request", "/letters");
    problem(post(path + "/resend", "[]"), 400, "invalid-request", "/");
    problem(post(path + "/resend", "{"), 400, "invalid-json", "/");
    problem(
        post(path + "/resend", "{\"letters\": [\"0:0\"], \"filter\": {}}"),
        400,
        "invalid-request",
        "/letters");
    problem(post(path + "/resend", "{\"letters\": [\"x\"]}"), 400, "invalid-request", "/letters/0");
    problem(
        post(path + "/resend", "{\"filter\": {}, \"edit\": {\"value\": 1}}"),
        400,
        "invalid-request",
        "/edit");
    problem(
        post(path + "/resend", "{\"letters\": [\"0:0\"], \"edit\": {\"encoding\": \"rot13\"}}"),
        400,
        "invalid-request",
        "/edit/encoding");
    problem(
        post(path + "/resend", "{\"filter\": {}, \"to\": \"mars\"}"),
        400,
        "invalid-request",
        "/to");
    problem(
        post(path + "/resend", "{\"filter\": {}, \"to\": \"topic\", \"topic\": \"nowhere\"}"),
        404,
        "unknown-topic",
        "topic");
    problem(
        post(path + "/resend", "{\"filter\": {}, \"to\": \"topic\", \"topic\": \"_events\"}"),
        403,
        "internal-topic",
        "topic");
    problem(
        post(path + "/discard", "{\"filter\": {\"colour\": \"red\"}}"),
        400,
        "invalid-request",
        "/filter/colour");
    problem(
        post("/api/v1/dead-letters/_events/discard", "{\"filter\": {}}"),
        403,
        "internal-topic",
        "topic");
    problem(when().get("/api/v1/dead-letter-jobs/none"), 404, "unknown-job", "job");
  }
}
