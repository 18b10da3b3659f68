package dev.sluice.broker.kafka.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.front.TestBroker;
import dev.sluice.broker.metadata.TopicConfig;
import dev.sluice.log.partition.PartitionLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.AddOffsetsToTxnRequestData;
import org.apache.kafka.common.message.AddPartitionsToTxnRequestData.AddPartitionsToTxnTopic;
import org.apache.kafka.common.message.AddPartitionsToTxnRequestData.AddPartitionsToTxnTopicCollection;
import org.apache.kafka.common.message.AddPartitionsToTxnRequestData.AddPartitionsToTxnTransaction;
import org.apache.kafka.common.message.AddPartitionsToTxnRequestData.AddPartitionsToTxnTransactionCollection;
import org.apache.kafka.common.message.EndTxnRequestData;
import org.apache.kafka.common.message.EndTxnResponseData;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.InitProducerIdResponseData;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceDataCollection;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData.TxnOffsetCommitRequestPartition;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData.TxnOffsetCommitRequestTopic;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.SimpleRecord;
import org.apache.kafka.common.requests.AddOffsetsToTxnRequest;
import org.apache.kafka.common.requests.AddOffsetsToTxnResponse;
import org.apache.kafka.common.requests.AddPartitionsToTxnRequest;
import org.apache.kafka.common.requests.AddPartitionsToTxnResponse;
import org.apache.kafka.common.requests.EndTxnRequest;
import org.apache.kafka.common.requests.EndTxnResponse;
import org.apache.kafka.common.requests.InitProducerIdRequest;
import org.apache.kafka.common.requests.InitProducerIdResponse;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.ProduceResponse;
import org.apache.kafka.common.requests.TxnOffsetCommitRequest;
import org.apache.kafka.common.requests.TxnOffsetCommitResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Transactions by clients of every age, request by request. */
class OlderVersionsTest {

  private static final String ID = "shop";
  private static final TopicPartition ORDERS = new TopicPartition("orders", 0);

  private TestBroker broker;
  private RawClient client;

  @BeforeEach
  void start(@TempDir Path directory) throws IOException {
    broker = TestBroker.start(directory);
    assertThat(broker.broker().topics().create("orders", 1, TopicConfig.FOREVER)).isNotNull();
    client = new RawClient(broker.port());
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    broker.close();
  }

