package dev.sluice.gateway.rest;

import static dev.sluice.gateway.rest.Api.problem;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import dev.sluice.gateway.config.ConnectorSpec.Kind;
import dev.sluice.gateway.connect.TargetState;
import dev.sluice.gateway.log.GroupDescription.Member;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.TopicSettings;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(InMemoryPorts.class)
class GroupApiTest {

  @Inject TestPorts ports;

  private final String topic = "g-" + UUID.randomUUID();
  private final String group = "readers-" + UUID.randomUUID();
  private final TopicPartition zero = new TopicPartition(topic, 0);
  private final TopicPartition one = new TopicPartition(topic, 1);

  @BeforeEach
  void writeRecords() {
    ports.log().create(topic, 2, TopicSettings.DEFAULT);
    for (TopicPartition partition : List.of(zero, one)) {
      for (int i = 0; i < 5; i++) {
        NewRecord record = new NewRecord(1_000L * i, null, null, List.of());
        ports.log().append(partition, List.of(record)).join();
      }
    }
    ports.connectors().put(Views.failed("warehouse", Kind.SINK));
  }

  @AfterEach
  void forget() {
    ports.log().join(group, List.of());
    ports.log().groups().delete(group);
    ports.log().groups().delete("connect-warehouse");
    ports.log().delete(topic);
    ports.connectors().clear();
  }

  private void commit(Map<TopicPartition, Long> offsets) {
    ports.log().groups().commit(group, offsets);
  }

  private void join() {
    ports
        .log()
        .join(
            group, List.of(new Member("m-1", "static", "reader", "10.0.0.1", List.of(zero, one))));
  }

  @Test
  void listsGroupsWithStateMembersTopicsAndLag() {
    commit(Map.of(zero, 2L, one, 5L));
    join();
    when()
        .get("/api/v1/groups")
        .then()
        .statusCode(200)
        .body("find { it.name == '" + group + "' }.lag", equalTo(3))
        .body("find { it.name == '" + group + "' }.state", equalTo("STABLE"))
        .body("find { it.name == '" + group + "' }.members", equalTo(1))
        .body("find { it.name == '" + group + "' }.partitions", equalTo(2))
        .body("find { it.name == '" + group + "' }.topics", contains(topic));
  }

  @Test
  void showsMembersAndPositionsEvenWhenATopicIsGone() {
    commit(Map.of(zero, 2L, new TopicPartition("gone", 0), 9L));
    join();
    when()
        .get("/api/v1/groups/" + group)
        .then()
        .statusCode(200)
        .body("name", equalTo(group))
        .body("memberDetails[0].clientId", equalTo("reader"))
        .body("memberDetails[0].instanceId", equalTo("static"))
        .body("memberDetails[0].assignment.'" + topic + "'", contains(0, 1))
        .body("offsets", hasSize(3))
        .body("offsets.find { it.topic == 'gone' }", not(hasKey("lag")))
        .body("offsets.find { it.partition == 1 }", not(hasKey("offset")))
        .body("offsets.find { it.partition == 1 }.member", equalTo("m-1"))
        .body("offsets.find { it.topic == '" + topic + "' }.lag", equalTo(3))
        .body(
            "offsets.find { it.topic == '" + topic + "' }.waitingSince",
            equalTo("1970-01-01T00:00:02Z"));
    problem(when().get("/api/v1/groups/none"), 404, "unknown-group", "group");
    problem(when().get("/api/v1/groups/none/stream"), 404, "unknown-group", "group");
  }

  @Test
  void plansAndMovesPositions() {
    commit(Map.of(zero, 2L, one, 5L));
    plan("{\"to\": \"earliest\"}")
        .then()
        .statusCode(200)
        .body("changes", hasSize(2))
        .body("changes[0].from", equalTo(2))
        .body("changes[0].to", equalTo(0))
        .body("again", equalTo(7))
        .body("skipped", equalTo(0))
        .body("$", not(hasKey("blocked")));
    assertThat(ports.log().groups().committed(group))
        .as("a plan changes nothing")
        .isEqualTo(Map.of(zero, 2L, one, 5L));
    move("{\"changes\": [{\"topic\": \"%s\", \"partition\": 0, \"from\": 2, \"to\": 0}]}")
        .then()
        .statusCode(200)
        .body("lag", equalTo(5));
    assertThat(ports.log().groups().committed(group)).isEqualTo(Map.of(zero, 0L, one, 5L));
    String moved =
        "The positions of the group in 1 partition were moved: %s-0 from 2 to 0.".formatted(topic);
    await()
        .untilAsserted(
            () ->
                when()
                    .get("/api/v1/events?type=group.offsets-reset&subject=" + group)
                    .then()
                    .body("events.message", contains(moved)));
  }

