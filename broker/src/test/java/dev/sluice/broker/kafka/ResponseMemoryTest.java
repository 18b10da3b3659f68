package dev.sluice.broker.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.kafka.KafkaMetrics.CloseReason;
import dev.sluice.broker.kafka.ResponseMemory.Room;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.message.DescribeClusterRequestData;
import org.apache.kafka.common.message.DescribeClusterResponseData;
import org.apache.kafka.common.message.DescribeClusterResponseData.DescribeClusterBroker;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.DescribeClusterRequest;
import org.apache.kafka.common.requests.DescribeClusterResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What answers may take together that nobody takes, and who has to wait or go. */
@ParameterizedClass
@EnumSource(Wire.class)
class ResponseMemoryTest {

  @Parameter private Wire wire = Wire.PLAIN;

  private static final Duration NONE = Duration.ZERO;
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final int MIB = 1 << 20;

  @Test
  void whatIsHeldIsGivenBackOnce() throws InterruptedException {
    ResponseMemory memory = new ResponseMemory(8 * MIB, NONE);
    Room room = memory.room();
    assertThat(room.reserve(ApiKeys.METADATA)).isTrue();
    room.settle(ApiKeys.METADATA, 3 * MIB);
    assertThat(memory.usedBytes()).isEqualTo(3 * MIB);
    room.release();
    room.release();
    assertThat(memory.usedBytes()).isZero();
  }

  @Test
  void whoseAnswerMayBeLargeWaitsWhileTheBudgetIsUsedUp() throws InterruptedException {
    ResponseMemory memory = new ResponseMemory(2 * MIB, NONE);
    memory.room().settle(ApiKeys.METADATA, 2 * MIB);

    assertThat(memory.room().reserve(ApiKeys.METADATA)).isFalse();
    assertThat(memory.room().reserve(ApiKeys.HEARTBEAT)).isTrue();
    assertThat(memory.usedBytes()).isEqualTo(2 * MIB);
  }

  @Test
  void roomIsReservedAsTheLastAnswersTookIt() throws InterruptedException {
    ResponseMemory memory = new ResponseMemory(3 * MIB, NONE);
    Room first = memory.room();
    first.settle(ApiKeys.METADATA, MIB);
    first.release();
    for (int i = 0; i < 3; i++) {
      assertThat(memory.room().reserve(ApiKeys.METADATA)).isTrue();
    }
    assertThat(memory.room().reserve(ApiKeys.METADATA)).isFalse();
    assertThat(memory.usedBytes()).isEqualTo(3 * MIB);
  }

  @Test
  void largeAnswersAreForgottenWhenOnlySmallOnesCome() throws InterruptedException {
    ResponseMemory memory = new ResponseMemory(MIB, NONE);
    Room held = memory.room();
    held.settle(ApiKeys.METADATA, MIB);
    for (int i = 0; i < 100; i++) {
      memory.room().settle(ApiKeys.METADATA, 100);
    }
    assertThat(memory.room().reserve(ApiKeys.METADATA)).isTrue();
  }

  @Test
  void whoWaitsGoesOnWhenAnAnswerIsTaken() throws Exception {
    ResponseMemory memory = new ResponseMemory(MIB, LONG);
    Room held = memory.room();
    held.settle(ApiKeys.METADATA, MIB);
    CompletableFuture<Boolean> waiting = reserve(memory);
    TestServer.await(memory::isWanted);

    held.release();

    assertThat(waiting.get(30, TimeUnit.SECONDS)).isTrue();
    assertThat(memory.isWanted()).isFalse();
  }

  @Test
  void nobodyWaitsAnyMoreWhenTheServerCloses() throws Exception {
    ResponseMemory memory = new ResponseMemory(MIB, LONG);
    memory.room().settle(ApiKeys.METADATA, MIB);
    CompletableFuture<Boolean> waiting = reserve(memory);
    TestServer.await(memory::isWanted);

    memory.close();

    assertThat(waiting.get(30, TimeUnit.SECONDS)).isFalse();
  }

  private static CompletableFuture<Boolean> reserve(ResponseMemory memory) {
    CompletableFuture<Boolean> reserved = new CompletableFuture<>();
    Thread unused =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    boolean unused2 = reserved.complete(memory.room().reserve(ApiKeys.METADATA));
                  } catch (InterruptedException e) {
                    boolean unused2 = reserved.completeExceptionally(e);
                  }
                });
    return reserved;
  }

  @Test
  void whoDoesNotTakeALargeAnswerGoesAsSoonAsOthersNeedTheMemory() throws Exception {
    FakeHandler<DescribeClusterRequest> handler =
        new FakeHandler<>(
            ApiKeys.DESCRIBE_CLUSTER, (request, call) -> new DescribeClusterResponse(large()));
    ServerLimits limits =
        new ServerLimits(4 * MIB, 40L * MIB, 100, 8, TestServer.IDLE, TestServer.IDLE);
    try (TestServer server = TestServer.start(wire, limits, handler);
        RawClient small = server.connect();
        RawClient other = server.connect()) {
      List<RawClient> stuck = new ArrayList<>();
      for (int i = 0; server.context().responseMemory().usedBytes() < 10 * MIB; i++) {
        long before = server.context().responseMemory().usedBytes();
        stuck.add(server.connect(4096).send(request(), 1));
        TestServer.await(() -> server.context().responseMemory().usedBytes() > before);
        assertThat(i).isLessThan(4);
      }
      server.awaitWriting(stuck.size());
      server.advance(TestServer.IDLE.dividedBy(2)); // Some of it was taken by the sockets.
      assertThat(small.isServed()).isTrue();
      assertThat(server.metrics().closed()).isZero();

      RawClient unused = other.send(request(), 1);
      TestServer.await(() -> server.context().responseMemory().isWanted());
      assertThat(small.isServed()).isTrue();
      server.advance(Duration.ZERO);

      assertThat(other.receive().remaining()).isGreaterThan(4 * MIB);
      assertThat(server.metrics().nextEnd()).isEqualTo(CloseReason.STUCK);
      stuck.forEach(RawClient::close);
      TestServer.await(() -> server.context().responseMemory().usedBytes() == 0);
    }
  }

  private static DescribeClusterRequest request() {
    return new DescribeClusterRequest.Builder(new DescribeClusterRequestData()).build((short) 0);
  }

  /** About five mebibytes. */
  private static DescribeClusterResponseData large() {
    DescribeClusterResponseData large = new DescribeClusterResponseData();
    for (int i = 0; i < 175; i++) {
      boolean unused =
          large
              .brokers()
              .add(new DescribeClusterBroker().setBrokerId(i).setHost("x".repeat(30_000)));
    }
    return large;
  }
}
