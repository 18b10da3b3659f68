package dev.sluice.broker.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.broker.kafka.KafkaFrontConfig;
import dev.sluice.broker.metadata.TopicConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidRegularExpression;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka's own transactional producer, consumer of committed records, and admin client. */
class TransactionsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final List<TopicPartition> ORDERS =
      List.of(new TopicPartition("orders", 0), new TopicPartition("orders", 1));

  private Path directory = Path.of(".");
  private TestBroker broker;

  @BeforeEach
  void start(@TempDir Path given) {
    directory = given;
    broker = TestBroker.start(directory);
    broker.broker().topics().create("orders", 2, TopicConfig.FOREVER);
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @Test
  void readersOfCommittedRecordsSeeWholeTransactionsOnly() {
    try (KafkaProducer<String, String> producer = producer("shop")) {
      producer.initTransactions();
      for (int i = 0; i < 20; i++) {
        producer.beginTransaction();
        send(producer, 0, "a" + i);
        send(producer, 1, "b" + i);
        if (i % 3 == 2) {
          producer.abortTransaction();
        } else {
          producer.commitTransaction();
        }
      }
    }
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      if (i % 3 != 2) {
        expected.add("a" + i);
        expected.add("b" + i);
      }
    }
    assertThat(read(expected.size())).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void aSecondInstanceFencesTheFirst() {
    try (KafkaProducer<String, String> first = producer("shop");
        KafkaProducer<String, String> second = producer("shop")) {
      first.initTransactions();
      first.beginTransaction();
      send(first, 0, "lost");
      first.flush();
      second.initTransactions();
      assertThatThrownBy(
              () -> {
                send(first, 1, "zombie");
                first.commitTransaction();
              })
          .isInstanceOfAny(ProducerFencedException.class, InvalidProducerEpochException.class);
      second.beginTransaction();
      send(second, 0, "kept");
      second.commitTransaction();
    }
    assertThat(read(1)).containsExactly("kept");
  }

  @Test
  void offsetsAndRecordsAreCommittedTogether() {
    broker.broker().topics().create("out", 1, TopicConfig.FOREVER);
    try (KafkaProducer<String, String> source = broker.producer(Map.of())) {
      for (int i = 0; i < 30; i++) {
        send(source, i % 2, "v" + i);
      }
    }
    int copied = copy(10, false);
    copied += copy(10, true);
    copied += copy(30 - copied, true);
    assertThat(copied).isEqualTo(30);
    List<String> read = read(List.of(new TopicPartition("out", 0)), 30);
    assertThat(read).hasSize(30).doesNotHaveDuplicates();
  }

  /** Copies records in transactions, and now and then gives one up; as a new process each time. */
  private int copy(int count, boolean doesAbort) {
    int copied = 0;
    try (KafkaProducer<String, String> producer = producer("copy");
        KafkaConsumer<String, String> consumer =
            broker.consumer(
                Map.of(
                    "group.id",
                    "copiers",
                    "enable.auto.commit",
                    false,
                    "isolation.level",
                    "read_committed",
                    "max.poll.records",
                    5))) {
      producer.initTransactions();
      consumer.assign(ORDERS);
      boolean isAborting = doesAbort;
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (copied < count && System.nanoTime() < deadline) {
        ConsumerRecords<String, String> records = consumer.poll(Duration.ofMillis(200));
        if (records.isEmpty()) {
          continue;
        }
        producer.beginTransaction();
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (ConsumerRecord<String, String> record : records) {
          Future<RecordMetadata> unused =
              producer.send(new ProducerRecord<>("out", 0, record.key(), record.value()));
          offsets.put(
              new TopicPartition(record.topic(), record.partition()),
              new OffsetAndMetadata(record.offset() + 1));
        }
        producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
        if (isAborting) {
          producer.abortTransaction();
          Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(Set.copyOf(ORDERS));
          ORDERS.forEach(
              partition -> {
                OffsetAndMetadata back = committed.get(partition);
                consumer.seek(partition, back == null ? 0 : back.offset());
              });
          isAborting = false;
        } else {
          producer.commitTransaction();
          copied += records.count();
        }
      }
    }
    return copied;
  }

  @Test
  void aTransactionGoesOnAfterARestartOfTheBroker() {
    int port = broker.port();
    try (KafkaProducer<String, String> producer = producer("shop")) {
      producer.initTransactions();
      producer.beginTransaction();
      send(producer, 0, "before");
      producer.flush();
      broker.close();
      broker = TestBroker.start(directory, KafkaFrontConfig.loopback(port));
      send(producer, 1, "after");
      producer.commitTransaction();
      producer.beginTransaction();
      send(producer, 0, "next");
      producer.commitTransaction();
    }
    assertThat(read(3)).containsExactlyInAnyOrder("before", "after", "next");
  }

  @Test
  void aTransactionThatIsOpenForTooLongIsAborted() throws Exception {
    try (Admin admin = broker.admin();
        KafkaProducer<String, String> producer =
            broker.producer(Map.of("transactional.id", "slow", "transaction.timeout.ms", 1000))) {
      producer.initTransactions();
      producer.beginTransaction();
      send(producer, 0, "slow");
      producer.flush();
      awaitState(admin, "slow", TransactionState.COMPLETE_ABORT);
      assertThatThrownBy(producer::commitTransaction).isInstanceOf(RuntimeException.class);
    }
    try (KafkaProducer<String, String> other = producer("other")) {
      other.initTransactions();
      other.beginTransaction();
      send(other, 0, "kept");
      other.commitTransaction();
    }
    assertThat(read(1)).containsExactly("kept");
  }

  @Test
  void adminsSeeWhatIsGoingOn() throws Exception {
    try (Admin admin = broker.admin();
        KafkaProducer<String, String> open = producer("open-1");
        KafkaProducer<String, String> idle = producer("idle")) {
      assertThat(admin.listTransactions().all().get()).isEmpty();
      open.initTransactions();
      idle.initTransactions();
      open.beginTransaction();
      send(open, 1, "v");
      open.flush();

      TransactionDescription described =
          admin.describeTransactions(List.of("open-1")).description("open-1").get();
      assertThat(described.state()).isEqualTo(TransactionState.ONGOING);
      assertThat(described.topicPartitions()).containsExactly(ORDERS.get(1));
      assertThat(described.transactionStartTimeMs()).isPresent();
      assertThat(described.transactionTimeoutMs()).isEqualTo(60_000);
      assertThat(ids(admin, new ListTransactionsOptions()))
          .containsExactlyInAnyOrder("open-1", "idle");
      assertThat(
              ids(
                  admin,
                  new ListTransactionsOptions().filterStates(Set.of(TransactionState.ONGOING))))
          .containsExactly("open-1");
      assertThat(
              ids(
                  admin,
                  new ListTransactionsOptions().filterProducerIds(Set.of(described.producerId()))))
          .containsExactly("open-1");
      assertThat(ids(admin, new ListTransactionsOptions().filterOnTransactionalIdPattern("id.*")))
          .containsExactly("idle");
      assertThat(
              ids(
                  admin,
                  new ListTransactionsOptions()
                      .filterStates(Set.of(TransactionState.ONGOING))
                      .filterOnDuration(3_600_000)))
          .isEmpty();
      assertThatThrownBy(
              () -> ids(admin, new ListTransactionsOptions().filterOnTransactionalIdPattern("(")))
          .hasRootCauseInstanceOf(InvalidRegularExpression.class);
      assertThatThrownBy(
              () -> admin.describeTransactions(List.of("none")).description("none").get())
          .hasCauseInstanceOf(TransactionalIdNotFoundException.class);
      open.abortTransaction();
    }
  }

  @Test
  void adminsEndATransactionThatHangs() throws Exception {
    try (Admin admin = broker.admin();
        KafkaProducer<String, String> producer = producer("hanging")) {
      producer.initTransactions();
      producer.beginTransaction();
      send(producer, 0, "hangs");
      producer.flush();
      ProducerState hanging =
          admin
              .describeProducers(List.of(ORDERS.getFirst()))
              .partitionResult(ORDERS.getFirst())
              .get()
              .activeProducers()
              .getFirst();
      assertThat(hanging.currentTransactionStartOffset()).hasValue(0);
      assertThat(broker.broker().partition("orders", 0).transactions().lastStableOffset()).isZero();
      admin
          .abortTransaction(
              new AbortTransactionSpec(
                  ORDERS.getFirst(),
                  hanging.producerId(),
                  (short) hanging.producerEpoch(),
                  hanging.coordinatorEpoch().orElse(0)))
          .all()
          .get();
      assertThat(broker.broker().partition("orders", 0).transactions().lastStableOffset())
          .isEqualTo(2);
      admin.fenceProducers(List.of("hanging")).all().get();
      assertThatThrownBy(producer::commitTransaction)
          .isInstanceOfAny(ProducerFencedException.class, InvalidProducerEpochException.class);
    }
  }

  private static Set<String> ids(Admin admin, ListTransactionsOptions options)
      throws ExecutionException, InterruptedException {
    return Set.copyOf(
        admin.listTransactions(options).all().get().stream()
            .map(TransactionListing::transactionalId)
            .toList());
  }

  private static void awaitState(Admin admin, String id, TransactionState expected)
      throws ExecutionException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    TransactionState state;
    do {
      state = admin.describeTransactions(List.of(id)).description(id).get().state();
    } while (state != expected && System.nanoTime() < deadline);
    assertThat(state).isEqualTo(expected);
  }

  private KafkaProducer<String, String> producer(String id) {
    return broker.producer(Map.of("transactional.id", id));
  }

  private static void send(KafkaProducer<String, String> producer, int partition, String value) {
    Future<RecordMetadata> unused =
        producer.send(new ProducerRecord<>("orders", partition, "k", value));
  }

  private List<String> read(int count) {
    return read(ORDERS, count);
  }

  /** What a reader of committed records finds up to the end, at least so many. */
  private List<String> read(List<TopicPartition> partitions, int count) {
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        broker.consumer(Map.of("isolation.level", "read_committed"))) {
      consumer.assign(partitions);
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!isAtEnd(consumer, partitions, values.size() >= count)
          && System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
      }
    }
    return values;
  }

  private static boolean isAtEnd(
      KafkaConsumer<?, ?> consumer, List<TopicPartition> partitions, boolean isEnough) {
    return isEnough
        && consumer.endOffsets(partitions).entrySet().stream()
            .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }
}
