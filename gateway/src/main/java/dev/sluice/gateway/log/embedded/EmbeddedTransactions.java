package dev.sluice.gateway.log.embedded;

import dev.sluice.broker.Broker;
import dev.sluice.broker.group.GroupService;
import dev.sluice.broker.transaction.Answer;
import dev.sluice.broker.transaction.ProducerIdentity;
import dev.sluice.broker.transaction.TransactionCoordinator;
import dev.sluice.gateway.log.TransactionalProducer;
import dev.sluice.gateway.log.Transactions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.coordinator.transaction.TransactionState;

/** {@link Transactions} on the broker's transaction coordinator, as a Kafka client uses it. */
public final class EmbeddedTransactions implements Transactions {

  /**
   * How long a transaction may be open. A task's takes milliseconds; what is left open by one that
   * never comes back holds readers up for so long.
   */
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final Broker broker;
  private final TransactionCoordinator coordinator;
  private final GroupService groups;
  private final Insistence insistence = Insistence.DEFAULT;

  public EmbeddedTransactions(
      Broker broker, TransactionCoordinator coordinator, GroupService groups) {
    this.broker = broker;
    this.coordinator = coordinator;
    this.groups = groups;
  }

  @Override
  public TransactionalProducer open(String transactionalId) throws InterruptedException {
    return new EmbeddedProducer(
        broker, coordinator, groups, insistence, transactionalId, initialize(transactionalId));
  }

  private ProducerIdentity initialize(String transactionalId) throws InterruptedException {
    int timeoutMillis = Math.toIntExact(TIMEOUT.toMillis());
    Answer answer =
        insistence.ask(
            "Transactional id " + transactionalId,
            () -> coordinator.initialize(transactionalId, timeoutMillis, Optional.empty()));
    return answer.producer();
  }

  @Override
  public void settle(String prefix) throws InterruptedException {
    for (String transactionalId : insistence.get(() -> unfinished(prefix))) {
      ProducerIdentity unused = initialize(transactionalId);
    }
  }

  private List<String> unfinished(String prefix) {
    return coordinator.list().entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(prefix) && !isComplete(entry.getValue().state()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static boolean isComplete(TransactionState state) {
    return switch (state) {
      case EMPTY, COMPLETE_COMMIT, COMPLETE_ABORT, DEAD -> true;
      case ONGOING, PREPARE_COMMIT, PREPARE_ABORT, PREPARE_EPOCH_FENCE -> false;
    };
  }
}
