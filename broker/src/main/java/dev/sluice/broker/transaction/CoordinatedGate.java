package dev.sluice.broker.transaction;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;

/** The gate that a coordinator keeps. */
final class CoordinatedGate implements TransactionGate {

  private static final long TIMEOUT_SECONDS = 30;

  private final TransactionCoordinator coordinator;

  CoordinatedGate(TransactionCoordinator coordinator) {
    this.coordinator = coordinator;
  }

  @Override
  public void admit(
      String transactionalId,
      long producerId,
      short epoch,
      Set<TopicPartition> partitions,
      boolean mayAdd) {
    enter(transactionalId, producerId, epoch, partitions, mayAdd).close();
  }

  @Override
  public Pass enter(
      String transactionalId,
      long producerId,
      short epoch,
      Set<TopicPartition> partitions,
      boolean mayAdd) {
    ProducerIdentity producer = new ProducerIdentity(producerId, epoch);
    CoordinatedId id = coordinator.find(transactionalId).orElse(null);
    if (id != null) {
      Pass pass = tryEnter(id, producer, partitions);
      if (pass != Pass.NONE) {
        return pass;
      }
      if (mayAdd) {
        add(transactionalId, producer, partitions);
        pass = tryEnter(id, producer, partitions);
        if (pass != Pass.NONE) {
          return pass;
        }
      }
    }
    throw refusal(coordinator.verify(transactionalId, producer, partitions));
  }

  /** Looks only after the pass has been taken; see {@link Passes}. */
  private static Pass tryEnter(
      CoordinatedId id, ProducerIdentity producer, Set<TopicPartition> partitions) {
    Pass pass = id.passes().take();
    if (id.hasAdmitted(producer, partitions)) {
      return pass;
    }
    pass.close();
    return Pass.NONE;
  }

  private void add(
      String transactionalId, ProducerIdentity producer, Set<TopicPartition> partitions) {
    CompletableFuture<Answer> answer =
        coordinator.addPartitions(transactionalId, producer, partitions, true);
    try {
      Errors error = answer.copy().orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join().error();
      if (error != Errors.NONE) {
        throw refusal(error);
      }
    } catch (CompletionException late) {
      throw Errors.COORDINATOR_NOT_AVAILABLE.exception(
          "The transaction's state could not be stored within " + TIMEOUT_SECONDS + " s");
    }
  }

  /** Producers expect to be told of a newer instance in this way when they produce. */
  private static RuntimeException refusal(Errors error) {
    return switch (error) {
      case PRODUCER_FENCED -> Errors.INVALID_PRODUCER_EPOCH.exception();
      case NONE -> Errors.CONCURRENT_TRANSACTIONS.exception();
      default -> error.exception();
    };
  }
}
