package dev.sluice.compat.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;

/** Transactions, and offsets within them. */
final class TransactionChecks {

  private static final Map<String, ?> COMMITTED = Map.of("isolation.level", "read_committed");

  private final Cluster cluster;
  private final Topics topics;

  TransactionChecks(Cluster cluster) {
    this.cluster = cluster;
    this.topics = new Topics(cluster);
  }

  void run(Report report) {
    report.check("committed is read, aborted is not, open is not yet", this::outcomes);
    report.check("a newer producer fences an older one", this::newer);
    report.check("an administrator fences a producer", this::fenced);
    report.check("a transaction that takes too long is aborted", this::timeout);
    for (String protocol : List.of("classic", "consumer")) {
      report.check("consume, transform, produce; " + protocol, () -> transform(protocol));
    }
  }

  private KafkaProducer<String, String> producer(String id, Map<String, ?> others) {
    Map<String, Object> settings = new HashMap<>(others);
    settings.put("transactional.id", cluster.name(id));
    KafkaProducer<String, String> producer = cluster.producer(settings);
    producer.initTransactions();
    return producer;
  }

  private void outcomes() throws Exception {
    String topic = topics.create("outcomes", 2);
    try (KafkaProducer<String, String> producer = producer("outcomes", Map.of())) {
      send(producer, topic, "committed");
      producer.commitTransaction();
      send(producer, topic, "aborted");
      producer.flush();
      producer.abortTransaction();
      send(producer, topic, "open");
      producer.flush();
      List<TopicPartition> both =
          List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1));
      assertThat(Reading.values(Reading.visible(cluster, both, COMMITTED)))
          .containsOnly("committed")
          .hasSize(2);
      assertThat(Reading.values(Reading.all(cluster, topic, 2, Map.of())))
          .containsOnly("committed", "aborted", "open")
          .hasSize(6);
      producer.commitTransaction();
      assertThat(Reading.values(Reading.all(cluster, topic, 2, COMMITTED)))
          .containsOnly("committed", "open")
          .hasSize(4);
    }
  }

  private void newer() throws Exception {
    String topic = topics.create("newer", 2);
    try (KafkaProducer<String, String> older = producer("newer", Map.of())) {
      send(older, topic, "older");
      older.flush();
      try (KafkaProducer<String, String> newer = producer("newer", Map.of())) {
        assertThatThrownBy(older::commitTransaction).satisfies(TransactionChecks::isFenced);
        send(newer, topic, "newer");
        newer.commitTransaction();
      }
      older.close(Duration.ZERO);
    }
    assertThat(Reading.values(Reading.all(cluster, topic, 2, COMMITTED))).containsOnly("newer");
  }

  private void fenced() throws Exception {
    String topic = topics.create("fenced", 2);
    try (KafkaProducer<String, String> producer = producer("fenced", Map.of());
        Admin admin = Admin.create(cluster.with(Map.of()))) {
      send(producer, topic, "fenced");
      producer.flush();
      var unused = admin.fenceProducers(List.of(cluster.name("fenced"))).all().get();
      assertThatThrownBy(producer::commitTransaction).satisfies(TransactionChecks::isFenced);
      producer.close(Duration.ZERO);
    }
    assertThat(Reading.all(cluster, topic, 2, COMMITTED)).isEmpty();
  }

  private void timeout() throws Exception {
    String topic = topics.create("timeout", 2);
    String id = cluster.name("timeout");
    try (KafkaProducer<String, String> producer =
            producer("timeout", Map.of("transaction.timeout.ms", 1000));
        KafkaConsumer<String, String> reader = cluster.consumer(COMMITTED);
        Admin admin = Admin.create(cluster.with(Map.of()))) {
      send(producer, topic, "late");
      producer.flush();
      TopicPartition first = new TopicPartition(topic, 0);
      reader.assign(List.of(first));
      reader.seekToBeginning(List.of(first));
      long deadline = System.nanoTime() + Reading.PATIENCE.toNanos();
      while (reader.position(first) == 0 && System.nanoTime() < deadline) {
        assertThat(reader.poll(Duration.ofMillis(200))).isEmpty();
      }
      assertThat(reader.position(first)).as("the marker of the abort was passed").isPositive();
      assertThat(admin.describeTransactions(List.of(id)).description(id).get().state())
          .isIn(TransactionState.COMPLETE_ABORT, TransactionState.PREPARE_ABORT);
      assertThatThrownBy(producer::commitTransaction)
          .satisfies(failure -> isCausedBy(failure, InvalidTxnStateException.class));
      producer.close(Duration.ZERO);
    }
  }

  /** Every second transaction is aborted, and its input read again. */
  private void transform(String protocol) throws Exception {
    String input = topics.create("input-" + protocol, 1);
    String output = topics.create("output-" + protocol, 1);
    TopicPartition partition = new TopicPartition(input, 0);
    topics.send(input, 0, 50);
    Map<String, ?> settings =
        Map.of("group.protocol", protocol, "group.id", input, "max.poll.records", 10);
    try (KafkaConsumer<String, String> consumer = cluster.consumer(settings);
        KafkaProducer<String, String> producer = producer(input, Map.of())) {
      consumer.subscribe(List.of(input));
      long done = 0;
      boolean aborts = true;
      long deadline = System.nanoTime() + Reading.PATIENCE.toNanos();
      while (done < 50) {
        assertThat(System.nanoTime()).as("time is up at %s", done).isLessThan(deadline);
        ConsumerRecords<String, String> records = consumer.poll(Duration.ofMillis(100));
        if (records.isEmpty()) {
          continue;
        }
        producer.beginTransaction();
        for (ConsumerRecord<String, String> record : records) {
          var unused = producer.send(new ProducerRecord<>(output, record.value()));
        }
        producer.sendOffsetsToTransaction(
            Map.of(partition, new OffsetAndMetadata(done + records.count())),
            consumer.groupMetadata());
        if (aborts) {
          producer.abortTransaction();
          consumer.seek(partition, done);
        } else {
          producer.commitTransaction();
          done += records.count();
        }
        aborts = !aborts;
      }
      assertThat(Answers.at(consumer.committed(Set.of(partition)), partition).offset())
          .isEqualTo(50);
    }
    assertThat(Reading.values(cluster, output, COMMITTED)).isEqualTo(Topics.values(0, 50));
  }

  private static void send(KafkaProducer<String, String> producer, String topic, String value) {
    producer.beginTransaction();
    for (int partition = 0; partition < 2; partition++) {
      var unused = producer.send(new ProducerRecord<>(topic, partition, "k", value));
    }
  }

  /** Which of the two a client sees depends on which answer it gets first. */
  private static void isFenced(Throwable failure) {
    isCausedBy(failure, ProducerFencedException.class, InvalidProducerEpochException.class);
  }

  private static void isCausedBy(Throwable failure, Class<?>... causes) {
    assertThat(failure).isInstanceOf(KafkaException.class);
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    assertThat(root).isInstanceOfAny(causes);
  }
}
