package dev.sluice.compat.streams;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads what the application has committed. */
final class StreamsOutput {

  private final Map<String, List<Long>> counts = new TreeMap<>();
  private final List<String> paid = new ArrayList<>();
  private final Map<String, Long> regions = new TreeMap<>();

  private StreamsOutput() {}

  /**
   * Reads until everything is as expected or time is up, and a little longer: something may come
   * twice.
   */
  static StreamsOutput readUntil(String bootstrap, Expected expected, Duration patience) {
    StreamsOutput output = new StreamsOutput();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", bootstrap,
                "isolation.level", "read_committed",
                "auto.offset.reset", "earliest"),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(
          List.of(
              new TopicPartition(StreamsTopology.COUNTS, 0),
              new TopicPartition(StreamsTopology.PAID, 0),
              new TopicPartition(StreamsTopology.REGIONS, 0)));
      long deadline = System.nanoTime() + patience.toNanos();
      while (!output.isAs(expected) && System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(200)).forEach(output::add);
      }
      for (int i = 0; i < 5; i++) {
        consumer.poll(Duration.ofMillis(200)).forEach(output::add);
      }
    }
    return output;
  }

  private void add(ConsumerRecord<String, byte[]> record) {
    switch (record.topic()) {
      case StreamsTopology.COUNTS ->
          counts.computeIfAbsent(record.key(), word -> new ArrayList<>()).add(number(record));
      case StreamsTopology.PAID ->
          paid.add(
              record.key()
                  + "="
                  + new StringDeserializer().deserialize(record.topic(), record.value()));
      case StreamsTopology.REGIONS -> regions.put(record.key(), number(record));
      default -> throw new IllegalStateException("An unexpected topic: " + record.topic());
    }
  }

  private static Long number(ConsumerRecord<String, byte[]> record) {
    return new LongDeserializer().deserialize(record.topic(), record.value());
  }

  private boolean isAs(Expected expected) {
    return counts.equals(expected.counts())
        && paid().equals(expected.paid())
        && regions.equals(expected.regions());
  }

  Map<String, List<Long>> counts() {
    return counts;
  }

  List<String> paid() {
    return paid.stream().sorted().toList();
  }

  Map<String, Long> regions() {
    return regions;
  }
}
