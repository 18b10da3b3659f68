package dev.sluice.broker.kafka.data;

import dev.sluice.broker.Broker;
import dev.sluice.broker.kafka.ApiHandler;
import dev.sluice.broker.quota.ClientQuotas;
import dev.sluice.broker.transaction.TransactionGate;
import java.util.List;

/** The handlers of this package. */
public final class DataHandlers {

  private static final int MAX_SESSIONS = 1_000;
  private static final int MAX_SESSION_PARTITIONS = 100_000;

  private DataHandlers() {}

  /** One of each. */
  public static List<ApiHandler<?>> all(
      Broker broker, TransactionGate transactions, ClientQuotas quotas) {
    TopicPartitions topics = new TopicPartitions(broker);
    return List.of(
        new ProduceHandler(topics, transactions, quotas),
        new FetchHandler(topics, new FetchSessions(MAX_SESSIONS, MAX_SESSION_PARTITIONS), quotas),
        new ListOffsetsHandler(topics),
        new OffsetForLeaderEpochHandler(topics));
  }
}
