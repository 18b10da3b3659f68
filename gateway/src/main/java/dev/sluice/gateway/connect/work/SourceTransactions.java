package dev.sluice.gateway.connect.work;

import dev.sluice.connector.SourcePosition;
import dev.sluice.gateway.connect.work.AtomicStore.Touched;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.OwnTopics;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.TransactionalProducer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Stores what a source gave exactly once (KIP-618): batches that wait together share a transaction,
 * with the newest of their positions. Belongs to one thread at a time.
 */
final class SourceTransactions {

  private static final Touched POSITIONS =
      new Touched(Set.of(new TopicPartition(OwnTopics.SOURCE_POSITIONS, 0)), Set.of());

  private final Job job;
  private final AtomicStore store;

  private SourceTransactions(Job job, AtomicStore store) {
    this.job = job;
    this.store = store;
  }

  /** Takes over from former tasks: positions may be read when this returns, not before. */
  static SourceTransactions open(Job job) throws InterruptedException {
    AtomicStore store = AtomicStore.open(job);
    boolean unused =
        job.stubborn()
            .run(
                () -> {
                  job.positions().settle();
                  return true;
                });
    return new SourceTransactions(job, store);
  }

  /** Stores the batches; durable and valid when this returns. */
  void store(List<InFlight> batches) throws InterruptedException {
    List<Outgoing> output = new ArrayList<>();
    batches.forEach(batch -> output.addAll(batch.prepared.outgoing()));
    List<SourcePosition> positions = InFlight.newestPositions(batches);
    if (!positions.isEmpty()) {
      store.store(
          output,
          POSITIONS,
          producer ->
              job.positions()
                  .store(
                      job.connector(),
                      positions,
                      (target, changes) -> commit(producer, target, changes)));
    } else if (!output.isEmpty()) {
      store.store(output, new Touched(Set.of(), Set.of()), TransactionalProducer::commit);
    }
  }

  private static void commit(
      TransactionalProducer producer, TopicPartition target, List<NewRecord> changes)
      throws InterruptedException {
    Records.Appended unused = Stubborn.await(producer.append(target, changes));
    producer.commit();
  }
}