  /** Versions of InitProducerId, AddPartitionsToTxn, Produce, EndTxn as clients had them. */
  @ParameterizedTest
  @CsvSource({"0, 0, 3, 0", "1, 1, 5, 1", "2, 2, 7, 2", "3, 3, 9, 3", "4, 3, 10, 3", "5, 3, 11, 4"})
  void aClientOfTheFirstGenerationKeepsItsEpoch(short init, short add, short produce, short end)
      throws IOException {
    InitProducerIdResponseData me = init(init, -1, (short) -1);
    assertThat(me.errorCode()).isZero();
    for (int i = 0; i < 2; i++) {
      assertThat(add(add, me.producerId(), me.producerEpoch())).isEqualTo(Errors.NONE);
      assertThat(produce(produce, me.producerId(), me.producerEpoch(), i)).isEqualTo(Errors.NONE);
      EndTxnResponseData ended = end(end, me.producerId(), me.producerEpoch(), i == 0);
      assertThat(Errors.forCode(ended.errorCode())).isEqualTo(Errors.NONE);
      assertThat(ended.producerId()).isEqualTo(-1);
    }
    // The next one begins when the last one is complete.
    assertThat(init(init, -1, (short) -1).producerEpoch()).isEqualTo((short) 1);
    PartitionLog log = broker.broker().partition("orders", 0);
    assertThat(log.transactions().lastStableOffset()).isEqualTo(4).isEqualTo(log.highWatermark());
    assertThat(log.transactions().aborted(0, 4)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, INVALID_PRODUCER_EPOCH",
    "3, 1, 1, INVALID_PRODUCER_EPOCH",
    "4, 2, 2, PRODUCER_FENCED",
    "5, 3, 5, PRODUCER_FENCED"
  })
  void whoIsFencedIsToldSoInWordsItKnows(short init, short add, short end, Errors expected)
      throws IOException {
    InitProducerIdResponseData old = init(init, -1, (short) -1);
    assertThat(init(init, -1, (short) -1).errorCode()).isZero();
    assertThat(add(add, old.producerId(), old.producerEpoch())).isEqualTo(expected);
    EndTxnResponseData ended = end(end, old.producerId(), old.producerEpoch(), true);
    assertThat(Errors.forCode(ended.errorCode())).isEqualTo(expected);
    if (init >= 3) {
      assertThat(Errors.forCode(init(init, old.producerId(), old.producerEpoch()).errorCode()))
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(shorts = {0, 1, 2, 3, 4})
  void offsetsAreCommittedInATransaction(short version) throws IOException {
    InitProducerIdResponseData me = init((short) 1, -1, (short) -1);
    AddOffsetsToTxnRequestData offsets =
        new AddOffsetsToTxnRequestData()
            .setTransactionalId(ID)
            .setProducerId(me.producerId())
            .setProducerEpoch(me.producerEpoch())
            .setGroupId("readers");
    assertThat(
            client
                .send(
                    new AddOffsetsToTxnRequest.Builder(offsets).build(version),
                    AddOffsetsToTxnResponse.class)
                .data()
                .errorCode())
        .isZero();
    TxnOffsetCommitResponse committed =
        client.send(commit(me, version), TxnOffsetCommitResponse.class);
    assertThat(committed.errors()).containsEntry(ORDERS, Errors.NONE);
    assertThat(end(version, me.producerId(), me.producerEpoch(), true).errorCode()).isZero();
    assertThat(init((short) 1, -1, (short) -1).errorCode()).isZero();
  }

  @Test
  void aClientOfTheSecondGenerationGetsAnEpochPerTransaction() throws IOException {
    InitProducerIdResponseData me = init((short) 5, -1, (short) -1);
    assertThat(produce((short) 12, me.producerId(), me.producerEpoch(), 0)).isEqualTo(Errors.NONE);
    EndTxnResponseData ended = end((short) 5, me.producerId(), me.producerEpoch(), true);
    assertThat(ended.producerId()).isEqualTo(me.producerId());
    assertThat(ended.producerEpoch()).isEqualTo((short) 1);
    assertThat(end((short) 5, me.producerId(), me.producerEpoch(), true)).isEqualTo(ended);
    assertThat(produce((short) 12, me.producerId(), (short) 0, 1))
        .as("a batch that comes late")
        .isEqualTo(Errors.INVALID_PRODUCER_EPOCH);
    assertThat(produce((short) 12, me.producerId(), (short) 1, 0)).isEqualTo(Errors.NONE);
    assertThat(end((short) 5, me.producerId(), (short) 1, false).producerEpoch())
        .isEqualTo((short) 2);
  }

  @Test
  void aBatchWithoutATransactionIsRefused() throws IOException {
    InitProducerIdResponseData me = init((short) 4, -1, (short) -1);
    assertThat(produce((short) 11, me.producerId(), me.producerEpoch(), 0))
        .isEqualTo(Errors.TRANSACTION_ABORTABLE);
    assertThat(broker.broker().partition("orders", 0).highWatermark()).isZero();
  }

  @Test
  void brokersMayAskForManyTransactionsAtOnce() throws IOException {
    InitProducerIdResponseData me = init((short) 5, -1, (short) -1);
    AddPartitionsToTxnTransactionCollection transactions =
        new AddPartitionsToTxnTransactionCollection();
    transactions.add(transaction(ID, me, false));
    transactions.add(transaction("stranger", me, false));
    AddPartitionsToTxnResponse added =
        client.send(
            AddPartitionsToTxnRequest.Builder.forBroker(transactions).build((short) 5),
            AddPartitionsToTxnResponse.class);
    assertThat(added.errors())
        .containsEntry(ID, Map.of(ORDERS, Errors.NONE))
        .containsEntry("stranger", Map.of(ORDERS, Errors.INVALID_PRODUCER_ID_MAPPING));
    AddPartitionsToTxnTransactionCollection verified =
        new AddPartitionsToTxnTransactionCollection();
    verified.add(transaction(ID, me, true));
    assertThat(
            client
                .send(
                    AddPartitionsToTxnRequest.Builder.forBroker(verified).build((short) 4),
                    AddPartitionsToTxnResponse.class)
                .errors())
        .containsEntry(ID, Map.of(ORDERS, Errors.NONE));
  }

  @Test
  void partitionsThatAreNotThereKeepTheOthersOut() throws IOException {
    InitProducerIdResponseData me = init((short) 4, -1, (short) -1);
    TopicPartition missing = new TopicPartition("orders", 7);
    AddPartitionsToTxnResponse answer =
        client.send(
            AddPartitionsToTxnRequest.Builder.forClient(
                    ID, me.producerId(), me.producerEpoch(), List.of(ORDERS, missing))
                .build((short) 3),
            AddPartitionsToTxnResponse.class);
    assertThat(answer.errors().get(AddPartitionsToTxnResponse.V3_AND_BELOW_TXN_ID))
        .containsEntry(missing, Errors.UNKNOWN_TOPIC_OR_PARTITION)
        .containsEntry(ORDERS, Errors.OPERATION_NOT_ATTEMPTED);
  }

  @Test
  void transactionsOfTwoPhasesAreRefused() throws IOException {
    InitProducerIdRequestData two = new InitProducerIdRequestData();
    two.setTransactionalId(ID).setTransactionTimeoutMs(1_000).setEnable2Pc(true);
    assertThat(initError(two)).isEqualTo(Errors.TRANSACTIONAL_ID_AUTHORIZATION_FAILED);
    two.setEnable2Pc(false).setKeepPreparedTxn(true);
    assertThat(initError(two)).isEqualTo(Errors.UNSUPPORTED_VERSION);
    two.setKeepPreparedTxn(false).setProducerId(3);
    assertThat(initError(two)).isEqualTo(Errors.INVALID_REQUEST);
    two.setProducerId(-1).setTransactionTimeoutMs(Integer.MAX_VALUE);
    assertThat(initError(two)).isEqualTo(Errors.INVALID_TRANSACTION_TIMEOUT);
    two.setTransactionTimeoutMs(1_000);
    assertThat(initError(two)).isEqualTo(Errors.NONE);
  }

  @ParameterizedTest
  @ValueSource(shorts = {0, 1, 2, 3, 4, 5, 6})
  void everyProducerWithoutTransactionsGetsAnIdOfItsOwn(short version) throws IOException {
    InitProducerIdRequestData data =
        new InitProducerIdRequestData().setTransactionalId(null).setTransactionTimeoutMs(1_000);
    InitProducerIdRequest request = new InitProducerIdRequest.Builder(data).build(version);
    InitProducerIdResponseData first = client.send(request, InitProducerIdResponse.class).data();
    InitProducerIdResponseData second = client.send(request, InitProducerIdResponse.class).data();
    assertThat(first.errorCode()).isZero();
    assertThat(second.producerId()).isGreaterThan(first.producerId());
    assertThat(second.producerEpoch()).isZero();
  }

  private Errors initError(InitProducerIdRequestData data) throws IOException {
    InitProducerIdRequest request = new InitProducerIdRequest.Builder(data).build((short) 6);
    return Errors.forCode(client.send(request, InitProducerIdResponse.class).data().errorCode());
  }

  private InitProducerIdResponseData init(short version, long id, short epoch) throws IOException {
    InitProducerIdRequestData data =
        new InitProducerIdRequestData()
            .setTransactionalId(ID)
            .setTransactionTimeoutMs(60_000)
            .setProducerId(id)
            .setProducerEpoch(epoch);
    InitProducerIdRequest request = new InitProducerIdRequest.Builder(data).build(version);
    InitProducerIdResponseData answer;
    do {
      answer = client.send(request, InitProducerIdResponse.class).data();
    } while (answer.errorCode() == Errors.CONCURRENT_TRANSACTIONS.code());
    return answer;
  }

  private Errors add(short version, long id, short epoch) throws IOException {
    AddPartitionsToTxnRequest request =
        AddPartitionsToTxnRequest.Builder.forClient(ID, id, epoch, List.of(ORDERS)).build(version);
    Errors error;
    do {
      error =
          Errors.forCode(
              client
                  .send(request, AddPartitionsToTxnResponse.class)
                  .data()
                  .resultsByTopicV3AndBelow()
                  .iterator()
                  .next()
                  .resultsByPartition()
                  .iterator()
                  .next()
                  .partitionErrorCode());
    } while (error == Errors.CONCURRENT_TRANSACTIONS);
    return error;
  }

  private Errors produce(short version, long id, short epoch, int sequence) throws IOException {
    MemoryRecords records =
        MemoryRecords.withTransactionalRecords(
            Compression.NONE,
            id,
            epoch,
            sequence,
            new SimpleRecord("value".getBytes(StandardCharsets.UTF_8)));
    TopicProduceData topic =
        new TopicProduceData()
            .setName("orders")
            .setTopicId(Uuid.ZERO_UUID)
            .setPartitionData(List.of(new PartitionProduceData().setIndex(0).setRecords(records)));
    TopicProduceDataCollection topics = new TopicProduceDataCollection();
    topics.add(topic);
    ProduceRequestData data =
        new ProduceRequestData()
            .setTransactionalId(ID)
            .setAcks((short) -1)
            .setTimeoutMs(30_000)
            .setTopicData(topics);
    ProduceRequest request = new ProduceRequest.Builder(version, version, data).build(version);
    Errors error;
    do {
      error =
          Errors.forCode(
              client
                  .send(request, ProduceResponse.class)
                  .data()
                  .responses()
                  .iterator()
                  .next()
                  .partitionResponses()
                  .getFirst()
                  .errorCode());
    } while (error == Errors.CONCURRENT_TRANSACTIONS);
    return error;
  }

  private EndTxnResponseData end(short version, long id, short epoch, boolean isCommit)
      throws IOException {
    EndTxnRequestData data =
        new EndTxnRequestData()
            .setTransactionalId(ID)
            .setProducerId(id)
            .setProducerEpoch(epoch)
            .setCommitted(isCommit);
    boolean endsEpoch = version > EndTxnRequest.LAST_STABLE_VERSION_BEFORE_TRANSACTION_V2;
    EndTxnRequest request = new EndTxnRequest.Builder(data, endsEpoch).build(version);
    EndTxnResponseData answer;
    do {
      answer = client.send(request, EndTxnResponse.class).data();
    } while (answer.errorCode() == Errors.CONCURRENT_TRANSACTIONS.code());
    return answer;
  }

  private static AddPartitionsToTxnTransaction transaction(
      String id, InitProducerIdResponseData me, boolean isVerifyOnly) {
    AddPartitionsToTxnTopicCollection topics = new AddPartitionsToTxnTopicCollection();
    topics.add(new AddPartitionsToTxnTopic().setName("orders").setPartitions(List.of(0)));
    return new AddPartitionsToTxnTransaction()
        .setTransactionalId(id)
        .setProducerId(me.producerId())
        .setProducerEpoch(me.producerEpoch())
        .setVerifyOnly(isVerifyOnly)
        .setTopics(topics);
  }

  private static TxnOffsetCommitRequest commit(InitProducerIdResponseData me, short version) {
    TxnOffsetCommitRequestData data =
        new TxnOffsetCommitRequestData()
            .setTransactionalId(ID)
            .setGroupId("readers")
            .setProducerId(me.producerId())
            .setProducerEpoch(me.producerEpoch())
            .setTopics(
                List.of(
                    new TxnOffsetCommitRequestTopic()
                        .setName("orders")
                        .setPartitions(
                            List.of(
                                new TxnOffsetCommitRequestPartition()
                                    .setPartitionIndex(0)
                                    .setCommittedOffset(42)))));
    return new TxnOffsetCommitRequest(data, version);
  }
}
