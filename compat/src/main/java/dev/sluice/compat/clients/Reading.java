package dev.sluice.compat.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads with an end. */
final class Reading {

  static final Duration PATIENCE = Duration.ofSeconds(60);

  private Reading() {}

  /** All that a topic holds, whatever its markers have to say about it once they are written. */
  static List<ConsumerRecord<String, String>> all(
      Cluster cluster, String topic, int partitions, Map<String, ?> settings) {
    List<TopicPartition> assigned = new ArrayList<>();
    for (int i = 0; i < partitions; i++) {
      assigned.add(new TopicPartition(topic, i));
    }
    try (KafkaConsumer<String, String> consumer = cluster.consumer(settings)) {
      consumer.assign(assigned);
      return to(ends(cluster, assigned), consumer);
    }
  }

  private static Map<TopicPartition, Long> ends(Cluster cluster, List<TopicPartition> partitions) {
    try (KafkaConsumer<String, String> consumer = cluster.consumer(Map.of())) {
      return consumer.endOffsets(partitions);
    }
  }

  /** What can be read now: nothing behind the first transaction that is open. */
  static List<ConsumerRecord<String, String>> visible(
      Cluster cluster, List<TopicPartition> partitions, Map<String, ?> settings) {
    try (KafkaConsumer<String, String> consumer = cluster.consumer(settings)) {
      consumer.assign(partitions);
      return toTheEnd(consumer);
    }
  }

  /** The values of the only partition, in order. */
  static List<String> values(Cluster cluster, String topic, Map<String, ?> settings) {
    return values(all(cluster, topic, 1, settings));
  }

  static List<String> values(Collection<ConsumerRecord<String, String>> records) {
    List<String> values = new ArrayList<>();
    records.forEach(record -> values.add(record.value()));
    return values;
  }

  /** From where it is to where the end is now. */
  static List<ConsumerRecord<String, String>> toTheEnd(KafkaConsumer<String, String> consumer) {
    return to(consumer.endOffsets(consumer.assignment()), consumer);
  }

  private static List<ConsumerRecord<String, String>> to(
      Map<TopicPartition, Long> ends, KafkaConsumer<String, String> consumer) {
    List<ConsumerRecord<String, String>> records = new ArrayList<>();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      assertThat(System.nanoTime())
          .as("time is up after %s records", records.size())
          .isLessThan(deadline);
      consumer.poll(Duration.ofMillis(100)).forEach(records::add);
    }
    return records;
  }
}
