package dev.sluice.gateway.health;

import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.Topics;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** The log has been recovered and answers. */
@Startup
final class LogStartup implements HealthCheck {

  private final Topics topics;

  LogStartup(Topics topics) {
    this.topics = topics;
  }

  @Override
  public HealthCheckResponse call() {
    try {
      return HealthCheckResponse.named("log").up().withData("topics", topics.list().size()).build();
    } catch (LogException notYet) {
      return HealthCheckResponse.named("log")
          .down()
          .withData("error", String.valueOf(notYet.getMessage()))
          .build();
    }
  }
}
