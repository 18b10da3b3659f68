package dev.sluice.gateway.rest;

import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.config.ConnectorTypes;
import dev.sluice.gateway.config.GatewayConfig;
import dev.sluice.gateway.config.KafkaSecuritySpec;
import dev.sluice.gateway.config.KafkaSpec;
import dev.sluice.gateway.config.ServerSpec;
import dev.sluice.gateway.config.TopicSpec;
import dev.sluice.gateway.connect.ConnectorView;
import dev.sluice.gateway.connect.Connectors;
import dev.sluice.gateway.connect.trial.Trials;
import dev.sluice.gateway.kafka.KafkaEndpoint;
import dev.sluice.gateway.log.Disk;
import dev.sluice.gateway.log.Groups;
import dev.sluice.gateway.log.InMemoryLog;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.Retention;
import dev.sluice.gateway.log.TopicSettings;
import dev.sluice.gateway.log.Topics;
import dev.sluice.gateway.rest.status.ConfigSchema;
import dev.sluice.gateway.rest.status.LoadedConfig;
import dev.sluice.gateway.rest.trial.DraftReader;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The ports of an application under test; {@link InMemoryPorts} selects them. */
@Singleton
@Alternative
public final class TestPorts {

  private static final KafkaSpec KAFKA =
      new KafkaSpec(
          List.of(new KafkaSpec.Listener("main", "127.0.0.1", 9092, null, null, null, Set.of())),
          new KafkaSpec.Limits(
              100 << 20, 256L << 20, 4096, 64, Duration.ofMinutes(10), Duration.ofSeconds(30)),
          true,
          1,
          KafkaSecuritySpec.OPEN);

  private final FakeKafka kafka = new FakeKafka();
  private final InMemoryLog log = new InMemoryLog();
  private final CountingRecords records = new CountingRecords(log);
  private final FakeConnectors connectors = new FakeConnectors();
  private volatile Disk.Space space = new Disk.Space("/data", 1L << 40, 1L << 39);

  public InMemoryLog log() {
    return log;
  }

  CountingRecords records() {
    return records;
  }

  public FakeConnectors connectors() {
    return connectors;
  }

  public FakeKafka kafka() {
    return kafka;
  }

  @Produces
  @Singleton
  KafkaEndpoint kafkaPort() {
    return kafka;
  }

  @Produces
  @Singleton
  Topics topics() {
    return log;
  }

  @Produces
  @Singleton
  Records recordsPort() {
    return records;
  }

  /** Says from now on how much room there is. */
  public void free(long freeBytes) {
    space = new Disk.Space("/data", 1L << 40, freeBytes);
  }

  @Produces
  @Singleton
  Disk disk() {
    return () -> Optional.of(space);
  }

  @Produces
  @Singleton
  Groups groups() {
    return log.groups();
  }

  @Produces
  @Singleton
  Connectors connectorsPort() {
    return connectors;
  }

  @Produces
  @Singleton
  DraftReader drafts() {
    return new FakeDrafts(ConnectorTypes.installed());
  }

  @Produces
  @Singleton
  Trials trials() {
    return new Trials(ConnectorTypes.installed(), log, Clock.systemUTC());
  }

  @Produces
  @Singleton
  ConfigSchema configSchema() {
    return () -> "{\"$schema\": \"https://json-schema.org/draft/2020-12/schema\"}";
  }

  @Produces
  @Singleton
  LoadedConfig loadedConfig() {
    return () ->
        new GatewayConfig(
            new ServerSpec("127.0.0.1", 8080, Path.of("data"), KAFKA),
            Map.of(
                "orders",
                new TopicSpec(
                    "orders", 6, new TopicSettings(new Retention(Duration.ofDays(7), null)))),
            connectors.list().stream()
                .map(ConnectorView::spec)
                .collect(Collectors.toMap(ConnectorSpec::name, spec -> spec)));
  }
}
