package dev.sluice.gateway.rest;

import static dev.sluice.gateway.rest.Api.problem;
import static io.restassured.RestAssured.when;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.OwnTopics;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.TopicSettings;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(InMemoryPorts.class)
class EventApiTest {

  private static final TopicPartition EVENTS = new TopicPartition(OwnTopics.EVENTS, 0);

  @Inject TestPorts ports;

  @BeforeEach
  void tellSomeEvents() {
    forgetEvents();
    ports.log().create(OwnTopics.EVENTS, 1, TopicSettings.DEFAULT);
    append("connector.started", "shop", "The connector was started.", "");
    append("connector.failed", "shop", "Connection refused.", actor("gateway", null));
    append("topic.created", "orders", "Topic orders was created.", actor("http", "10.0.0.7"));
    append("topic.deleted", "<b>", "Gone.", actor("kafka", "User:anna@10.0.0.8"));
  }

  @AfterEach
  void forgetEvents() {
    if (ports.log().find(OwnTopics.EVENTS).isPresent()) {
      ports.log().delete(OwnTopics.EVENTS);
    }
  }

  @Test
  void listsTheNewestFirstWithWhoCausedThem() {
    when()
        .get("/api/v1/events")
        .then()
        .statusCode(200)
        .body("events.offset", equalTo(List.of(3, 2, 1, 0)))
        .body("events[0].subject", equalTo("<b>"))
        .body("events[0].actor.kind", equalTo("kafka"))
        .body("events[0].actor.name", equalTo("User:anna@10.0.0.8"))
        .body("events[2].actor", not(hasKey("name")))
        .body("events[3].time", equalTo("2026-01-01T00:00:00Z"))
        .body("events[3]", not(hasKey("actor")))
        .body("$", not(hasKey("next")));
  }

  @Test
  void findsWhatIsAskedFor() {
    finds("type=connector", 1, 0);
    finds("type=connector.failed", 1);
    finds("type=conn");
    finds("subject=orders", 2);
    finds("who=http", 2);
    finds("who=10.0.0", 3, 2);
    finds("text=REFUSED", 1);
    finds("from=2026-01-01T00:00:02Z&to=2026-01-01T00:00:03Z", 2);
    finds("text=was&who=http", 2);
  }

  private static void finds(String query, int... offsets) {
    List<Integer> found = when().get("/api/v1/events?" + query).path("events.offset");
    assertThat(found)
        .as(query)
        .containsExactly(Arrays.stream(offsets).boxed().toArray(Integer[]::new));
  }

  @Test
  void answersAPageAtATime() {
    when()
        .get("/api/v1/events?limit=3")
        .then()
        .body("events.offset", equalTo(List.of(3, 2, 1)))
        .body("next", equalTo(1));
    when()
        .get("/api/v1/events?limit=3&before=1")
        .then()
        .body("events.offset", equalTo(List.of(0)))
        .body("$", not(hasKey("next")));
    for (int i = 0; i < 1_200; i++) {
      append("gateway.noise", "gateway", "Noise.", "");
    }
    when().get("/api/v1/events?type=topic").then().body("events.offset", equalTo(List.of(3, 2)));
  }

  @Test
  void saysWhatIsWrongWithAQuestion() {
    problem(when().get("/api/v1/events?limit=0"), 400, "invalid-request", "limit");
    problem(when().get("/api/v1/events?from=soon"), 400, "invalid-request", "from");
    problem(when().get("/api/v1/events?before=x"), 400, "invalid-request", "before");
    problem(when().get("/api/v1/events?text=" + "x".repeat(201)), 400, "invalid-request", "text");
    problem(when().get("/api/v1/events/stream?after=x"), 400, "invalid-request", "after");
  }

  @Test
  void thereAreNoneBeforeTheFirst() {
    forgetEvents();
    when().get("/api/v1/events").then().statusCode(200).body("events", hasSize(0));
  }

  @Test
  void followsNewOnes() throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Api.uri("/api/v1/events/stream?type=topic&after=1").toURL().openStream(), UTF_8))) {
      assertThat(lines.lines().filter(line -> line.startsWith("data")).findFirst().orElseThrow())
          .contains("topic.created");
      append("connector.stopped", "shop", "Stopped.", "");
      append("topic.changed", "orders", "Changed.", "");
      assertThat(
              lines
                  .lines()
                  .filter(line -> line.contains("topic.changed"))
                  .findFirst()
                  .orElseThrow())
          .contains("orders");
    }
  }

  private static String actor(String kind, @Nullable String name) {
    return ", \"actor\": {\"kind\": \""
        + kind
        + "\""
        + (name == null ? "" : ", \"name\": \"" + name + "\"")
        + "}";
  }

  private void append(String type, String subject, String message, String more) {
    long second = ports.log().endOffset(EVENTS);
    String value =
        """
        {"type": "%s", "subject": "%s", "message": "%s", "time": "%s"%s}"""
            .formatted(type, subject, message, Views.SINCE.plusSeconds(second), more);
    long millis = Views.SINCE.plusSeconds(second).toEpochMilli();
    NewRecord record =
        new NewRecord(millis, subject.getBytes(UTF_8), value.getBytes(UTF_8), List.of());
    ports.log().append(EVENTS, List.of(record)).join();
  }
}
