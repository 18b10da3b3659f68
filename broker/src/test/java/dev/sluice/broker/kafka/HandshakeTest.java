package dev.sluice.broker.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.kafka.KafkaMetrics.CloseReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients of a TLS listener that never come so far as to ask for something. */
class HandshakeTest {

  private static final Duration MOMENT = Duration.ofSeconds(1);

  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.start(Wire.TLS);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private RawClient connect() throws IOException {
    return RawClient.connect(server.port());
  }

  static Stream<Arguments> garbage() throws IOException {
    byte[] random = new byte[5_000];
    new Random(5).nextBytes(random);
    byte[] spoilt = Wire.clientHello();
    Arrays.fill(spoilt, 5, spoilt.length, (byte) 0x7f);
    return Stream.of(
        Arguments.of("HTTP", "GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.UTF_8)),
        Arguments.of("a request", RawClient.framed(new byte[] {0, 18, 0, 3, 0, 0, 0, 1, -1, -1})),
        Arguments.of("random bytes", random),
        Arguments.of("a spoilt greeting", spoilt),
        Arguments.of("an empty record", new byte[] {22, 3, 1, 0, 0}),
        Arguments.of("a record larger than there may be", record(0xffff, 3_000)),
        Arguments.of("an alert", new byte[] {21, 3, 3, 0, 2, 2, 40}),
        Arguments.of("data before the handshake", record(100, 100, 23)));
  }

  private static byte[] record(int announced, int sent) {
    return record(announced, sent, 22);
  }

  private static byte[] record(int announced, int sent, int type) {
    return ByteBuffer.allocate(5 + sent)
        .put((byte) type)
        .putShort((short) 0x0301)
        .putShort((short) announced)
        .array();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("garbage")
  void whatIsNoHandshakeIsClosed(String name, byte[] bytes) throws Exception {
    try (RawClient other = server.connect();
        RawClient hostile = connect()) {
      assertThat(other.isServed()).isTrue();

      assertThat(hostile.send(bytes).finish().awaitEnd()).isLessThan(100);

      assertThat(server.metrics().nextEnd()).isEqualTo(CloseReason.HANDSHAKE);
      assertThat(other.isServed()).isTrue();
    }
    assertThat(server.isEmptySoon()).isTrue();
  }

  @Test
  void handshakesThatBreakOffAnywhereLeaveNothing() throws Exception {
    byte[] hello = Wire.clientHello();
    for (int length = 0; length <= hello.length; length += 13) {
      try (RawClient client = connect()) {
        long unused = client.send(Arrays.copyOf(hello, length)).finish().awaitEnd();
      }
      assertThat(server.metrics().nextEnd()).isIn(CloseReason.CLIENT, CloseReason.NETWORK);
    }
    assertThat(server.isEmptySoon()).isTrue();
  }

  @Test
  void handshakesThatDoNotGoOnAreClosedInTimeAndOthersAreServed() throws Exception {
    byte[] hello = Wire.clientHello();
    List<RawClient> halfOpen = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      halfOpen.add(
          switch (i % 3) {
            case 0 -> connect();
            case 1 -> connect().send(Arrays.copyOf(hello, hello.length / 2));
            default -> connect().send(hello); // Never takes the answer, nor goes on.
          });
    }
    try (RawClient other = server.connect()) {
      server.awaitConnections(61);
      server.advance(TestServer.TRANSFER.minus(MOMENT));
      assertThat(other.isServed()).isTrue();
      assertThat(server.metrics().closed()).isZero();

      server.advance(MOMENT.multipliedBy(2));

      assertThat(server.metrics().nextEnds(60)).containsOnlyKeys(CloseReason.STUCK);
      assertThat(other.isServed()).isTrue();
    }
    for (RawClient client : halfOpen) {
      long unused = client.awaitEnd();
      client.close();
    }
    assertThat(server.isEmptySoon()).isTrue();
  }

  @Test
  void aByteNowAndThenDoesNotKeepAHandshakeAlive() throws Exception {
    byte[] hello = Wire.clientHello();
    try (RawClient client = connect()) {
      server.awaitConnections(1);
      for (int i = 0; i < 10; i++) {
        RawClient unused = client.send(Arrays.copyOfRange(hello, i, i + 1));
        server.advance(TestServer.TRANSFER.dividedBy(11));
      }
      assertThat(server.metrics().closed()).isZero();

      server.advance(TestServer.TRANSFER.dividedBy(8));

      assertThat(client.awaitEnd()).isZero();
      assertThat(server.metrics().nextEnd()).isEqualTo(CloseReason.STUCK);
    }
  }

  @Test
  void aServerClosesAlthoughHandshakesAreUnderWay() throws Exception {
    try (RawClient silent = connect();
        RawClient half = connect().send(Wire.clientHello())) {
      server.awaitConnections(2);

      server.close();

      assertThat(server.metrics().nextEnds(2)).containsOnlyKeys(CloseReason.SHUTDOWN);
      assertThat(silent.awaitEnd()).isZero();
      long unused = half.awaitEnd();
    }
  }
}
