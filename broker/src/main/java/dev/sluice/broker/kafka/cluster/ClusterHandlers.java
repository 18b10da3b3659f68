package dev.sluice.broker.kafka.cluster;

import dev.sluice.broker.Broker;
import dev.sluice.broker.config.BrokerDefaults;
import dev.sluice.broker.kafka.ApiHandler;
import dev.sluice.broker.kafka.ApiRegistry;
import dev.sluice.broker.kafka.Endpoints;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/** The handlers of this package. */
public final class ClusterHandlers {

  private ClusterHandlers() {}

  /**
   * One of each.
   *
   * @param registry what is advertised; asked for with each request
   * @param defaults whether topics come into being when they are asked for, and how
   */
  public static List<ApiHandler<?>> all(
      Broker broker,
      Endpoints endpoints,
      Supplier<ApiRegistry> registry,
      BrokerDefaults defaults,
      Clock clock) {
    ClusterView cluster = new ClusterView(broker, endpoints);
    return List.of(
        new ApiVersionsHandler(registry),
        new MetadataHandler(cluster, broker.topics(), defaults),
        new DescribeClusterHandler(cluster),
        new DescribeQuorumHandler(cluster, clock),
        new DescribeTopicPartitionsHandler(cluster));
  }
}
