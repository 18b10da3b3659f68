package dev.sluice.gateway.kafka;

import dev.sluice.broker.config.BrokerDefaults;
import dev.sluice.broker.group.CoordinatorSettings;
import dev.sluice.broker.kafka.KafkaFrontConfig;
import dev.sluice.broker.kafka.ListenerConfig;
import dev.sluice.broker.kafka.ServerLimits;
import dev.sluice.broker.kafka.TransportFactory;
import dev.sluice.broker.metadata.TopicConfig;
import dev.sluice.broker.security.SecuritySettings;
import dev.sluice.gateway.config.KafkaSpec;
import dev.sluice.gateway.log.OwnTopics;
import java.util.Set;

/** The configuration in the broker's words. */
final class FrontSettings {

  private FrontSettings() {}

  static KafkaFrontConfig of(KafkaSpec spec) {
    return new KafkaFrontConfig(
        spec.listeners().stream().map(FrontSettings::of).toList(),
        of(spec.limits()),
        new BrokerDefaults(spec.defaultPartitions(), spec.autoCreateTopics(), TopicConfig.FOREVER),
        CoordinatorSettings.DEFAULT,
        SecuritySettings.DEFAULT,
        OwnTopics.ALL);
  }

  private static ListenerConfig of(KafkaSpec.Listener listener) {
    return new ListenerConfig(
        listener.name(),
        listener.host(),
        listener.port(),
        listener.advertisedHost(),
        listener.advertisedPort(),
        Set.of(),
        TransportFactory.PLAIN);
  }

  private static ServerLimits of(KafkaSpec.Limits limits) {
    return new ServerLimits(
        limits.requestBytes(),
        limits.memoryBytes(),
        limits.connections(),
        limits.inFlight(),
        limits.idle(),
        limits.transfer());
  }
}
