package dev.sluice.broker.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.requests.TransactionResult;

/**
 * Partitions as the rules of their logs have them: which transaction each producer has open, by the
 * label that its client gave it, and how those ended that are closed.
 */
final class SimulatedPartitions {

  private static final class Known {
    short epoch;
    final Set<String> open = new HashSet<>();
  }

  private final Map<TopicPartition, Map<Long, Known>> producers = new HashMap<>();
  private final Map<String, EnumSet<TransactionResult>> outcomes = new HashMap<>();
  private final List<TopicPartition> all = new ArrayList<>();

  SimulatedPartitions(int count) {
    for (int i = 0; i < count; i++) {
      all.add(new TopicPartition("t", i));
    }
  }

  List<TopicPartition> all() {
    return all;
  }

  /** Appends a record of a transaction; false if the epoch is an old one. */
  boolean append(TopicPartition partition, ProducerIdentity producer, String label) {
    Known known = known(partition, producer.id());
    if (producer.epoch() < known.epoch) {
      return false;
    }
    known.epoch = producer.epoch();
    known.open.add(label);
    return true;
  }

  void end(TopicPartition partition, ProducerIdentity producer, TransactionResult result) {
    Known known = known(partition, producer.id());
    assertThat(producer.epoch())
        .as("a marker is never too late")
        .isGreaterThanOrEqualTo(known.epoch);
    known.epoch = producer.epoch();
    for (String label : known.open) {
      outcomes.computeIfAbsent(label, any -> EnumSet.noneOf(TransactionResult.class)).add(result);
    }
    known.open.clear();
  }

  /** ONE-OUTCOME: no transaction ended in two ways. */
  void checkOneOutcome() {
    outcomes.forEach((label, results) -> assertThat(results).as(label).hasSize(1));
  }

  /** No partition has been left open. */
  void checkNothingOpen() {
    producers.forEach(
        (partition, known) ->
            known.forEach(
                (id, producer) -> assertThat(producer.open).as(partition + " by " + id).isEmpty()));
  }

  /** How a transaction ended; null if it has no records, or is open. */
  Set<TransactionResult> outcome(String label) {
    return outcomes.getOrDefault(label, EnumSet.noneOf(TransactionResult.class));
  }

  private Known known(TopicPartition partition, long producerId) {
    return producers
        .computeIfAbsent(partition, any -> new HashMap<>())
        .computeIfAbsent(producerId, any -> new Known());
  }
}
