package dev.sluice.compat.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;

/** Writing without transactions. */
final class ProducerChecks {

  private final Cluster cluster;
  private final Topics topics;

  ProducerChecks(Cluster cluster) {
    this.cluster = cluster;
    this.topics = new Topics(cluster);
  }

  void run(Report report) {
    for (String acks : List.of("0", "1", "all")) {
      report.check("acks " + acks, () -> acks(acks));
    }
    report.check("idempotent, many in flight: in order, once", this::idempotent);
    report.check("compressed at a level of its own", this::levels);
    report.check("offset and timestamp of an answer, null key and value", this::answers);
    report.check("the same key goes to the same partition", this::keys);
    report.check("a record larger than the topic allows is refused", this::tooLarge);
    report.check("a topic without name, or a partition that there isn't", this::nowhere);
    report.check("a topic that there isn't is made", this::autoCreated);
  }

  private void acks(String acks) throws Exception {
    String topic = topics.create("acks-" + acks, 1);
    try (KafkaProducer<String, String> producer =
        cluster.producer(Map.of("acks", acks, "enable.idempotence", false))) {
      for (String value : Topics.values(0, 1000)) {
        var unused = producer.send(new ProducerRecord<>(topic, value));
      }
    }
    assertThat(values(topic, 1000)).isEqualTo(Topics.values(0, 1000));
  }

  /** Waits for so many: what nobody acknowledges may still be on its way. */
  private List<String> values(String topic, int count) {
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer = cluster.consumer(Map.of())) {
      consumer.assign(List.of(new TopicPartition(topic, 0)));
      long deadline = System.nanoTime() + Reading.PATIENCE.toNanos();
      while (values.size() < count && System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
      }
    }
    return values;
  }

  private void idempotent() throws Exception {
    String topic = topics.create("idempotent", 3);
    List<Future<RecordMetadata>> answers = new ArrayList<>();
    try (KafkaProducer<String, String> producer =
        cluster.producer(
            Map.of(
                "max.in.flight.requests.per.connection", 5, "linger.ms", 0, "batch.size", 200))) {
      for (int i = 0; i < 3000; i++) {
        answers.add(producer.send(new ProducerRecord<>(topic, i % 3, "k", "v" + i)));
      }
    }
    for (int i = 0; i < 3000; i++) {
      assertThat(answers.get(i).get().offset()).as("offset of record %s", i).isEqualTo(i / 3);
    }
    Map<Integer, Integer> next = new HashMap<>(Map.of(0, 0, 1, 1, 2, 2));
    for (ConsumerRecord<String, String> record : Reading.all(cluster, topic, 3, Map.of())) {
      int number = next.merge(record.partition(), 3, Integer::sum) - 3;
      assertThat(record.value()).isEqualTo("v" + number);
    }
    assertThat(next).isEqualTo(Map.of(0, 3000, 1, 3001, 2, 3002));
  }

  private void levels() throws Exception {
    for (Map.Entry<String, Integer> codec : Map.of("gzip", 9, "lz4", 12, "zstd", 10).entrySet()) {
      String topic = topics.create("level-" + codec.getKey(), 1);
      try (KafkaProducer<String, String> producer =
          cluster.producer(
              Map.of(
                  "compression.type",
                  codec.getKey(),
                  "compression." + codec.getKey() + ".level",
                  codec.getValue()))) {
        for (String value : Topics.values(0, 500)) {
          var unused = producer.send(new ProducerRecord<>(topic, value));
        }
      }
      assertThat(Reading.values(cluster, topic, Map.of())).isEqualTo(Topics.values(0, 500));
    }
  }

  private void answers() throws Exception {
    String topic = topics.create("answers", 1);
    try (KafkaProducer<String, String> producer = cluster.producer(Map.of())) {
      ProducerRecord<String, String> empty =
          new ProducerRecord<>(topic, 0, 123_456L, (String) null, (String) null);
      RecordMetadata first = producer.send(empty).get();
      RecordMetadata second = producer.send(new ProducerRecord<>(topic, 0, 7L, "k", "v")).get();
      assertThat(first.offset()).isZero();
      assertThat(second.offset()).isEqualTo(1);
      assertThat(first.timestamp()).isEqualTo(123_456L);
    }
    List<ConsumerRecord<String, String>> read = Reading.all(cluster, topic, 1, Map.of());
    assertThat(read.getFirst().key()).isNull();
    assertThat(read.getFirst().value()).isNull();
    assertThat(read.getFirst().timestamp()).isEqualTo(123_456L);
    assertThat(read.getFirst().leaderEpoch()).contains(0);
    String stamped = topics.create("stamped", 1, Map.of("message.timestamp.type", "LogAppendTime"));
    try (KafkaProducer<String, String> producer = cluster.producer(Map.of())) {
      RecordMetadata answer = producer.send(new ProducerRecord<>(stamped, 0, 7L, "k", "v")).get();
      assertThat(answer.timestamp()).isGreaterThan(1_600_000_000_000L);
      assertThat(Reading.all(cluster, stamped, 1, Map.of()).getFirst().timestamp())
          .isEqualTo(answer.timestamp());
    }
  }

  private void keys() throws Exception {
    String topic = topics.create("keys", 4);
    try (KafkaProducer<String, String> producer = cluster.producer(Map.of())) {
      for (int i = 0; i < 400; i++) {
        var unused = producer.send(new ProducerRecord<>(topic, "k" + i % 20, "v" + i));
      }
    }
    Map<String, Integer> places = new HashMap<>();
    List<ConsumerRecord<String, String>> read = Reading.all(cluster, topic, 4, Map.of());
    assertThat(read)
        .hasSize(400)
        .allSatisfy(
            record -> {
              places.putIfAbsent(record.key(), record.partition());
              assertThat(record.partition()).isEqualTo(places.get(record.key()));
            });
    assertThat(places.values()).contains(0, 1, 2, 3);
  }

  private void tooLarge() throws Exception {
    String topic = topics.create("small", 1, Map.of("max.message.bytes", "1000"));
    try (KafkaProducer<String, String> producer = cluster.producer(Map.of())) {
      assertThatThrownBy(() -> producer.send(new ProducerRecord<>(topic, "x".repeat(5000))).get())
          .hasCauseInstanceOf(RecordTooLargeException.class);
      RecordMetadata after = producer.send(new ProducerRecord<>(topic, "small")).get();
      assertThat(after.offset()).isZero();
    }
  }

  private void nowhere() throws Exception {
    String topic = topics.create("one-partition", 1);
    try (KafkaProducer<String, String> producer = cluster.producer(Map.of("max.block.ms", 1500))) {
      assertThatThrownBy(() -> producer.send(new ProducerRecord<>("no/topic", "v")).get())
          .hasCauseInstanceOf(InvalidTopicException.class);
      assertThatThrownBy(() -> producer.send(new ProducerRecord<>(topic, 7, "k", "v")).get())
          .hasCauseInstanceOf(TimeoutException.class);
      assertThat(producer.partitionsFor(topic)).hasSize(1);
    }
  }

  private void autoCreated() throws Exception {
    String topic = cluster.name("auto-created");
    try (KafkaProducer<String, String> producer = cluster.producer(Map.of())) {
      RecordMetadata answer =
          producer.send(new ProducerRecord<>(topic, "v0")).get(30, TimeUnit.SECONDS);
      assertThat(answer.offset()).isZero();
      producer.close(Duration.ofSeconds(10));
    }
    assertThat(Reading.values(cluster, topic, Map.of())).containsExactly("v0");
  }
}
