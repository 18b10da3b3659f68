package dev.sluice.gateway.rest;

import static dev.sluice.gateway.rest.Api.problem;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import dev.sluice.connector.CaptureState;
import dev.sluice.connector.CaptureState.Phase;
import dev.sluice.connector.CaptureState.Reason;
import dev.sluice.connector.CaptureState.Status;
import dev.sluice.connector.ConnectorException;
import dev.sluice.gateway.config.ConnectorSpec.Kind;
import dev.sluice.gateway.connect.CaptureView;
import dev.sluice.gateway.connect.TargetState;
import dev.sluice.gateway.connect.TaskState;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@TestProfile(InMemoryPorts.class)
@Timeout(30)
class CaptureApiTest {

  private static final String CAPTURE = "/api/v1/connectors/shop/capture";

  @Inject TestPorts ports;

  @BeforeEach
  void declareConnectors() {
    ports.connectors().clear();
    ports.connectors().put(Views.running("shop", Kind.SOURCE));
    ports.connectors().put(Views.running("plain", Kind.SOURCE));
    ports.connectors().putCapture("shop", view(3));
  }

  @AfterEach
  void forgetConnectors() {
    ports.connectors().clear();
  }

  @Test
  void showsHowFarACaptureIs() {
    when()
        .get(CAPTURE)
        .then()
        .statusCode(200)
        .body("connector", equalTo("shop"))
        .body("state", equalTo("RUNNING"))
        .body("capture.phase", equalTo("streaming"))
        .body("capture.tables", contains("public.orders", "public.parts"))
        .body("capture.position", equalTo("0/1A"))
        .body("capture.lastChangeAt", equalTo("2026-01-01T00:00:00Z"))
        .body("capture.snapshots[0].table", equalTo("public.orders"))
        .body("capture.snapshots[0].reason", equalTo("requested"))
        .body("capture.snapshots[0].status", equalTo("reading"))
        .body("capture.snapshots[0].rows", equalTo(3))
        .body("capture.snapshots[0]", not(hasKey("estimatedRows")))
        .body("capture.slot.lagBytes", equalTo(4096))
        .body("capture.slot.retainedBytes", equalTo(8192));
  }

  @Test
  void tellsConnectorsWithoutOneAndThoseThatHaveNotConnected() {
    problem(when().get("/api/v1/connectors/plain/capture"), 404, "no-capture", "connector");
    problem(when().get("/api/v1/connectors/none/capture"), 404, "unknown-connector", "connector");
    ports
        .connectors()
        .putCapture(
            "shop", new CaptureView(TargetState.STOPPED, TaskState.STOPPED, Optional.empty()));
    when().get(CAPTURE).then().body("state", equalTo("STOPPED")).body("$", not(hasKey("capture")));
  }

  @Test
  void passesRequestsForSnapshotsOn() {
    given()
        .contentType(ContentType.JSON)
        .body("{\"tables\": [\"public.orders\", \"parts\"]}")
        .post(CAPTURE + "/snapshots")
        .then()
        .statusCode(202)
        .body("capture.phase", equalTo("streaming"));
    assertThat(ports.connectors().calls()).contains("snapshot shop [public.orders, parts]");
  }

  @Test
  void refusesRequestsThatNameNothingAndTellsWhyOneCantBe() {
    for (String body : List.of("{}", "{\"tables\": []}", "{\"tables\": [\" \"]}", "")) {
      int status =
          given()
              .contentType(ContentType.JSON)
              .body(body)
              .post(CAPTURE + "/snapshots")
              .statusCode();
      assertThat(status).as(body).isEqualTo(400);
    }
    ports.connectors().failSnapshots(new IllegalStateException("It is paused."));
    problem(order(), 409, "snapshot-not-now", null);
    ports
        .connectors()
        .failSnapshots(ConnectorException.configuration("table-without-key", "No key.", "Add."));
    problem(order(), 400, "table-without-key", null);
  }

  private static Response order() {
    return given()
        .contentType(ContentType.JSON)
        .body("{\"tables\": [\"orders\"]}")
        .post(CAPTURE + "/snapshots");
  }

  @Test
  void theStreamOfItsConnectorTellsItAsItChanges() throws Exception {
    try (Events events = Events.open("/api/v1/connectors/shop/stream", null)) {
      assertThat(events.next().data()).contains("\"taskDetails\"");
      Events.Event first = events.next();
      assertThat(first.name()).isEqualTo("capture");
      assertThat(first.data()).contains("\"connector\":\"shop\"", "\"rows\":3");
      ports.connectors().putCapture("shop", view(4));
      assertThat(events.nextWith("\"rows\":4").name()).isEqualTo("capture");
    }
  }

  private static CaptureView view(long rows) {
    return new CaptureView(
        TargetState.STARTED,
        TaskState.RUNNING,
        Optional.of(
            new CaptureState(
                Phase.STREAMING,
                List.of("public.orders", "public.parts"),
                List.of(
                    new CaptureState.TableSnapshot(
                        "public.orders", Reason.REQUESTED, Status.READING, rows, null, null)),
                "0/1A",
                Views.SINCE,
                Views.SINCE,
                new CaptureState.Slot("sluice_shop", true, 4096, 8192, "reserved", Views.SINCE))));
  }
}
