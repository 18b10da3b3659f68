package dev.sluice.broker.front;

import dev.sluice.broker.Broker;
import dev.sluice.broker.config.GroupSettings;
import dev.sluice.broker.kafka.ApiHandler;
import dev.sluice.broker.kafka.ApiRegistry;
import dev.sluice.broker.kafka.Endpoints;
import dev.sluice.broker.kafka.KafkaFrontConfig;
import dev.sluice.broker.kafka.admin.AdminHandlers;
import dev.sluice.broker.kafka.cluster.ClusterHandlers;
import dev.sluice.broker.kafka.data.DataHandlers;
import dev.sluice.broker.kafka.group.GroupHandlers;
import dev.sluice.broker.kafka.group.StreamsTopics;
import dev.sluice.broker.kafka.quota.QuotaHandlers;
import dev.sluice.broker.kafka.security.SecurityHandlers;
import dev.sluice.broker.kafka.transaction.TransactionHandlers;
import dev.sluice.broker.quota.QuotaLimits;
import dev.sluice.broker.quota.StoredClientQuotas;
import dev.sluice.broker.security.Security;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** All APIs that are answered. */
final class Apis {

  private Apis() {}

  static ApiRegistry all(
      Broker broker,
      Endpoints endpoints,
      KafkaFrontConfig config,
      Security security,
      Coordinators coordinators) {
    Clock clock = Clock.systemUTC();
    AtomicReference<ApiRegistry> registry = new AtomicReference<>();
    List<ApiHandler<?>> handlers = new ArrayList<>();
    handlers.addAll(ClusterHandlers.all(broker, endpoints, registry::get, config.topics(), clock));
    handlers.addAll(
        DataHandlers.all(
            broker,
            coordinators.transactions().gate(),
            new StoredClientQuotas(broker.metadata(), System::nanoTime)));
    handlers.addAll(
        GroupHandlers.all(
            coordinators.groups(),
            broker.metadata(),
            endpoints,
            coordinators.transactions().gate(),
            new StreamsTopics(broker.topics(), config.topics())));
    handlers.addAll(
        TransactionHandlers.all(
            broker,
            coordinators.transactions(),
            group -> coordinators.groups().partitionOf(group).partition(),
            clock));
    handlers.addAll(
        AdminHandlers.all(
            broker, config.topics(), GroupSettings.within(config.groups().toCoordinatorConfig())));
    handlers.addAll(SecurityHandlers.all(security));
    handlers.addAll(QuotaHandlers.all(new QuotaLimits(broker.metadata())));
    ApiRegistry apis = new ApiRegistry(handlers);
    registry.set(apis);
    return apis;
  }
}
