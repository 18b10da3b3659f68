package dev.sluice.gateway.rest;

import static dev.sluice.gateway.rest.Api.problem;
import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import dev.sluice.gateway.config.ConnectorSpec.Kind;
import dev.sluice.gateway.connect.PastError;
import dev.sluice.gateway.connect.work.ErrorPlace;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.TopicSettings;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(InMemoryPorts.class)
class StatusApiTest {

  @Inject TestPorts ports;

  @BeforeEach
  void declareConnectors() {
    ports.connectors().clear();
    ports.connectors().put(Views.failed("warehouse", Kind.SINK));
    ports.connectors().put(Views.running("alert", Kind.RULE));
  }

  @AfterEach
  void forgetConnectors() {
    ports.connectors().clear();
  }

  @Test
  void showsConnectorsWithErrorsCountersAndMaskedConfiguration() {
    when()
        .get("/api/v1/connectors")
        .then()
        .statusCode(200)
        .body("[0].name", equalTo("alert"))
        .body("[0].kind", equalTo("rule"))
        .body("[0]", not(hasKey("error")))
        .body("[1].state", equalTo("FAILED"))
        .body("[1].since", equalTo("2026-01-01T00:00:00Z"))
        .body("[1].lag", equalTo(40))
        .body("[1].error.code", equalTo("connection-refused"))
        .body("[1].error.category", equalTo("external"))
        .body("[1].error.suggestion", equalTo("Start it."))
        .body("[1].error.nextAttempt", equalTo("2026-01-01T00:00:08Z"))
        .body("[1].taskDetails[0].trace", containsString("ConnectException"))
        .body("[1].config.config.password", equalTo("****"));
    problem(when().get("/api/v1/connectors/none"), 404, "unknown-connector", "connector");
  }

  @Test
  void showsWhatWentWrongWithAConnectorAndWhatItConcerned() {
    ports
        .connectors()
        .putErrors(
            "warehouse",
            List.of(
                new PastError(
                    0,
                    Views.SINCE,
                    Views.SINCE.plusSeconds(9),
                    false,
                    Views.refused(new ErrorPlace.InTopic(new TopicPartition("orders", 2), 60, 40))),
                new PastError(
                    1,
                    Views.SINCE,
                    Views.SINCE,
                    true,
                    Views.refused(new ErrorPlace.Outside(Map.of("line", "7"))))));
    when()
        .get("/api/v1/connectors/warehouse/errors")
        .then()
        .statusCode(200)
        .body("[0].task", equalTo(0))
        .body("[0].since", equalTo("2026-01-01T00:00:00Z"))
        .body("[0].at", equalTo("2026-01-01T00:00:09Z"))
        .body("[0].code", equalTo("connection-refused"))
        .body("[0].trace", containsString("ConnectException"))
        .body(
            "[0].concerned",
            equalTo(Map.of("topic", "orders", "partition", 2, "offset", 60, "records", 40)))
        .body("[0]", not(hasKey("place")))
        .body("[1].setAside", equalTo(true))
        .body("[1].place.line", equalTo("7"))
        .body("[1]", not(hasKey("concerned")));
    problem(when().get("/api/v1/connectors/none/errors"), 404, "unknown-connector", "connector");
  }

  @Test
  void showsGroupsWithTheirLagEvenWhenATopicIsGone() {
    ports.log().create("lagging", 1, TopicSettings.DEFAULT);
    TopicPartition tp = new TopicPartition("lagging", 0);
    NewRecord record = new NewRecord(1, null, null, List.of());
    ports.log().append(tp, List.of(record, record, record)).join();
    ports.log().groups().commit("readers", Map.of(tp, 1L, new TopicPartition("gone", 0), 9L));
    when()
        .get("/api/v1/groups/readers")
        .then()
        .statusCode(200)
        .body("lag", equalTo(2))
        .body("offsets[0].topic", equalTo("gone"))
        .body("offsets[0]", not(hasKey("lag")))
        .body("offsets[1].offset", equalTo(1))
        .body("offsets[1].endOffset", equalTo(3))
        .body("offsets[1].lag", equalTo(2));
    when().get("/api/v1/groups").then().body("find { it.name == 'readers' }.lag", equalTo(2));
    problem(when().get("/api/v1/groups/none"), 404, "unknown-group", "group");
  }

  @Test
  void deletesAGroupUnlessItsConnectorIsDeclared() {
    TopicPartition tp = new TopicPartition("read", 0);
    ports.log().groups().commit("left-over", Map.of(tp, 1L));
    ports.log().groups().commit("connect-warehouse", Map.of(tp, 1L));
    ports.log().groups().commit("connect-removed", Map.of(tp, 1L));
    when().delete("/api/v1/groups/left-over").then().statusCode(204);
    when().delete("/api/v1/groups/connect-removed").then().statusCode(204);
    problem(when().delete("/api/v1/groups/left-over"), 404, "unknown-group", "group");
    problem(when().delete("/api/v1/groups/connect-warehouse"), 409, "connector-declared", null);
  }

  @Test
  void showsWhereKafkasClientsConnect() {
    when()
        .get("/api/v1/cluster")
        .then()
        .statusCode(200)
        .body("clusterId", equalTo("a-cluster"))
        .body("kafka.serving", equalTo(true))
        .body("kafka.bootstrapServers", equalTo("kafka.example.com:9093"))
        .body("kafka.listeners[0].name", equalTo("main"))
        .body("kafka.listeners[0].address", equalTo("127.0.0.1:9092"));
  }

  @Test
  void showsTheConfigurationAndItsSchema() {
    when()
        .get("/api/v1/config")
        .then()
        .statusCode(200)
        .body("server.httpPort", equalTo(8080))
        .body("server.kafkaPort", equalTo(9092))
        .body("topics.orders.retention.time", equalTo("7d"))
        .body("connectors.warehouse.config.password", equalTo("****"));
    when()
        .get("/api/v1/config/schema")
        .then()
        .statusCode(200)
        .contentType("application/schema+json")
        .body(containsString("draft/2020-12"));
  }
}
