package dev.sluice.broker.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.kafka.KafkaMetrics.CloseReason;
import dev.sluice.broker.kafka.PipelinedHandler.Answer;
import dev.sluice.broker.kafka.PipelinedHandler.HangUp;
import dev.sluice.broker.kafka.PipelinedHandler.Reply;
import dev.sluice.broker.kafka.PipelinedHandler.Silence;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.ApiVersionsRequest;
import org.apache.kafka.common.requests.FindCoordinatorRequest;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.ProduceResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers go out in the order of requests, whatever becomes of each. */
@ParameterizedClass
@EnumSource(Wire.class)
class PipelineTest {

  @Parameter private Wire wire = Wire.PLAIN;

  @Test
  void answersComeInOrderThoughTheyAreReadyInAnother() throws Exception {
    FakeProduce produce = new FakeProduce();
    try (TestServer server = TestServer.start(wire, produce);
        RawClient client = server.connect()) {
      for (int id = 0; id < 5; id++) {
        RawClient unused = client.send(FakeProduce.request(1), id);
      }
      List<CompletableFuture<Answer>> answers = produce.next(5);

      for (int id = 4; id >= 0; id--) {
        boolean unused = answers.get(id).complete(FakeProduce.reply());
      }

      for (int id = 0; id < 5; id++) {
        assertThat(client.receiveId()).isEqualTo(id);
      }
    }
  }

  @Test
  void anotherRequestsAnswerWaitsForThoseBeforeIt() throws Exception {
    FakeProduce produce = new FakeProduce();
    try (TestServer server = TestServer.start(wire, produce);
        RawClient client = server.connect()) {
      RawClient unused =
          client
              .send(FakeProduce.request(1), 1)
              .send(new ApiVersionsRequest.Builder().build((short) 3), 2)
              .send(FakeProduce.request(1), 3);
      boolean unused2 = produce.next(1).getFirst().complete(FakeProduce.reply());
      assertThat(client.receiveId()).isEqualTo(1);
      assertThat(client.receiveId()).isEqualTo(2);

      unused2 = produce.next(1).getFirst().complete(FakeProduce.reply());

      assertThat(client.receiveId()).isEqualTo(3);
    }
  }

  @Test
  void aFailureIsAnsweredInItsPlace() throws Exception {
    FakeProduce produce =
        new FakeProduce(
            request -> {
              if (request.timeout() == 13) {
                throw new PolicyViolationException("unlucky");
              }
              return new CompletableFuture<>();
            });
    ProduceRequest unlucky = withPartition(13);
    try (TestServer server = TestServer.start(wire, produce);
        RawClient client = server.connect()) {
      RawClient unused =
          client.send(withPartition(1), 1).send(unlucky, 2).send(withPartition(1), 3);
      List<CompletableFuture<Answer>> answers = produce.next(2);
      boolean unused2 = answers.get(1).completeExceptionally(new PolicyViolationException("late"));
      unused2 = answers.get(0).complete(FakeProduce.reply());

      assertThat(client.receiveId()).isEqualTo(1);
      for (int id = 2; id <= 3; id++) {
        ByteBuffer answer = client.receive();
        AbstractResponse response = RawClient.parse(answer, ApiKeys.PRODUCE, unlucky.version());
        assertThat(response.errorCounts()).isEqualTo(Map.of(Errors.POLICY_VIOLATION, 1));
      }
    }
  }

  private static ProduceRequest withPartition(int timeoutMillis) {
    ProduceRequestData data =
        new ProduceRequestData().setAcks((short) 1).setTimeoutMs(timeoutMillis);
    boolean unused =
        data.topicData()
            .add(
                new ProduceRequestData.TopicProduceData()
                    .setName("t")
                    .setPartitionData(
                        List.of(
                            new ProduceRequestData.PartitionProduceData()
                                .setIndex(0)
                                .setRecords(MemoryRecords.EMPTY))));
    return new ProduceRequest(data, (short) 9);
  }

