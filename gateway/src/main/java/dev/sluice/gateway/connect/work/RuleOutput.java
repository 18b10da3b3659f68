package dev.sluice.gateway.connect.work;

import dev.sluice.gateway.connect.work.AtomicStore.Touched;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.TopicPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What a rule under exactly once has to write: output and dead letters are collected, as much as
 * one read brings, and stored in one transaction with the offsets of the group. Belongs to one
 * thread.
 */
final class RuleOutput implements Appends {

  private final Job job;
  private final String group;
  private final List<Outgoing> collected = new ArrayList<>();
  private @Nullable AtomicStore store;

  RuleOutput(Job job) {
    this.job = job;
    this.group = Job.group(job.connector());
  }

  /** Takes over from former tasks: offsets of the group may be read when this returns. */
  void open() throws InterruptedException {
    store = AtomicStore.open(job);
  }

  /** Keeps the records for the next transaction; says they were appended, at no offset. */
  @Override
  public CompletableFuture<Records.Appended> append(TopicPartition target, List<NewRecord> batch) {
    collected.add(Outgoing.of(target, batch));
    return CompletableFuture.completedFuture(new Records.Appended(target, -1, batch.size()));
  }

  /** How much has been collected. */
  int size() {
    return collected.size();
  }

  /** Forgets what was collected after there was so much. */
  void cut(int size) {
    collected.subList(size, collected.size()).clear();
  }

  /** Stores what was collected together with the offsets behind what it was made of. */
  void commit(Map<TopicPartition, Long> offsets) throws InterruptedException {
    Objects.requireNonNull(store, "open comes first")
        .store(
            List.copyOf(collected),
            new Touched(Set.of(), Set.of(group)),
            producer -> {
              producer.commitOffsets(group, offsets);
              producer.commit();
            });
    collected.forEach(this::tell);
    collected.clear();
  }

  private void tell(Outgoing stored) {
    String topic = stored.topicPartition.topic();
    if (!topic.equals(job.spec().errors().deadLetterTopic())) {
      job.monitor().wrote(topic, stored.records.size());
    }
  }
}
