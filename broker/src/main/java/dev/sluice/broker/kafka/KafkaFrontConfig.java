package dev.sluice.broker.kafka;

import dev.sluice.broker.group.CoordinatorSettings;
import java.util.List;

/**
 * How a broker appears to Kafka clients.
 *
 * @param listeners where they connect
 * @param limits what they may take
 * @param autoCreateTopics whether topics come into being when they are asked for
 * @param defaultPartitions how many partitions topics get where nobody says
 * @param groups of consumers
 */
public record KafkaFrontConfig(
    List<ListenerConfig> listeners,
    ServerLimits limits,
    boolean autoCreateTopics,
    int defaultPartitions,
    CoordinatorSettings groups) {

  /** Copies what it is given. */
  public KafkaFrontConfig {
    listeners = List.copyOf(listeners);
  }

  /** Plain connections on the loopback interface, and everything else as Kafka has it. */
  public static KafkaFrontConfig loopback(int port) {
    return new KafkaFrontConfig(
        List.of(ListenerConfig.loopback(port)),
        ServerLimits.DEFAULT,
        true,
        1,
        CoordinatorSettings.DEFAULT);
  }

  /** The same with other settings for groups. */
  public KafkaFrontConfig withGroups(CoordinatorSettings newGroups) {
    return new KafkaFrontConfig(listeners, limits, autoCreateTopics, defaultPartitions, newGroups);
  }
}
