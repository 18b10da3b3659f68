package dev.sluice.broker.kafka.admin;

import dev.sluice.broker.Broker;
import dev.sluice.broker.config.BrokerSettings;
import dev.sluice.broker.config.GroupSettings;
import dev.sluice.broker.topic.TopicException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigSource;

/** What is set for what. Thread-safe. */
final class ConfigDescriptions {

  private final Broker broker;
  private final GroupSettings groups;
  private final BrokerSettings server;

  ConfigDescriptions(Broker broker, GroupSettings groups, BrokerSettings server) {
    this.broker = broker;
    this.groups = groups;
    this.server = server;
  }

  /**
   * All settings of a resource.
   *
   * @throws RuntimeException if it can't have any, or is a topic that isn't there
   */
  List<ConfigEntry> of(ConfigResource resource) {
    String name = resource.name();
    return switch (resource.type()) {
      case TOPIC ->
          ConfigEntry.ofTopic(
              broker.topics().find(name).orElseThrow(() -> TopicException.unknown(name)).config());
      case GROUP -> ofGroup(name);
      case BROKER -> ofBroker(name);
      case CLIENT_METRICS -> List.of(); // As of a subscription in which nothing is set.
      case BROKER_LOGGER ->
          throw new InvalidRequestException("Log levels are not managed through Kafka's protocol.");
      case UNKNOWN -> throw new InvalidRequestException("Resources of this type have no settings.");
    };
  }

  private List<ConfigEntry> ofGroup(String name) {
    ConfigAccess.requireGroup(name);
    Map<String, String> set =
        broker.metadata().state().groupSettings().getOrDefault(name, Map.of());
    return ConfigEntry.of(groups.settings(), set, ConfigSource.GROUP_CONFIG);
  }

  private List<ConfigEntry> ofBroker(String name) {
    if (name.isEmpty()) {
      return List.of(); // Nothing is ever set for all brokers of the cluster.
    }
    ConfigAccess.requireThisBroker(name);
    return ConfigEntry.of(server.settings(), server.set(), ConfigSource.STATIC_BROKER_CONFIG);
  }
}
