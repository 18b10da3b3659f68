package dev.sluice.gateway.metrics;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.gateway.log.TopicSettings;
import dev.sluice.gateway.rest.InMemoryPorts;
import dev.sluice.gateway.rest.TestPorts;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(InMemoryPorts.class)
class PrometheusTest {

  @Inject TestPorts ports;

  @Test
  void aNewTopicIsScraped() {
    ports.log().create("scraped", 1, TopicSettings.DEFAULT);
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(when().get("/q/metrics").asString())
                    .contains(
                        "sluice_topic_records_appended_total{internal=\"false\",topic=\"scraped\"")
                    .contains("sluice_topic_in_bytes_total{internal=\"false\",topic=\"scraped\"")
                    .contains("sluice_topics "));
    ports.log().delete("scraped");
  }
}
