package dev.sluice.broker.kafka;

import dev.sluice.broker.config.BrokerDefaults;
import dev.sluice.broker.group.CoordinatorSettings;
import dev.sluice.broker.security.SecuritySettings;
import java.util.List;
import java.util.function.Predicate;

/**
 * How a broker appears to Kafka clients.
 *
 * @param listeners where they connect
 * @param limits what they may take
 * @param topics what a new topic gets that its creator leaves open
 * @param groups of consumers
 * @param security who may do everything, and how clients prove who they are
 * @param readOnly tells of a topic's name whether it belongs to the program around the broker:
 *     clients may read such topics and nothing else
 */
public record KafkaFrontConfig(
    List<ListenerConfig> listeners,
    ServerLimits limits,
    BrokerDefaults topics,
    CoordinatorSettings groups,
    SecuritySettings security,
    Predicate<String> readOnly) {

  /** Copies what it is given. */
  public KafkaFrontConfig {
    listeners = List.copyOf(listeners);
  }

  /** All topics are the clients'. */
  public KafkaFrontConfig(
      List<ListenerConfig> listeners,
      ServerLimits limits,
      BrokerDefaults topics,
      CoordinatorSettings groups,
      SecuritySettings security) {
    this(listeners, limits, topics, groups, security, topic -> false);
  }

  /** Plain connections on the loopback interface, and everything else as Kafka has it. */
  public static KafkaFrontConfig loopback(int port) {
    return new KafkaFrontConfig(
        List.of(ListenerConfig.loopback(port)),
        ServerLimits.DEFAULT,
        BrokerDefaults.STANDARD,
        CoordinatorSettings.DEFAULT,
        SecuritySettings.DEFAULT);
  }

  /** The same with other settings of groups. */
  public KafkaFrontConfig withGroups(CoordinatorSettings newGroups) {
    return new KafkaFrontConfig(listeners, limits, topics, newGroups, security, readOnly);
  }
}
