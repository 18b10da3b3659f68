package dev.sluice.broker.kafka.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.Broker;
import dev.sluice.broker.kafka.Call;
import dev.sluice.broker.kafka.Calls;
import dev.sluice.broker.kafka.PipelinedHandler.Reply;
import dev.sluice.broker.metadata.TopicConfig;
import dev.sluice.broker.quota.ClientQuotas;
import dev.sluice.broker.transaction.TransactionGate;
import dev.sluice.log.LogMetrics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.SimpleRecord;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.ProduceResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How transactional batches get into their transaction. */
class ProduceTransactionsTest {

  private static final short OLD = 10;
  private static final short NEW = 12;

  private Broker broker;
  private final List<String> asked = new ArrayList<>();
  private Errors refusal = Errors.NONE;

  @BeforeEach
  void open(@TempDir Path directory) {
    broker = Broker.open(directory, Clock.systemUTC(), LogMetrics.NONE);
    broker.topics().create("t", 3, TopicConfig.FOREVER);
  }

  @AfterEach
  void close() {
    broker.close();
  }

  @Test
  void allPartitionsAreAskedForAtOnceAndHeldUntilTheirAppendsAreQueued() throws Exception {
    List<Errors> errors = produce(NEW, batch(7, 0), batch(7, 0), plain());

    assertThat(errors).containsOnly(Errors.NONE);
    assertThat(asked).containsExactly("enter 7 [t-0, t-1] true", "close");
  }

  @Test
  void olderProducersMustHaveAddedThePartitions() throws Exception {
    List<Errors> errors = produce(OLD, batch(7, 0));

    assertThat(errors).containsExactly(Errors.NONE);
    assertThat(asked).containsExactly("enter 7 [t-0] false", "close");
  }

  @Test
  void aRefusalConcernsTransactionalBatchesOnly() throws Exception {
    refusal = Errors.TRANSACTION_ABORTABLE;

    assertThat(produce(NEW, batch(7, 0), plain()))
        .containsExactly(Errors.TRANSACTION_ABORTABLE, Errors.NONE);
    assertThat(broker.partition("t", 0).logEndOffset()).isZero();
  }

  @Test
  void aRefusalIsSaidInWordsThatTheProducerKnows() throws Exception {
    refusal = Errors.TRANSACTION_ABORTABLE;
    assertThat(produce(OLD, batch(7, 0))).containsExactly(Errors.INVALID_TXN_STATE);
    refusal = Errors.CONCURRENT_TRANSACTIONS;
    assertThat(produce(OLD, batch(7, 0))).containsExactly(Errors.NOT_ENOUGH_REPLICAS);
    assertThat(produce(NEW, batch(7, 0))).containsExactly(Errors.CONCURRENT_TRANSACTIONS);
    refusal = Errors.COORDINATOR_LOAD_IN_PROGRESS;
    assertThat(produce(NEW, batch(7, 0))).containsExactly(Errors.NOT_ENOUGH_REPLICAS);
  }

  @Test
  void batchesOfTwoProducersAreRefused() throws Exception {
    assertThat(produce(NEW, batch(7, 0), batch(8, 0)))
        .containsExactly(Errors.INVALID_RECORD, Errors.INVALID_RECORD);
    assertThat(asked).isEmpty();
  }

  private List<Errors> produce(short version, MemoryRecords... partitions)
      throws ExecutionException, InterruptedException {
    TopicProduceData topic = new TopicProduceData().setName("t");
    for (int i = 0; i < partitions.length; i++) {
      boolean unused =
          topic
              .partitionData()
              .add(new PartitionProduceData().setIndex(i).setRecords(partitions[i]));
    }
    ProduceRequestData data =
        new ProduceRequestData().setAcks((short) -1).setTransactionalId("tx").setTimeoutMs(1000);
    boolean unused = data.topicData().add(topic);
    ProduceHandler handler =
        new ProduceHandler(new TopicPartitions(broker), new Gate(), ClientQuotas.NONE);
    Call call = Calls.of(ApiKeys.PRODUCE, version);
    Reply reply = (Reply) handler.start(new ProduceRequest(data, version), call).get();
    return ((ProduceResponse) reply.response())
        .data().responses().stream()
            .flatMap(one -> one.partitionResponses().stream())
            .map(one -> Errors.forCode(one.errorCode()))
            .toList();
  }

  private static MemoryRecords batch(long producerId, int sequence) {
    return MemoryRecords.withTransactionalRecords(
        Compression.NONE,
        producerId,
        (short) 0,
        sequence,
        new SimpleRecord("x".getBytes(StandardCharsets.UTF_8)));
  }

  private static MemoryRecords plain() {
    return MemoryRecords.withRecords(
        Compression.NONE, new SimpleRecord("x".getBytes(StandardCharsets.UTF_8)));
  }

  private final class Gate implements TransactionGate {

    @Override
    public void admit(
        String transactionalId,
        long producerId,
        short epoch,
        Set<TopicPartition> partitions,
        boolean mayAdd) {
      throw new AssertionError("Nothing would hold the transaction open");
    }

    @Override
    public Pass enter(
        String transactionalId,
        long producerId,
        short epoch,
        Set<TopicPartition> partitions,
        boolean mayAdd) {
      if (refusal != Errors.NONE) {
        throw refusal.exception();
      }
      List<String> sorted = partitions.stream().map(TopicPartition::toString).sorted().toList();
      asked.add("enter " + producerId + " " + sorted + " " + mayAdd);
      return () -> asked.add("close");
    }
  }
}
