package dev.sluice.broker.kafka.admin;

import dev.sluice.broker.Broker;
import dev.sluice.broker.config.BrokerDefaults;
import dev.sluice.broker.config.BrokerSettings;
import dev.sluice.broker.config.GroupSettings;
import dev.sluice.broker.kafka.ApiHandler;
import dev.sluice.broker.metadata.ThisNode;
import java.util.List;

/** The handlers of this package. */
public final class AdminHandlers {

  private AdminHandlers() {}

  /**
   * One of each.
   *
   * @param defaults what a new topic gets that its creator leaves open
   * @param groups the settings that consumer groups have
   */
  public static List<ApiHandler<?>> all(
      Broker broker, BrokerDefaults defaults, GroupSettings groups) {
    ConfigResources resources = new ConfigResources(broker.metadata(), broker.topics(), groups);
    return List.of(
        new CreateTopicsHandler(broker.topics(), defaults),
        new DeleteTopicsHandler(broker.topics()),
        new CreatePartitionsHandler(broker.topics()),
        new DeleteRecordsHandler(broker),
        new DescribeConfigsHandler(
            new ConfigDescriptions(
                broker, groups, new BrokerSettings(ThisNode.ID, defaults, broker.directory()))),
        new AlterConfigsHandler(resources),
        new IncrementalAlterConfigsHandler(resources),
        new ListConfigResourcesHandler(broker.metadata()),
        new DescribeLogDirsHandler(broker),
        new AlterReplicaLogDirsHandler(broker),
        new ElectLeadersHandler(broker.topics()),
        new AlterPartitionReassignmentsHandler(broker.topics()),
        new ListPartitionReassignmentsHandler());
  }
}