  @Test
  void whatFailsWithoutAnAnswerClosesTheConnectionAfterTheAnswersBeforeIt() throws Exception {
    FakeProduce produce =
        new FakeProduce(
            request -> {
              if (request.acks() == 0) {
                throw new PolicyViolationException("unlucky");
              }
              return new CompletableFuture<>();
            });
    try (TestServer server = TestServer.start(wire, produce);
        RawClient client = server.connect()) {
      RawClient unused =
          client.send(FakeProduce.request(1), 1).send(FakeProduce.request(0), 2).finish();
      boolean unused2 = produce.next(1).getFirst().complete(FakeProduce.reply());

      assertThat(client.receiveId()).isEqualTo(1);
      assertThat(client.awaitEnd()).isZero();
      assertThat(server.metrics().nextEnd()).isEqualTo(CloseReason.FAILED);
    }
  }

  @Test
  void silenceAndHangUpKeepTheirPlaces() throws Exception {
    FakeProduce produce = new FakeProduce();
    try (TestServer server = TestServer.start(wire, produce);
        RawClient client = server.connect()) {
      for (int id = 0; id < 4; id++) {
        RawClient unused = client.send(FakeProduce.request(1), id);
      }
      List<CompletableFuture<Answer>> answers = produce.next(4);
      boolean unused = answers.get(3).complete(FakeProduce.reply());
      unused = answers.get(2).complete(new HangUp("enough"));
      unused = answers.get(1).complete(new Silence());
      unused = answers.get(0).complete(FakeProduce.reply());

      assertThat(client.receiveId()).isZero();
      assertThat(client.awaitEnd()).isZero();
      assertThat(server.metrics().nextEnd()).isEqualTo(CloseReason.FAILED);
    }
  }

  @Test
  void aClientThatTakesNoAnswersIsNotReadFromForEver() throws Exception {
    ProduceResponseData large = new ProduceResponseData();
    for (int i = 0; i < 1_000; i++) {
      boolean unused =
          large
              .responses()
              .add(new ProduceResponseData.TopicProduceResponse().setName("x".repeat(30_000) + i));
    }
    Answer answer = new Reply(new ProduceResponse(large));
    FakeProduce produce = new FakeProduce(request -> CompletableFuture.completedFuture(answer));
    try (TestServer server = TestServer.start(wire, produce);
        RawClient client = server.connect(4096);
        RawClient other = server.connect()) {
      Thread sender = Thread.ofVirtual().start(() -> sendUntilClosed(client, 10_000));
      server.awaitWriting();
      assertThat(other.isServed()).isTrue();

      server.advance(TestServer.IDLE);

      assertThat(server.metrics().nextEnd()).isEqualTo(CloseReason.STUCK);
      assertThat(sender.join(Duration.ofSeconds(30))).isTrue();
      assertThat(produce.started()).isOne();
    }
  }

  private static void sendUntilClosed(RawClient client, int requests) {
    try {
      for (int id = 0; id < requests; id++) {
        RawClient unused = client.send(FakeProduce.request(1), id);
      }
    } catch (IOException closed) {
      return; // As it should be.
    }
  }

  @Test
  void noMoreThanSoManyWaitForTheirAnswers() throws Exception {
    FakeProduce produce = new FakeProduce();
    int most = TestServer.LIMITS.maxInFlight();
    try (TestServer server = TestServer.start(wire, produce);
        RawClient client = server.connect();
        RawClient other = server.connect()) {
      for (int id = 0; id < 100; id++) {
        RawClient unused = client.send(FakeProduce.request(1), id);
      }
      // One is awaited, so many are behind it, and one has been started before it has a place.
      List<CompletableFuture<Answer>> answers = produce.next(most + 2);
      assertThat(other.isServed()).isTrue();
      assertThat(produce.started()).isEqualTo(most + 2);

      answers.forEach(answer -> answer.complete(FakeProduce.reply()));
      for (int id = 0; id < 100; id++) {
        if (id >= most + 2) {
          boolean unused = produce.next(1).getFirst().complete(FakeProduce.reply());
        }
        assertThat(client.receiveId()).isEqualTo(id);
      }
    }
  }

