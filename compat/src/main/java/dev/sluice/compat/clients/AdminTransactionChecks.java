package dev.sluice.compat.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Looking at transactions, and ending those of others. */
final class AdminTransactionChecks {

  private final Cluster cluster;
  private final Admin admin;
  private final Topics topics;

  AdminTransactionChecks(Cluster cluster, Admin admin) {
    this.cluster = cluster;
    this.admin = admin;
    this.topics = new Topics(cluster);
  }

  void run(Report report) {
    report.check("list and describe transactions and producers", this::described);
    report.check("abort the transaction of a producer in a partition", this::aborted);
    report.check("end a transaction by its id", this::terminated);
    report.check("fence producers", this::fenced);
  }

  private void described() throws Exception {
    String topic = topics.create("admin-transactions", 1);
    TopicPartition partition = new TopicPartition(topic, 0);
    try (KafkaProducer<String, String> producer = begin(topic)) {
      assertThat(admin.listTransactions().all().get())
          .contains(
              new TransactionListing(
                  topic, description(topic).producerId(), TransactionState.ONGOING));
      assertThat(
              admin
                  .listTransactions(
                      new ListTransactionsOptions().filterStates(List.of(TransactionState.EMPTY)))
                  .all()
                  .get())
          .extracting(TransactionListing::transactionalId)
          .doesNotContain(topic);
      TransactionDescription described = description(topic);
      assertThat(described.topicPartitions()).containsExactly(partition);
      assertThat(described.transactionStartTimeMs()).isPresent();
      assertThat(state(partition).producerId()).isEqualTo(described.producerId());
      assertThat(state(partition).currentTransactionStartOffset()).hasValue(0);
      producer.commitTransaction();
    }
    assertThat(description(topic).state())
        .isIn(TransactionState.PREPARE_COMMIT, TransactionState.COMPLETE_COMMIT);
  }

  private void aborted() throws Exception {
    String topic = topics.create("admin-abort", 1);
    TopicPartition partition = new TopicPartition(topic, 0);
    try (KafkaProducer<String, String> producer = begin(topic)) {
      ProducerState state = state(partition);
      assertThat(readable(partition)).isZero();
      Void unused =
          admin
              .abortTransaction(
                  new AbortTransactionSpec(
                      partition,
                      state.producerId(),
                      (short) state.producerEpoch(),
                      state.coordinatorEpoch().orElse(0)))
              .all()
              .get();
      assertThat(readable(partition)).as("the record and the marker").isEqualTo(2);
      assertThat(Reading.values(cluster, topic, committed())).isEmpty();
      producer.close(Duration.ZERO);
    }
  }

  private void terminated() throws Exception {
    String topic = topics.create("admin-terminate", 1);
    TopicPartition partition = new TopicPartition(topic, 0);
    try (KafkaProducer<String, String> producer = begin(topic)) {
      Void unused = admin.forceTerminateTransaction(topic).result().get();
      awaitReadable(partition, 2);
      assertThat(Reading.values(cluster, topic, committed())).isEmpty();
      producer.close(Duration.ZERO);
    }
  }

  private void fenced() throws Exception {
    String topic = topics.create("admin-fence", 1);
    try (KafkaProducer<String, String> producer = begin(topic)) {
      TransactionDescription before = description(topic);
      var fencing = admin.fenceProducers(List.of(topic));
      assertThat(fencing.producerId(topic).get()).isEqualTo(before.producerId());
      assertThat(fencing.epochId(topic).get().intValue()).isGreaterThan(before.producerEpoch());
      awaitReadable(new TopicPartition(topic, 0), 2);
      producer.close(Duration.ZERO);
    }
  }

  /** A producer in a transaction that has one record, with the topic's name as its id. */
  private KafkaProducer<String, String> begin(String topic) throws Exception {
    KafkaProducer<String, String> producer = cluster.producer(Map.of("transactional.id", topic));
    producer.initTransactions();
    producer.beginTransaction();
    RecordMetadata sent = producer.send(new ProducerRecord<>(topic, 0, "k", "v")).get();
    assertThat(sent.offset()).isZero();
    return producer;
  }

  private TransactionDescription description(String id) throws Exception {
    return admin.describeTransactions(List.of(id)).description(id).get();
  }

  private ProducerState state(TopicPartition partition) throws Exception {
    List<ProducerState> producers =
        admin
            .describeProducers(List.of(partition))
            .partitionResult(partition)
            .get()
            .activeProducers();
    assertThat(producers).hasSize(1);
    return producers.getFirst();
  }

  /** The last stable offset. */
  private long readable(TopicPartition partition) throws ExecutionException, InterruptedException {
    return admin
        .listOffsets(
            Map.of(partition, OffsetSpec.latest()),
            new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
        .partitionResult(partition)
        .get()
        .offset();
  }

  /** Markers are written behind the answer. */
  private void awaitReadable(TopicPartition partition, long offset) throws Exception {
    long deadline = System.nanoTime() + Reading.PATIENCE.toNanos();
    while (readable(partition) < offset) {
      assertThat(System.nanoTime()).as("time is up").isLessThan(deadline);
    }
  }

  private static Map<String, ?> committed() {
    return Map.of(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
  }
}
