package dev.sluice.gateway.health;

import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.TopicDescription;
import dev.sluice.gateway.log.TopicDescription.PartitionDescription;
import dev.sluice.gateway.log.Topics;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Down while a partition can be neither read nor written, with the reason of each. */
@Readiness
final class PartitionReadiness implements HealthCheck {

  private final Topics topics;

  PartitionReadiness(Topics topics) {
    this.topics = topics;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("partitions");
    boolean up = true;
    try {
      for (TopicDescription topic : topics.list()) {
        for (PartitionDescription partition : topic.partitions()) {
          String reason = partition.offlineReason();
          if (reason != null) {
            up = false;
            response.withData(topic.name() + "-" + partition.partition(), reason);
          }
        }
      }
    } catch (LogException failed) {
      up = false;
      response.withData("log", String.valueOf(failed.getMessage()));
    }
    return response.status(up).build();
  }
}