  @Test
  void plansByTimeByAmountAndForChosenPartitions() {
    commit(Map.of(zero, 2L, one, 2L));
    plan("{\"to\": \"time\", \"time\": \"1970-01-01T00:00:03.500Z\"}")
        .then()
        .body("changes.to", contains(4, 4))
        .body("skipped", equalTo(4));
    plan("{\"to\": \"shift\", \"by\": -9, \"partitions\": [{\"topic\": \"%s\", \"partition\": 1}]}"
            .formatted(topic))
        .then()
        .body("changes.partition", contains(1))
        .body("changes[0].to", equalTo(0))
        .body("changes[0].clamped", equalTo(true));
    plan("{\"to\": \"offset\", \"offset\": 2}")
        .then()
        .body("changes", empty())
        .body("unchanged", equalTo(2));
  }

  @Test
  void saysWhichMemberOfAPlanIsWrong() {
    commit(Map.of(zero, 2L));
    problem(plan("{}"), 400, "invalid-request", "/to");
    problem(plan("{\"to\": \"time\", \"time\": \"noon\"}"), 400, "invalid-request", "/time");
    problem(plan("{\"to\": \"shift\"}"), 400, "invalid-request", "/by");
    problem(plan("{\"to\": \"offset\", \"offset\": -1}"), 400, "invalid-request", "/offset");
    problem(
        plan(
            "{\"to\": \"latest\", \"partitions\": [{\"topic\": \"%s\", \"partition\": 2}]}"
                .formatted(topic)),
        400,
        "invalid-request",
        "/partitions/0/partition");
    problem(move("{\"changes\": []}"), 400, "invalid-request", "/");
  }

  @Test
  void refusesToMoveWhatHasMovedSinceThePlan() {
    commit(Map.of(zero, 3L));
    String stale = "{\"changes\": [{\"topic\": \"%s\", \"partition\": 0, \"from\": 2, \"to\": 0}]}";
    problem(move(stale), 409, "offsets-moved", null);
    String fresh = "{\"changes\": [{\"topic\": \"%s\", \"partition\": 1, \"to\": 99}]}";
    problem(move(fresh), 409, "offsets-moved", null);
    assertThat(ports.log().groups().committed(group)).isEqualTo(Map.of(zero, 3L));
  }

  @Test
  void refusesWhileTheGroupHasMembersButStillPlans() {
    commit(Map.of(zero, 2L));
    join();
    plan("{\"to\": \"latest\"}")
        .then()
        .statusCode(200)
        .body("changes", hasSize(1))
        .body("blocked.code", equalTo("group-in-use"));
    problem(
        move("{\"changes\": [{\"topic\": \"%s\", \"partition\": 0, \"from\": 2, \"to\": 5}]}"),
        409,
        "group-in-use",
        null);
    problem(when().delete("/api/v1/groups/" + group), 409, "group-in-use", null);
  }

  @Test
  void movesTheGroupOfAConnectorOnlyWhileItIsStopped() {
    String sink = "/api/v1/groups/connect-warehouse/offsets";
    String changes =
        "{\"changes\": [{\"topic\": \"%s\", \"partition\": 0, \"from\": 2, \"to\": 0}]}"
            .formatted(topic);
    ports.log().groups().commit("connect-warehouse", Map.of(zero, 2L));
    problem(post(sink, changes), 409, "connector-not-stopped", null);
    ports.connectors().setTarget("warehouse", TargetState.STOPPED);
    post(sink, changes).then().statusCode(200).body("connector", equalTo("warehouse"));
    assertThat(ports.connectors().sinkPositions("warehouse")).isEqualTo(Map.of(zero, 0L));
  }

  @Test
  void deletesAGroupUnlessItsConnectorIsDeclared() {
    commit(Map.of(zero, 1L));
    ports.log().groups().commit("connect-warehouse", Map.of(zero, 1L));
    ports.log().groups().commit("connect-removed", Map.of(zero, 1L));
    when().delete("/api/v1/groups/" + group).then().statusCode(204);
    when().delete("/api/v1/groups/connect-removed").then().statusCode(204);
    problem(when().delete("/api/v1/groups/" + group), 404, "unknown-group", "group");
    problem(when().delete("/api/v1/groups/connect-warehouse"), 409, "connector-declared", null);
  }

  private Response plan(String body) {
    return post("/api/v1/groups/" + group + "/offsets/plan", body);
  }

  private Response move(String body) {
    return post("/api/v1/groups/" + group + "/offsets", body.formatted(topic));
  }

  private static Response post(String path, String body) {
    return given().contentType("application/json").body(body).post(path);
  }
}
