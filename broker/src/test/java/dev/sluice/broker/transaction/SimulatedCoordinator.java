package dev.sluice.broker.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.transaction.TransactionEvent.MarkersWritten;
import dev.sluice.broker.transaction.TransactionEvent.NotStored;
import dev.sluice.broker.transaction.TransactionEvent.Request;
import dev.sluice.broker.transaction.TransactionEvent.Stored;
import dev.sluice.broker.transaction.TransactionEvent.TimeOut;
import dev.sluice.broker.transaction.TransactionStep.Effect;
import dev.sluice.broker.transaction.TransactionStep.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;

/**
 * One transactional id under simulated disk and time: steps are the real ones; storing takes until
 * {@link #finishStoring}, may fail so that nobody knows, and may be cut short by a crash.
 */
final class SimulatedCoordinator {

  private final Random random;
  private final SimulatedPartitions partitions;
  private State state = State.UNKNOWN;
  private @Nullable Transaction log;
  private long nextProducerId = 1_000;
  private long now = 1_000_000;

  private @Nullable Storing storing;
  private @Nullable Transaction ending;
  private final List<TopicPartition> markersLeft = new ArrayList<>();

  private record Storing(@Nullable Transaction next, Consumer<Answer> asker) {}

  SimulatedCoordinator(Random random, SimulatedPartitions partitions) {
    this.random = random;
    this.partitions = partitions;
  }

  /** Begins with a producer near the end of its epochs. */
  void startAt(ProducerIdentity producer) {
    Transaction created = Transaction.created(producer.id(), 60_000, now);
    log = created.initialized(producer, ProducerIdentity.NO_EPOCH, 60_000, now);
    state = new State(log, null);
  }

  void ask(Request request, Consumer<Answer> asker) {
    take(request, asker);
  }

  private void take(TransactionEvent event, Consumer<Answer> asker) {
    TransactionStep step = TransactionStep.of(state, event, now);
    checkEpochs(state.durable(), step.next().durable());
    state = step.next();
    for (Effect effect : step.effects()) {
      switch (effect) {
        case Effect.Reply reply -> asker.accept(reply.answer());
        case Effect.Store store -> {
          assertThat(storing).as("ONE-AT-A-TIME").isNull();
          storing = new Storing(store.next(), asker);
        }
        case Effect.WriteMarkers write -> beginEnding(write.prepared());
        case Effect.BringProducerId unused ->
            take(((Request) event).withNewProducerId(nextProducerId++), asker);
      }
    }
  }

  /** EPOCH-NEVER-GOES-BACK. */
  private static void checkEpochs(@Nullable Transaction before, @Nullable Transaction after) {
    if (before != null && after != null) {
      if (before.producer().id() == after.producer().id()) {
        assertThat(after.producer().epoch()).isGreaterThanOrEqualTo(before.producer().epoch());
      } else {
        assertThat(after.producer().id()).isGreaterThan(before.producer().id());
      }
      assertThat(after.producer().epoch()).isNotNegative();
    }
  }

  private void beginEnding(Transaction prepared) {
    assertThat(log).as("STORED-THEN-TOLD").isEqualTo(prepared);
    ending = prepared;
    markersLeft.clear();
    markersLeft.addAll(prepared.partitions());
  }

  /** The disk answers, if anything is being stored: yes, no, or no although it is there. */
  void finishStoring() {
    Storing done = storing;
    if (done == null) {
      return;
    }
    storing = null;
    int luck = random.nextInt(10);
    if (luck < 8) {
      log = done.next();
      take(new Stored(), done.asker());
      return;
    }
    if (luck == 8) {
      log = done.next();
    }
    take(new NotStored(Errors.COORDINATOR_NOT_AVAILABLE), done.asker());
  }

  /** Writes one marker that is due, or says that all are written. */
  void writeMarker() {
    Transaction prepared = ending;
    if (prepared == null || storing != null) {
      return;
    }
    if (!markersLeft.isEmpty()) {
      TopicPartition next = markersLeft.remove(random.nextInt(markersLeft.size()));
      partitions.end(next, prepared.producer(), prepared.result());
      return;
    }
    take(
        new MarkersWritten(),
        answer -> {
          if (answer.error() == Errors.NONE) {
            ending = null;
          }
        });
  }

  /** Forgets everything that is not in the log, and begins again with that. */
  void crash() {
    Storing cut = storing;
    if (cut != null && random.nextBoolean()) {
      log = cut.next();
    }
    storing = null;
    ending = null;
    state = new State(log, null);
    if (log != null && log.isEnding()) {
      beginEnding(log);
    }
  }

  void passTime(long millis) {
    now += millis;
    if (log != null) {
      take(new TimeOut(), answer -> {});
    }
  }

  /** Appends if the gate lets it through. */
  boolean append(TopicPartition partition, ProducerIdentity producer, String label) {
    Transaction durable = state.durable();
    return durable != null
        && durable.isOngoing()
        && TransactionRules.verify(durable, producer, Set.of(partition)) == Errors.NONE
        && partitions.append(partition, producer, label);
  }

  /** Until nothing moves any more and no transaction is open. */
  void settle() {
    for (int i = 0; i < 1_000; i++) {
      finishStoring();
      writeMarker();
      passTime(100_000);
    }
    assertThat(storing).isNull();
    assertThat(ending).isNull();
    assertThat(state.durable() != null && state.durable().isOngoing()).isFalse();
  }
}
