package dev.sluice.broker.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.kafka.KafkaMetrics.CloseReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.message.DescribeClusterRequestData;
import org.apache.kafka.common.message.DescribeClusterResponseData;
import org.apache.kafka.common.message.DescribeClusterResponseData.DescribeClusterBroker;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.ApiVersionsRequest;
import org.apache.kafka.common.requests.DescribeClusterRequest;
import org.apache.kafka.common.requests.DescribeClusterResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Who doesn't get on is closed when its time is up, and not before. */
@ParameterizedClass
@EnumSource(Wire.class)
class DeadlinesTest {

  @Parameter private Wire wire = Wire.PLAIN;

  private static final Duration MOMENT = Duration.ofSeconds(1);
  private static final Duration NEARLY_IDLE = TestServer.IDLE.minus(MOMENT);
  private static final Duration NEARLY_STUCK = TestServer.TRANSFER.minus(MOMENT);
  private static final byte[] REQUEST =
      RawClient.framed(RawClient.bytes(new ApiVersionsRequest.Builder().build((short) 3), 1));

  @Test
  void anIdleConnectionIsClosed() throws Exception {
    try (TestServer server = TestServer.start(wire);
        RawClient client = server.connect()) {
      for (int i = 0; i < 3; i++) {
        assertThat(client.isServed()).isTrue();
        server.awaitIdle();
        server.advance(NEARLY_IDLE);
      }

      server.advance(MOMENT.multipliedBy(2));

      assertThat(client.awaitEnd()).isZero();
      assertThat(server.metrics().nextEnd()).isEqualTo(CloseReason.IDLE);
    }
  }

  @Test
  void whoOnlyConnectsMayNotStayForLong() throws Exception {
    try (TestServer server = TestServer.start(wire);
        RawClient client = server.connect()) {
      server.awaitIdle();
      server.advance(NEARLY_STUCK);
      assertThat(server.metrics().closed()).isZero();

      server.advance(MOMENT.multipliedBy(2));

      assertThat(client.awaitEnd()).isZero();
      assertThat(server.metrics().nextEnd()).isEqualTo(CloseReason.IDLE);
    }
  }

  @Test
  void aClientThatSendsAByteNowAndThenIsClosed() throws Exception {
    try (TestServer server = TestServer.start(wire);
        RawClient client = server.connect()) {
      assertThat(client.isServed()).isTrue();
      RawClient unused = client.send(Arrays.copyOf(REQUEST, 5));
      server.awaitRequestBegun();
      for (int i = 5; i < 10; i++) {
        server.advance(TestServer.TRANSFER.dividedBy(6));
        unused = client.send(Arrays.copyOfRange(REQUEST, i, i + 1));
      }
      assertThat(server.metrics().closed()).isZero();

      server.advance(TestServer.TRANSFER.dividedBy(5));

      assertThat(client.awaitEnd()).isZero();
      assertThat(server.metrics().nextEnd()).isEqualTo(CloseReason.STUCK);
    }
  }

  @Test
  void aClientThatNeverTakesItsAnswerIsClosedAndOthersAreServed() throws Exception {
    DescribeClusterResponseData large = new DescribeClusterResponseData();
    for (int i = 0; i < 1_000; i++) {
      boolean unused =
          large
              .brokers()
              .add(new DescribeClusterBroker().setBrokerId(i).setHost("x".repeat(30_000)));
    }
    FakeHandler<DescribeClusterRequest> handler =
        new FakeHandler<>(
            ApiKeys.DESCRIBE_CLUSTER, (request, call) -> new DescribeClusterResponse(large));
    try (TestServer server = TestServer.start(wire, handler);
        RawClient stuck = server.connect(4096);
        RawClient other = server.connect()) {
      RawClient unused =
          stuck.send(
              new DescribeClusterRequest.Builder(new DescribeClusterRequestData()).build((short) 0),
              1);
      server.awaitWriting();
      assertThat(other.isServed()).isTrue();

      server.advance(TestServer.IDLE);

      assertThat(server.metrics().nextEnd()).isEqualTo(CloseReason.STUCK);
    }
  }

  @Test
  void aHandshakeThatDoesNotEndIsClosed() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    TransportFactory handshake =
        new TransportFactory() {
          @Override
          public Transport accept(SocketChannel channel) throws IOException {
            begun.countDown();
            PlainTransport transport = new PlainTransport(channel);
            int unused = transport.read(ByteBuffer.allocate(1));
            return transport;
          }

          @Override
          public boolean isEncrypted() {
            return true;
          }
        };
    ListenerConfig listener =
        new ListenerConfig("PLAINTEXT", "127.0.0.1", 0, null, null, Set.of(), handshake);
    try (TestServer server = TestServer.start(TestServer.LIMITS, listener);
        RawClient client = server.connect()) {
      assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();

      server.advance(TestServer.TRANSFER.plus(MOMENT));

      assertThat(client.awaitEnd()).isZero();
      assertThat(server.metrics().nextEnd()).isEqualTo(CloseReason.STUCK);
    }
  }

  @Test
  void theTimeForARequestGrowsWithItsBytes() {
    ManualTime time = new ManualTime();
    Deadlines deadlines = new Deadlines(TestServer.LIMITS, time);
    deadlines.begun();
    deadlines.advanced((int) Deadlines.LEAST_BYTES_PER_SECOND * 10);

    time.advance(TestServer.TRANSFER.plusSeconds(9));
    assertThat(deadlines.passed(false)).isEmpty();
    time.advance(Duration.ofSeconds(2));
    assertThat(deadlines.passed(false)).contains(CloseReason.STUCK);
  }

  @Test
  void anAnswerFromFilesMayWaitLongerThanOneFromMemory() {
    ManualTime time = new ManualTime();
    Deadlines deadlines = new Deadlines(TestServer.LIMITS, time);
    deadlines.complete();
    deadlines.writing(true, false);
    time.advance(NEARLY_IDLE);
    assertThat(deadlines.passed(false)).isEmpty();

    deadlines.writing(false, false);
    time.advance(TestServer.TRANSFER.plus(MOMENT));
    assertThat(deadlines.passed(false)).contains(CloseReason.STUCK);

    deadlines.written();
    assertThat(deadlines.passed(false)).isEmpty();
  }
}
