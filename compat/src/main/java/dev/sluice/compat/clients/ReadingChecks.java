package dev.sluice.compat.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reading partitions that the consumer has chosen itself, with each of the two consumers. */
final class ReadingChecks {

  private final Cluster cluster;
  private final Topics topics;

  ReadingChecks(Cluster cluster) {
    this.cluster = cluster;
    this.topics = new Topics(cluster);
  }

  void run(Report report) {
    for (String protocol : List.of("classic", "consumer")) {
      report.check("seek, positions, lag, pause; " + protocol, () -> seek(protocol));
      report.check("offsets for times; " + protocol, () -> times(protocol));
      report.check("commits and their metadata; " + protocol, () -> commits(protocol));
      report.check("where to begin without a position; " + protocol, () -> resets(protocol));
      report.check("a position that is gone; " + protocol, () -> outOfRange(protocol));
      report.check("few at a time; " + protocol, () -> few(protocol));
    }
  }

  private KafkaConsumer<String, String> consumer(
      String protocol, TopicPartition partition, Map<String, ?> others) {
    Map<String, Object> settings = new HashMap<>(others);
    settings.put("group.protocol", protocol);
    settings.put("group.id", partition.topic());
    KafkaConsumer<String, String> consumer = cluster.consumer(settings);
    consumer.assign(List.of(partition));
    return consumer;
  }

  private TopicPartition partition(String name, int records) throws Exception {
    String topic = topics.create(name, 1);
    topics.send(topic, 0, records);
    return new TopicPartition(topic, 0);
  }

  private void seek(String protocol) throws Exception {
    TopicPartition partition = partition("seek-" + protocol, 100);
    try (KafkaConsumer<String, String> consumer = consumer(protocol, partition, Map.of())) {
      assertThat(Reading.values(Reading.toTheEnd(consumer))).isEqualTo(Topics.values(0, 100));
      assertThat(consumer.position(partition)).isEqualTo(100);
      assertThat(consumer.currentLag(partition)).hasValue(0);
      consumer.seek(partition, new OffsetAndMetadata(97));
      assertThat(Reading.values(Reading.toTheEnd(consumer))).isEqualTo(Topics.values(97, 100));
      consumer.seekToBeginning(List.of(partition));
      assertThat(consumer.position(partition)).isZero();
      consumer.seekToEnd(List.of(partition));
      assertThat(consumer.position(partition)).isEqualTo(100);
      consumer.seek(partition, 50);
      consumer.pause(List.of(partition));
      assertThat(consumer.poll(Duration.ofMillis(300))).isEmpty();
      consumer.resume(List.of(partition));
      assertThat(Reading.toTheEnd(consumer)).hasSize(50);
      assertThat(consumer.beginningOffsets(List.of(partition))).containsEntry(partition, 0L);
      assertThat(consumer.listTopics().get(partition.topic())).hasSize(1);
    }
  }

  private void times(String protocol) throws Exception {
    TopicPartition partition = partition("times-" + protocol, 0);
    try (KafkaProducer<String, String> producer = cluster.producer(Map.of())) {
      for (int i = 0; i < 100; i++) {
        var unused =
            producer.send(new ProducerRecord<>(partition.topic(), 0, 1000L + 10 * i, "k", "v" + i));
      }
    }
    try (KafkaConsumer<String, String> consumer = consumer(protocol, partition, Map.of())) {
      assertThat(consumer.offsetsForTimes(Map.of(partition, 1501L)).get(partition))
          .isEqualTo(new OffsetAndTimestamp(51, 1510, Optional.of(0)));
      assertThat(Answers.at(consumer.offsetsForTimes(Map.of(partition, 0L)), partition).offset())
          .isZero();
      assertThat(consumer.offsetsForTimes(Map.of(partition, 9999L)).get(partition)).isNull();
    }
  }

  private void commits(String protocol) throws Exception {
    TopicPartition partition = partition("commits-" + protocol, 10);
    try (KafkaConsumer<String, String> consumer = consumer(protocol, partition, Map.of())) {
      assertThat(consumer.committed(Set.of(partition)).get(partition)).isNull();
      consumer.commitSync(Map.of(partition, new OffsetAndMetadata(4, Optional.of(0), "note")));
      assertThat(consumer.committed(Set.of(partition)).get(partition))
          .isEqualTo(new OffsetAndMetadata(4, Optional.of(0), "note"));
      var answer = new CompletableFuture<Long>();
      consumer.commitAsync(
          Map.of(partition, new OffsetAndMetadata(6)),
          (offsets, failure) -> {
            if (failure == null) {
              answer.complete(Answers.at(offsets, partition).offset());
            } else {
              answer.completeExceptionally(failure);
            }
          });
      long deadline = System.nanoTime() + Reading.PATIENCE.toNanos();
      while (!answer.isDone() && System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(50));
      }
      assertThat(answer).isCompletedWithValue(6L);
    }
    try (KafkaConsumer<String, String> next = consumer(protocol, partition, Map.of())) {
      assertThat(Reading.values(Reading.toTheEnd(next))).isEqualTo(Topics.values(6, 10));
    }
  }

  private void resets(String protocol) throws Exception {
    TopicPartition partition = partition("resets-" + protocol, 5);
    assertThat(begin(protocol, partition, "earliest")).isZero();
    assertThat(begin(protocol, partition, "latest")).isEqualTo(5);
    assertThat(begin(protocol, partition, "by_duration:PT1H")).isZero();
    assertThatThrownBy(() -> begin(protocol, partition, "none"))
        .isInstanceOf(NoOffsetForPartitionException.class);
  }

  private long begin(String protocol, TopicPartition partition, String reset) {
    try (KafkaConsumer<String, String> consumer =
        consumer(protocol, partition, Map.of("auto.offset.reset", reset))) {
      return consumer.position(partition);
    }
  }

  private void outOfRange(String protocol) throws Exception {
    TopicPartition partition = partition("gone-" + protocol, 10);
    try (Admin admin = Admin.create(cluster.with(Map.of()))) {
      var unused =
          admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(7))).all().get();
    }
    try (KafkaConsumer<String, String> strict =
        consumer(protocol, partition, Map.of("auto.offset.reset", "none"))) {
      strict.seek(partition, 3);
      assertThatThrownBy(() -> Reading.toTheEnd(strict))
          .isInstanceOf(OffsetOutOfRangeException.class);
    }
    try (KafkaConsumer<String, String> lenient = consumer(protocol, partition, Map.of())) {
      lenient.seek(partition, 3);
      assertThat(Reading.values(Reading.toTheEnd(lenient))).isEqualTo(Topics.values(7, 10));
    }
  }

  private void few(String protocol) throws Exception {
    TopicPartition partition = partition("few-" + protocol, 1000);
    Map<String, ?> settings =
        Map.of("max.poll.records", 7, "max.partition.fetch.bytes", 300, "fetch.max.bytes", 400);
    try (KafkaConsumer<String, String> consumer = consumer(protocol, partition, settings)) {
      assertThat(Reading.values(Reading.toTheEnd(consumer))).isEqualTo(Topics.values(0, 1000));
    }
  }
}
