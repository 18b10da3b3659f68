package dev.sluice.gateway.boot;

import dev.sluice.gateway.config.ConnectorTypes;
import dev.sluice.gateway.connect.ConnectRuntime;
import dev.sluice.gateway.connect.Surroundings;
import dev.sluice.gateway.connect.trial.Trials;
import dev.sluice.gateway.connect.work.LogPorts;
import dev.sluice.gateway.events.Events;
import dev.sluice.gateway.log.Groups;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.Topics;
import dev.sluice.gateway.log.Transactions;
import dev.sluice.gateway.metrics.CarriedMeters;
import dev.sluice.gateway.rest.status.ConfigSchema;
import dev.sluice.gateway.rest.status.LoadedConfig;
import dev.sluice.gateway.rest.trial.DraftReader;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;

/** The connector runtime and the connector types as beans. */
@Singleton
final class GatewayRuntime {

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

  @Produces
  @Singleton
  ConnectorTypes types() {
    return Launch.current().types();
  }

  @Produces
  @Singleton
  ConfigSchema schema() {
    return Launch.current().loader().schema()::published;
  }

  @Produces
  @Singleton
  LoadedConfig config(Reconfiguration reconfiguration) {
    return () -> reconfiguration.applied().orElseGet(() -> Launch.current().first().config());
  }

  @Produces
  @Singleton
  Trials trials(ConnectorTypes types, Topics topics) {
    return new Trials(types, topics, Clock.systemUTC());
  }

  @Produces
  @Singleton
  DraftReader drafts(Topics topics) {
    Launch launch = Launch.current();
    return new LoadedDrafts(launch.loader(), launch.configPath(), launch.environment(), topics);
  }

  @Produces
  @Singleton
  ConnectRuntime runtime(
      ConnectorTypes types,
      Topics topics,
      Records records,
      Groups groups,
      Transactions transactions,
      Events events,
      CarriedMeters metrics) {
    Surroundings surroundings =
        new Surroundings(Clock.systemUTC(), new SecureRandom(), events, metrics, STOP_TIMEOUT);
    return ConnectRuntime.open(
        types, new LogPorts(topics, records, groups, transactions), surroundings);
  }
}
