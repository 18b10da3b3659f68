package dev.sluice.gateway.health;

import dev.sluice.gateway.log.DamagedPlace;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.Topics;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Says which places on disk can't be read back. Stays up: all other records can be. */
@Readiness
final class DataReadiness implements HealthCheck {

  private final Topics topics;

  DataReadiness(Topics topics) {
    this.topics = topics;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("data").up();
    try {
      List<DamagedPlace> damage = topics.damage();
      for (int i = 0; i < damage.size(); i++) {
        response.withData("damage " + (i + 1), damage.get(i).problem());
      }
    } catch (LogException notYet) {
      response.withData("damage", "unknown: " + notYet.getMessage());
    }
    return response.build();
  }
}
