package dev.sluice.broker.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.transaction.TransactionEvent.AddPartitions;
import dev.sluice.broker.transaction.TransactionEvent.End;
import dev.sluice.broker.transaction.TransactionEvent.Initialize;
import dev.sluice.broker.transaction.TransactionEvent.Request;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.TransactionResult;
import org.jspecify.annotations.Nullable;

/**
 * A client with the transactional id: one request at a time, repeated when its answer is lost or
 * says so; and now and then a batch that comes out of the blue.
 */
final class SimulatedProducer {

  private static final int TIMEOUT_MILLIS = 60_000;

  private final int number;
  private final boolean endsEpochs;
  private final Random random;
  private final SimulatedCoordinator coordinator;
  private final Map<String, TransactionResult> promised;
  private @Nullable ProducerIdentity identity;
  private @Nullable Request asked;
  private boolean isWaiting;
  private boolean hasEnded;
  private boolean hasTouched;
  private boolean isDead;
  private boolean isFenced;
  private int transactions;

  SimulatedProducer(
      int number,
      Random random,
      SimulatedCoordinator coordinator,
      Map<String, TransactionResult> promised) {
    this.number = number;
    this.random = random;
    this.endsEpochs = random.nextBoolean();
    this.coordinator = coordinator;
    this.promised = promised;
  }

  private String label() {
    return "producer " + number + ", transaction " + transactions;
  }

  /** A newer instance has begun: nothing that this one does may work any more. */
  void fence() {
    isFenced = true;
  }

  boolean isDead() {
    return isDead;
  }

  void act(List<TopicPartition> all, Runnable whenBegun) {
    TopicPartition partition = all.get(random.nextInt(all.size()));
    ProducerIdentity me = identity;
    if (me != null && random.nextInt(4) == 0 && !hasEnded) {
      append(partition, me);
    }
    if (isWaiting) {
      return;
    }
    Request again = asked;
    if (again == null) {
      again = next(me, partition);
      asked = again;
    }
    ask(again, whenBegun);
  }

  /** The connection broke: whatever was asked has to be asked again. */
  void disconnect() {
    isWaiting = false;
  }

  private Request next(@Nullable ProducerIdentity me, TopicPartition partition) {
    if (me == null) {
      return new Initialize(TIMEOUT_MILLIS, Optional.empty(), ProducerIdentity.NO_ID);
    }
    if (random.nextInt(3) > 0 || (!hasTouched && !endsEpochs)) {
      return new AddPartitions(me, Set.of(partition), (short) (endsEpochs ? 2 : 0));
    }
    hasEnded = true;
    // A client of the second generation may abort what it does not know to have begun.
    TransactionResult result =
        hasTouched && random.nextBoolean() ? TransactionResult.COMMIT : TransactionResult.ABORT;
    return new End(me, result, endsEpochs, ProducerIdentity.NO_ID);
  }

  private void ask(Request request, Runnable whenBegun) {
    isWaiting = true;
    boolean isLost = random.nextInt(8) == 0;
    coordinator.ask(
        request,
        answer -> {
          if (answer.error() == Errors.NONE) {
            if (request instanceof Initialize init && init.expected().isEmpty()) {
              isFenced = false;
              whenBegun.run();
            }
            assertThat(isFenced).as("A FENCED PRODUCER NEVER SUCCEEDS: " + request).isFalse();
          }
          isWaiting = false;
          if (!isLost && request == asked) {
            answered(request, answer);
          }
        });
  }

  private void answered(Request request, Answer answer) {
    switch (answer.error()) {
      case NONE -> {
        asked = null;
        succeeded(request, answer);
      }
      case CONCURRENT_TRANSACTIONS, COORDINATOR_NOT_AVAILABLE -> {}
      case PRODUCER_FENCED -> {
        ProducerIdentity me = identity;
        if (hasEnded || me == null || request instanceof Initialize || random.nextBoolean()) {
          isDead = true;
        } else {
          // As clients do after an error of this kind (KIP-360): what was open has been aborted.
          asked = new Initialize(TIMEOUT_MILLIS, Optional.of(me), ProducerIdentity.NO_ID);
        }
      }
      default -> isDead = true;
    }
  }

  private void succeeded(Request request, Answer answer) {
    switch (request) {
      case Initialize unused -> {
        identity = answer.producer();
        beginNext();
      }
      case AddPartitions add -> {
        hasTouched = true;
        append(add.partitions().iterator().next(), add.producer());
      }
      case End end -> {
        promised.put(label(), end.result());
        if (endsEpochs) {
          identity = answer.producer();
        }
        beginNext();
      }
      default -> throw new IllegalStateException("Clients don't ask for " + request);
    }
  }

  private void beginNext() {
    transactions++;
    hasTouched = false;
    hasEnded = false;
  }

  private void append(TopicPartition partition, ProducerIdentity me) {
    boolean isAppended = coordinator.append(partition, me, label());
    assertThat(isAppended && isFenced).as("A FENCED PRODUCER NEVER SUCCEEDS").isFalse();
  }
}
