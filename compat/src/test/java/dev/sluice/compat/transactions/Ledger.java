package dev.sluice.compat.transactions;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What a reader of committed records finds. */
final class Ledger {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Map<String, TreeMap<Integer, Map<TopicPartition, Integer>>> found = new HashMap<>();
  private final Map<TopicPartition, Long> offsets = new HashMap<>();

  /**
   * Reads all.
   *
   * @throws IllegalStateException if a transaction stays open, so that readers wait for it
   */
  static Ledger read(String bootstrap, List<TopicPartition> partitions)
      throws ExecutionException, InterruptedException {
    Ledger ledger = new Ledger();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
        KafkaConsumer<String, String> consumer =
            new KafkaConsumer<>(
                Map.of(
                    "bootstrap.servers", bootstrap,
                    "auto.offset.reset", "earliest",
                    "isolation.level", "read_committed"),
                new StringDeserializer(),
                new StringDeserializer())) {
      Map<TopicPartition, Long> ends = ends(admin, partitions);
      consumer.assign(partitions);
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException("A transaction stays open; the ends are " + ends);
        }
        consumer.poll(Duration.ofMillis(100)).forEach(ledger::add);
      }
      for (Map.Entry<TopicPartition, OffsetAndMetadata> position :
          admin
              .listConsumerGroupOffsets(LedgerWriter.GROUP)
              .partitionsToOffsetAndMetadata()
              .get()
              .entrySet()) {
        ledger.offsets.put(position.getKey(), position.getValue().offset());
      }
    }
    return ledger;
  }

  /** Also behind what is open: so far has to be read. */
  private static Map<TopicPartition, Long> ends(Admin admin, List<TopicPartition> partitions)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    partitions.forEach(partition -> asked.put(partition, OffsetSpec.latest()));
    Map<TopicPartition, Long> ends = new HashMap<>();
    admin
        .listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
        .all()
        .get()
        .forEach((partition, end) -> ends.put(partition, end.offset()));
    return ends;
  }

  private void add(ConsumerRecord<String, String> record) {
    found
        .computeIfAbsent(record.key(), writer -> new TreeMap<>())
        .computeIfAbsent(Integer.valueOf(record.value()), number -> new HashMap<>())
        .merge(new TopicPartition(record.topic(), record.partition()), 1, Integer::sum);
  }

  /** The transactions of a writer of which anything is there: how often in each partition. */
  Map<Integer, Map<TopicPartition, Integer>> of(int writer) {
    return found.getOrDefault("w" + writer, new TreeMap<>());
  }

  /** The last transaction of a writer that is there, or -1. */
  int last(int writer) {
    Set<Integer> numbers = of(writer).keySet();
    return numbers.stream().mapToInt(Integer::intValue).max().orElse(-1);
  }

  /** The offset that a writer's transactions have committed; 0 if none. */
  long offset(int writer) {
    return offsets.getOrDefault(LedgerWriter.input(writer), 0L);
  }
}