  @Test
  void closingTheServerEndsEveryWait() throws Exception {
    CountDownLatch waiting = new CountDownLatch(1);
    FakeHandler<FindCoordinatorRequest> waits =
        new FakeHandler<>(
            ApiKeys.FIND_COORDINATOR,
            (request, call) -> {
              waiting.countDown();
              return call.await(new CompletableFuture<AbstractResponse>());
            });
    FakeProduce produce = new FakeProduce();
    TestServer server = TestServer.start(wire, produce, waits);
    try (RawClient full = server.connect();
        RawClient pipelined = server.connect();
        RawClient blocked = server.connect();
        RawClient idle = server.connect()) {
      assertThat(idle.isServed()).isTrue();
      for (int id = 0; id < 100; id++) {
        RawClient unused = full.send(FakeProduce.request(1), id);
      }
      RawClient unused = pipelined.send(FakeProduce.request(1), 1);
      int started = TestServer.LIMITS.maxInFlight() + 3;
      assertThat(produce.next(started)).hasSize(started);
      unused =
          blocked.send(
              new FindCoordinatorRequest.Builder(
                      new org.apache.kafka.common.message.FindCoordinatorRequestData()
                          .setKey("group"))
                  .build((short) 3),
              1);
      assertThat(waiting.await(30, TimeUnit.SECONDS)).isTrue();

      server.close();

      assertThat(server.context().open()).isEmpty();
      assertThat(server.metrics().nextEnds(4)).isEqualTo(Map.of(CloseReason.SHUTDOWN, 4));
      assertThat(server.context().memory().usedBytes()).isZero();
      assertThat(full.awaitEnd() + pipelined.awaitEnd() + idle.awaitEnd()).isZero();
    }
  }

  /** A response that counts how often it is let go. */
  private static final class Lent extends ProduceResponse implements LentResponse {
    private final AtomicInteger closed = new AtomicInteger();

    Lent(ProduceResponseData data) {
      super(data);
    }

    @Override
    public long lentBytes() {
      return 0;
    }

    @Override
    public void close() {
      int unused = closed.incrementAndGet();
    }
  }

  @Test
  void whatAnAnswerHoldsIsLetGoOnEveryPath() throws Exception {
    Lent sent = new Lent(new ProduceResponseData());
    Lent unwritable =
        new Lent(
            new ProduceResponseData()
                .setResponses(
                    new ProduceResponseData.TopicProduceResponseCollection(
                        List.of(new ProduceResponseData.TopicProduceResponse().setName(null))
                            .iterator())));
    Lent pending = new Lent(new ProduceResponseData());
    Lent late = new Lent(new ProduceResponseData());
    FakeProduce produce = new FakeProduce();
    try (TestServer server = TestServer.start(wire, produce);
        RawClient client = server.connect()) {
      for (int id = 0; id < 4; id++) {
        RawClient unused = client.send(FakeProduce.request(1), id);
      }
      List<CompletableFuture<Answer>> answers = produce.next(4);
      boolean unused = answers.get(2).complete(new Reply(pending));
      unused = answers.get(0).complete(new Reply(sent));
      unused = answers.get(1).complete(new Reply(unwritable));

      assertThat(client.receiveId()).isZero();
      assertThat(client.awaitEnd()).isZero();
      assertThat(server.metrics().nextEnd()).isEqualTo(CloseReason.FAILED);
      unused = answers.get(3).complete(new Reply(late));
    }
    assertThat(List.of(sent, unwritable, pending, late))
        .allSatisfy(response -> assertThat(response.closed).hasValue(1));
  }
}
