package dev.sluice.broker.kafka;

import dev.sluice.broker.config.BrokerDefaults;
import dev.sluice.broker.group.CoordinatorSettings;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.security.auth.KafkaPrincipal;

/**
 * How a broker appears to Kafka clients.
 *
 * @param listeners where they connect
 * @param limits what they may take
 * @param topics what a new topic gets that its creator leaves open
 * @param groups of consumers
 * @param superUsers may do everything, whatever the access rules say
 */
public record KafkaFrontConfig(
    List<ListenerConfig> listeners,
    ServerLimits limits,
    BrokerDefaults topics,
    CoordinatorSettings groups,
    Set<KafkaPrincipal> superUsers) {

  /** Copies what it is given. */
  public KafkaFrontConfig {
    listeners = List.copyOf(listeners);
    superUsers = Set.copyOf(superUsers);
  }

  /** Plain connections on the loopback interface, and everything else as Kafka has it. */
  public static KafkaFrontConfig loopback(int port) {
    return new KafkaFrontConfig(
        List.of(ListenerConfig.loopback(port)),
        ServerLimits.DEFAULT,
        BrokerDefaults.STANDARD,
        CoordinatorSettings.DEFAULT,
        Set.of());
  }

  /** The same with other settings of groups. */
  public KafkaFrontConfig withGroups(CoordinatorSettings newGroups) {
    return new KafkaFrontConfig(listeners, limits, topics, newGroups, superUsers);
  }
}
