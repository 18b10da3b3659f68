package dev.sluice.gateway.health;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;

import dev.sluice.gateway.config.ConnectorSpec.Kind;
import dev.sluice.gateway.connect.TargetState;
import dev.sluice.gateway.log.DamagedPlace;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.TopicDescription;
import dev.sluice.gateway.log.TopicDescription.PartitionDescription;
import dev.sluice.gateway.log.TopicSettings;
import dev.sluice.gateway.log.Topics;
import dev.sluice.gateway.rest.InMemoryPorts;
import dev.sluice.gateway.rest.TestPorts;
import dev.sluice.gateway.rest.Views;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(InMemoryPorts.class)
class HealthTest {

  @Inject TestPorts ports;

  @BeforeEach
  @AfterEach
  void forgetConnectors() {
    ports.connectors().clear();
  }

  @Test
  void isReadyWhileConnectorsRunOrRestByWish() {
    ports.connectors().put(Views.running("shop", Kind.SOURCE));
    ports.connectors().put(Views.failed("warehouse", Kind.SINK));
    ports.connectors().setTarget("warehouse", TargetState.STOPPED);
    ports.connectors().put(Views.failed("plant", Kind.SOURCE));
    ports.connectors().setTarget("plant", TargetState.PAUSED);
    when().get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
  }

  @Test
  void isNotReadyWhileAConnectorFailsAndNamesItsErrorSinceWhenAndCure() {
    ports.connectors().put(Views.running("shop", Kind.SOURCE));
    ports.connectors().put(Views.failed("warehouse", Kind.SINK));
    when()
        .get("/q/health/ready")
        .then()
        .statusCode(503)
        .body("status", equalTo("DOWN"))
        .body(
            "checks.find { it.name == 'connectors' }.data.'warehouse/0'",
            allOf(
                startsWith("failed since 2026-01-01T00:00:00Z: The database does not answer."),
                containsString("Start it. [connection-refused, external]")))
        .body("checks.find { it.name == 'connectors' }.data.size()", equalTo(1));
    when().get("/q/health/live").then().statusCode(200);
    when().get("/q/health/started").then().statusCode(200).body("checks.name", hasItem("log"));
  }

  @Test
  void isNotReadyWhileKafkasClientsAreNotAnswered() {
    ports.kafka().serve(false);
    when()
        .get("/q/health/ready")
        .then()
        .statusCode(503)
        .body("checks.find { it.name == 'kafka' }.status", equalTo("DOWN"))
        .body("checks.find { it.name == 'kafka' }.data.main", equalTo("127.0.0.1:9092"));
    ports.kafka().serve(true);
    when().get("/q/health/ready").then().statusCode(200);
  }

  @Test
  void isNotReadyWhileAPartitionIsOffline() {
    HealthCheckResponse response =
        new PartitionReadiness(new OnePartition("bad checksum at byte 4711")).call();
    assertThat(response.getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
    assertThat(response.getData().orElseThrow())
        .containsEntry("orders-3", "bad checksum at byte 4711");
  }

  @Test
  void staysReadyWithDamagedDataAndSaysWhere() {
    HealthCheckResponse response = new DataReadiness(new OnePartition("")).call();
    assertThat(response.getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
    assertThat(response.getData().orElseThrow())
        .containsEntry("damage 1", "rot at byte 12. Restore.");
  }

  /** A log with one topic of one partition, which is offline, and with a damaged place. */
  private record OnePartition(String offlineReason) implements Topics {

    @Override
    public List<TopicDescription> list() {
      return List.of(
          new TopicDescription(
              "orders",
              TopicSettings.DEFAULT,
              List.of(new PartitionDescription(3, 0, 0, 0, offlineReason))));
    }

    @Override
    public List<DamagedPlace> damage() {
      return List.of(new DamagedPlace("orders", "rot at byte 12. Restore."));
    }

    @Override
    public Optional<TopicDescription> find(String name) {
      return Optional.empty();
    }

    @Override
    public int partitionCount(String name) {
      return 0;
    }

    @Override
    public TopicDescription create(String name, int partitions, TopicSettings settings) {
      throw new LogException(LogException.Code.CLOSED, "Read only.");
    }

    @Override
    public TopicDescription update(String name, int partitions, TopicSettings settings) {
      throw new LogException(LogException.Code.CLOSED, "Read only.");
    }

    @Override
    public void delete(String name) {
      throw new LogException(LogException.Code.CLOSED, "Read only.");
    }
  }
}
