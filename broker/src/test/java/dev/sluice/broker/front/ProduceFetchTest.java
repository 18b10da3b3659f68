package dev.sluice.broker.front;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records in and out through Kafka's own producer and consumer. */
class ProduceFetchTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final TopicPartition PARTITION = new TopicPartition("orders", 0);
  private static final Map<String, ?> PLAIN = Map.of("enable.idempotence", false);

  private TestBroker broker;

  @BeforeEach
  void start(@TempDir Path directory) {
    broker = TestBroker.start(directory);
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "gzip", "snappy", "lz4", "zstd"})
  void whatIsProducedIsConsumed(String codec) throws Exception {
    try (KafkaProducer<String, String> producer =
        broker.producer(Map.of("enable.idempotence", false, "compression.type", codec))) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        sent.add(producer.send(new ProducerRecord<>("orders", 0, "k" + i, "value " + i)));
      }
      for (int i = 0; i < 1000; i++) {
        assertThat(sent.get(i).get().offset()).isEqualTo(i);
      }
    }

    List<ConsumerRecord<String, String>> records = read(1000);
    for (int i = 0; i < 1000; i++) {
      assertThat(records.get(i).offset()).isEqualTo(i);
      assertThat(records.get(i).key()).isEqualTo("k" + i);
      assertThat(records.get(i).value()).isEqualTo("value " + i);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "all"})
  void everyWayOfAcknowledgingWorks(String acks) {
    try (KafkaProducer<String, String> producer =
        broker.producer(Map.of("enable.idempotence", false, "acks", acks))) {
      for (int i = 0; i < 10; i++) {
        Future<RecordMetadata> unused =
            producer.send(new ProducerRecord<>("orders", 0, "k" + i, "v" + i));
      }
      producer.flush();
    }

    assertThat(read(10)).hasSize(10);
  }

  @Test
  void offsetsAreFoundByTime() throws ExecutionException, InterruptedException {
    try (KafkaProducer<String, String> producer = broker.producer(PLAIN)) {
      for (int i = 0; i < 10; i++) {
        RecordMetadata unused =
            producer.send(new ProducerRecord<>("orders", 0, 1_000L + i * 10, "k", "v" + i)).get();
      }
    }
    try (KafkaConsumer<String, String> consumer = broker.consumer(Map.of())) {
      assertThat(consumer.offsetsForTimes(Map.of(PARTITION, 1_045L)))
          .containsEntry(PARTITION, new OffsetAndTimestamp(5, 1_050, Optional.of(0)));
      assertThat(consumer.beginningOffsets(List.of(PARTITION))).containsEntry(PARTITION, 0L);
      assertThat(consumer.endOffsets(List.of(PARTITION))).containsEntry(PARTITION, 10L);
    }
  }

  @Test
  void aWaitingConsumerIsWokenByAnAppend() throws Exception {
    try (KafkaConsumer<String, String> consumer =
            broker.consumer(Map.of("fetch.max.wait.ms", 20_000));
        KafkaProducer<String, String> producer = broker.producer(PLAIN)) {
      RecordMetadata unused = producer.send(new ProducerRecord<>("orders", 0, "k", "first")).get();
      consumer.assign(List.of(PARTITION));
      assertThat(consumer.poll(PATIENCE)).hasSize(1);

      RecordMetadata unused2 =
          producer.send(new ProducerRecord<>("orders", 0, "k", "second")).get();

      assertThat(consumer.poll(Duration.ofSeconds(10)))
          .extracting(ConsumerRecord::value)
          .containsExactly("second");
      consumer.close(CloseOptions.timeout(Duration.ZERO)); // It has a fetch under way again.
    }
  }

  @Test
  void recordsLargerThanOneReadArriveWhole() {
    String large = "x".repeat(700_000);
    try (KafkaProducer<String, String> producer = broker.producer(PLAIN)) {
      for (int i = 0; i < 20; i++) {
        Future<RecordMetadata> unused =
            producer.send(new ProducerRecord<>("orders", 0, "k" + i, large));
      }
      producer.flush();
    }

    assertThat(read(20)).allSatisfy(record -> assertThat(record.value()).isEqualTo(large));
  }

  private List<ConsumerRecord<String, String>> read(int count) {
    List<ConsumerRecord<String, String>> records = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer = broker.consumer(Map.of())) {
      consumer.assign(List.of(PARTITION));
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (records.size() < count && System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    assertThat(records).hasSize(count);
    return records;
  }
}
