package dev.sluice.broker.kafka.transaction;

import dev.sluice.broker.Broker;
import dev.sluice.broker.kafka.ApiHandler;
import dev.sluice.broker.transaction.TransactionCoordinator;
import java.time.Clock;
import java.util.List;
import java.util.function.ToIntFunction;

/** The handlers of this package. */
public final class TransactionHandlers {

  private TransactionHandlers() {}

  /**
   * All of them.
   *
   * @param groupPartition which partition of {@code __consumer_offsets} has a group's offsets
   * @param clock for the age of transactions
   */
  public static List<ApiHandler<?>> all(
      Broker broker,
      TransactionCoordinator coordinator,
      ToIntFunction<String> groupPartition,
      Clock clock) {
    return List.of(
        new InitProducerIdHandler(coordinator),
        new AddPartitionsToTxnHandler(coordinator, broker.topics()),
        new AddOffsetsToTxnHandler(coordinator, groupPartition),
        new EndTxnHandler(coordinator),
        new WriteTxnMarkersHandler(coordinator),
        new DescribeProducersHandler(broker),
        new DescribeTransactionsHandler(coordinator),
        new ListTransactionsHandler(coordinator, clock));
  }
}
