package dev.sluice.gateway.log.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.broker.Broker;
import dev.sluice.gateway.kafka.KafkaGate;
import dev.sluice.gateway.kafka.TestGate;
import dev.sluice.gateway.log.Groups;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.TopicSettings;
import dev.sluice.gateway.log.TransactionalProducer;
import dev.sluice.gateway.log.Transactions;
import dev.sluice.log.LogMetrics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedTransactionsTest {

  private static final TopicPartition A = new TopicPartition("a", 0);
  private static final TopicPartition B = new TopicPartition("b", 0);
  private static final String ID = Transactions.idOf("shop", 0);

  @TempDir private Path directory = Path.of(".");
  private Broker broker;
  private KafkaGate kafka;
  private Records records;
  private Groups groups;
  private Transactions transactions;

  @BeforeEach
  void open() {
    broker = Broker.open(directory, Clock.systemUTC(), LogMetrics.NONE);
    kafka = TestGate.before(broker);
    records = new EmbeddedRecords(broker);
    groups = new EmbeddedGroups(kafka.groups());
    transactions = new EmbeddedTransactions(broker, kafka.transactions(), kafka.groups());
  }

  @AfterEach
  void close() {
    kafka.close();
    broker.close();
  }

  private void createTopics() {
    for (String topic : List.of("a", "b")) {
      var unused = new EmbeddedTopics(broker).create(topic, 1, TopicSettings.DEFAULT);
    }
  }

  @Test
  void allPartitionsAndOffsetsOfATransactionBecomeValidTogether() throws Exception {
    createTopics();
    TransactionalProducer producer = transactions.open(ID);
    producer.begin(Set.of(A), Set.of("readers"));
    append(producer, A, "1");
    append(producer, B, "2");
    append(producer, A, "3");
    producer.commitOffsets("readers", Map.of(A, 7L));
    assertThat(values(records, A)).isEmpty();
    assertThat(values(records.uncommitted(), A)).containsExactly("1", "3");
    assertThat(groups.committed("readers")).isEmpty();

    producer.commit();
    await().until(() -> values(records, A).equals(List.of("1", "3")));
    await().until(() -> values(records, B).equals(List.of("2")));
    await().until(() -> groups.committed("readers").equals(Map.of(A, 7L)));
  }

  @Test
  void whatIsAbortedIsNeverSeenAndTheProducerGoesOn() throws Exception {
    createTopics();
    TransactionalProducer producer = transactions.open(ID);
    producer.begin(Set.of(A), Set.of());
    append(producer, A, "void");
    producer.commitOffsets("readers", Map.of(A, 7L));
    producer.abort();
    producer.begin(Set.of(), Set.of());
    append(producer, A, "valid");
    producer.commit();

    await().until(() -> values(records, A).equals(List.of("valid")));
    assertThat(groups.committed("readers")).isEmpty();
  }

  @Test
  void manyTransactionsFollowEachOther() throws Exception {
    createTopics();
    TransactionalProducer producer = transactions.open(ID);
    for (int i = 0; i < 100; i++) {
      producer.begin(Set.of(A, B), Set.of());
      append(producer, A, "a" + i);
      append(producer, B, "b" + i);
      producer.commit();
    }
    await().until(() -> values(records, A).size() == 100 && values(records, B).size() == 100);
  }

  @Test
  void whoComesLaterFencesWhoCameBefore() throws Exception {
    createTopics();
    TransactionalProducer former = transactions.open(ID);
    former.begin(Set.of(A), Set.of());
    append(former, A, "half done");
    TransactionalProducer later = transactions.open(ID);

    assertThat(records.endOffset(A))
        .as("nothing of the former is open")
        .isEqualTo(records.uncommitted().endOffset(A));
    assertThatThrownBy(former::commit).satisfies(EmbeddedTransactionsTest::isLost);
    assertThatThrownBy(() -> former.begin(Set.of(A), Set.of()))
        .satisfies(EmbeddedTransactionsTest::isLost);
    later.begin(Set.of(A), Set.of());
    append(later, A, "done");
    later.commit();
    await().until(() -> values(records, A).equals(List.of("done")));
  }

  @Test
  void anAppendOfAFencedProducerIsLost() throws Exception {
    createTopics();
    TransactionalProducer former = transactions.open(ID);
    former.begin(Set.of(A), Set.of());
    append(former, A, "half done");
    TransactionalProducer unused = transactions.open(ID);

    assertThatThrownBy(() -> append(former, A, "more"))
        .isInstanceOf(CompletionException.class)
        .cause()
        .satisfies(EmbeddedTransactionsTest::isLost);
    assertThatThrownBy(() -> former.commitOffsets("readers", Map.of(A, 1L)))
        .satisfies(EmbeddedTransactionsTest::isLost);
  }

  @Test
  void afterARefusedAppendTheTransactionGoesOn() throws Exception {
    createTopics();
    TransactionalProducer producer = transactions.open(ID);
    producer.begin(Set.of(A), Set.of());
    append(producer, A, "1");
    assertThatThrownBy(() -> append(producer, A, "x".repeat(20_000_000)))
        .cause()
        .isInstanceOfSatisfying(
            LogException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(LogException.Code.TOO_LARGE));
    append(producer, A, "2", "3");
    append(producer, A, "4");
    producer.commit();
    await().until(() -> values(records, A).equals(List.of("1", "2", "3", "4")));
  }

  @Test
  void whatAnEarlierProcessLeftOpenIsEndedWithoutGoingOn() throws Exception {
    createTopics();
    TransactionalProducer other = transactions.open("someone-else");
    other.begin(Set.of(B), Set.of());
    append(other, B, "open");
    TransactionalProducer producer = transactions.open(ID);
    producer.begin(Set.of(A), Set.of());
    append(producer, A, "half done");
    close();
    open();

    transactions.settle(Transactions.CONNECTOR_PREFIX);
    assertThat(records.endOffset(A)).isEqualTo(records.uncommitted().endOffset(A));
    assertThat(values(records, A)).isEmpty();
    assertThat(records.endOffset(B)).as("what is not ours stays open").isZero();
  }

  private static void isLost(Throwable failure) {
    assertThat(failure)
        .isInstanceOfSatisfying(
            LogException.class,
            lost -> assertThat(lost.code()).isEqualTo(LogException.Code.TRANSACTION_LOST));
  }

  private static void append(TransactionalProducer producer, TopicPartition tp, String... values) {
    Records.Appended unused =
        producer
            .append(
                tp,
                Stream.of(values)
                    .map(
                        value ->
                            new NewRecord(
                                0, null, value.getBytes(StandardCharsets.UTF_8), List.of()))
                    .toList())
            .join();
  }

  private static List<String> values(Records reader, TopicPartition tp) {
    return reader.read(tp, 0, 1_000, 1 << 20).records().stream()
        .map(stored -> new String(Objects.requireNonNull(stored.value()), StandardCharsets.UTF_8))
        .toList();
  }
}
