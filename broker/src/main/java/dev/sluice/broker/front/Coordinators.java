package dev.sluice.broker.front;

import dev.sluice.broker.Broker;
import dev.sluice.broker.group.CoordinatorSettings;
import dev.sluice.broker.group.GroupHost;
import dev.sluice.broker.group.GroupService;
import dev.sluice.broker.security.AccessControl;
import dev.sluice.broker.transaction.OffsetsMarker;
import dev.sluice.broker.transaction.TransactionCoordinator;
import dev.sluice.broker.transaction.TransactionPorts;
import dev.sluice.broker.transaction.TransactionSettings;
import java.time.Clock;

/**
 * The coordinators of groups and of transactions, which need each other: offsets are committed
 * within transactions, and transactions end in the topic of offsets.
 *
 * @param groups of consumers
 * @param transactions of producers
 */
record Coordinators(GroupService groups, TransactionCoordinator transactions)
    implements AutoCloseable {

  static Coordinators start(
      Broker broker, AccessControl access, CoordinatorSettings groupSettings) {
    GroupService groups =
        new GroupService(
            new GroupHost(broker.topics(), broker.metadata(), broker::partition, access),
            groupSettings);
    try {
      OffsetsMarker offsets = groups::completeTransaction;
      TransactionCoordinator transactions =
          TransactionCoordinator.start(
              new TransactionPorts(
                  broker.metadata(),
                  broker.topics(),
                  broker::partition,
                  offsets,
                  Clock.systemUTC()),
              TransactionSettings.DEFAULT);
      return new Coordinators(groups, transactions);
    } catch (RuntimeException e) {
      groups.close();
      throw e;
    }
  }

  /** Transactions first: they end in the topic of the other. */
  @Override
  public void close() {
    transactions.close();
    groups.close();
  }
}
