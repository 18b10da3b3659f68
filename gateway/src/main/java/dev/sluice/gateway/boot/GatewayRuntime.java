package dev.sluice.gateway.boot;

import dev.sluice.gateway.config.ConfigEditor;
import dev.sluice.gateway.config.ConnectorTypes;
import dev.sluice.gateway.config.Drafts;
import dev.sluice.gateway.config.FormSchemas;
import dev.sluice.gateway.connect.ConnectRuntime;
import dev.sluice.gateway.connect.Surroundings;
import dev.sluice.gateway.connect.trial.Trials;
import dev.sluice.gateway.connect.work.LogPorts;
import dev.sluice.gateway.events.Events;
import dev.sluice.gateway.log.Groups;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.Topics;
import dev.sluice.gateway.log.Transactions;
import dev.sluice.gateway.log.embedded.EmbeddedPrivateFiles;
import dev.sluice.gateway.manage.ConnectorManager;
import dev.sluice.gateway.metrics.CarriedMeters;
import dev.sluice.gateway.rest.status.ConfigSchema;
import dev.sluice.gateway.rest.status.LoadedConfig;
import dev.sluice.log.io.DiskStorage;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;

/** The connector runtime and the connector types as beans. */
@Singleton
final class GatewayRuntime {

  /** The directory of connectors' secrets, within the data directory. */
  private static final String SECRETS = "secrets";

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
  FormSchemas forms() {
    return new FormSchemas(Launch.current().loader().schema());
  }

  @Produces
  @Singleton
  ConnectorManager manager(
      Topics topics,
      Records records,
      ConnectRuntime runtime,
      DeclaredReaders readers,
      Events events) {
    Launch launch = Launch.current();
    Path data = launch.first().config().server().dataDirectory();
    return ConnectorManager.open(
        new Drafts(launch.loader(), launch.configPath(), launch.environment(), data),
        topics,
        records,
        new EmbeddedPrivateFiles(new DiskStorage(), data.resolve(SECRETS)),
        runtime,
        readers::declare,
        events,
        Clock.systemUTC());
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
  ConfigEditor editor(Reconfiguration reconfiguration) {
    Launch launch = Launch.current();
    return new ConfigEditor(
        launch.loader(), launch.configPath(), launch.environment(), reconfiguration);
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
