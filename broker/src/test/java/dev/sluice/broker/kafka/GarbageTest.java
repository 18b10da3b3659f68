package dev.sluice.broker.kafka;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.kafka.KafkaMetrics.CloseReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.MetadataRequest;
import org.apache.kafka.common.requests.MetadataResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is no request gets a clean close for a reason, and leaves nothing behind. */
@ParameterizedClass
@EnumSource(Wire.class)
class GarbageTest {

  @Parameter private Wire wire = Wire.PLAIN;

  private TestServer server;

  @BeforeEach
  void start() {
    server =
        TestServer.start(
            wire,
            new FakeHandler<MetadataRequest>(
                ApiKeys.METADATA,
                (request, call) ->
                    new MetadataResponse(new MetadataResponseData(), call.version())));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  static Stream<Arguments> garbage() {
    byte[] tlsHello =
        HexFormat.of().parseHex("16030100a1010000 9d0303".replace(" ", "") + "5a".repeat(160));
    return Stream.of(
        garbage(
            "HTTP", "GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII), CloseReason.GARBAGE),
        garbage("TLS", tlsHello, CloseReason.GARBAGE),
        garbage("SSH", "SSH-2.0-OpenSSH_9.6\r\n".getBytes(US_ASCII), CloseReason.GARBAGE),
        garbage("two gibibytes", sized(Integer.MAX_VALUE), CloseReason.OVERSIZED),
        garbage("more than the limit", sized((4 << 20) + 1), CloseReason.OVERSIZED),
        garbage("less than nothing", sized(-1), CloseReason.GARBAGE),
        garbage("least of all", sized(Integer.MIN_VALUE), CloseReason.GARBAGE),
        garbage("nothing", sized(0), CloseReason.GARBAGE),
        garbage("a byte", sized(1, 0), CloseReason.GARBAGE),
        garbage("half a header", sized(6, 0, 18, 0, 3, 0, 0), CloseReason.GARBAGE),
        garbage("an unknown API", header(999, 0), CloseReason.GARBAGE),
        garbage("a negative API", header(-1, 0), CloseReason.GARBAGE),
        garbage("an API of controllers", header(ApiKeys.VOTE.id, 0, 0), CloseReason.UNSUPPORTED),
        garbage("an API without a handler", header(ApiKeys.FETCH.id, 4), CloseReason.UNSUPPORTED),
        garbage("a version to come", header(ApiKeys.METADATA.id, 99, 0), CloseReason.UNSUPPORTED),
        garbage("a negative version", header(ApiKeys.METADATA.id, -3), CloseReason.UNSUPPORTED),
        garbage("no body", header(ApiKeys.METADATA.id, 5), CloseReason.GARBAGE),
        garbage(
            "an array of two thousand millions",
            header(ApiKeys.METADATA.id, 5, 0x7f, 0xff, 0xff, 0xff),
            CloseReason.GARBAGE),
        garbage(
            "a compact array of as many",
            header(ApiKeys.METADATA.id, 12, 0, 0xff, 0xff, 0xff, 0xff, 0x07),
            CloseReason.GARBAGE),
        garbage(
            "a string of a negative length",
            header(ApiKeys.METADATA.id, 5, 0, 0, 0, 1, 0x80, 0, 1),
            CloseReason.GARBAGE));
  }

  private static Arguments garbage(String name, byte[] bytes, CloseReason reason) {
    return Arguments.of(name, bytes, reason);
  }

  private static byte[] sized(int size, int... bytes) {
    ByteBuffer buffer = ByteBuffer.allocate(Integer.BYTES + bytes.length).putInt(size);
    for (int one : bytes) {
      buffer.put((byte) one);
    }
    return buffer.array();
  }

  /** A frame with a header of version 1 (no client id), and bytes behind it. */
  private static byte[] header(int api, int version, int... body) {
    byte[] bytes = new byte[body.length];
    for (int i = 0; i < body.length; i++) {
      bytes[i] = (byte) body[i];
    }
    return header(api, version, bytes);
  }

  private static byte[] header(int api, int version, byte[] body) {
    return RawClient.framed(
        ByteBuffer.allocate(10 + body.length)
            .putShort((short) api)
            .putShort((short) version)
            .putInt(7)
            .putShort((short) -1)
            .put(body)
            .array());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("garbage")
  void garbageIsClosed(String name, byte[] bytes, CloseReason reason) throws Exception {
    try (RawClient other = server.connect();
        RawClient hostile = server.connect()) {
      assertThat(other.isServed()).isTrue();

      assertThat(hostile.send(bytes).awaitEnd()).isZero();

      assertThat(server.metrics().nextEnd()).isEqualTo(reason);
      assertThat(other.isServed()).isTrue();
    }
    assertThat(server.isEmptySoon()).isTrue();
  }

  @Test
  void requestsThatEndHalfwayAreClosed() throws Exception {
    byte[] request =
        RawClient.framed(RawClient.bytes(new MetadataRequest.Builder(null, true).build(), 1));
    for (int length = 0; length < request.length; length++) {
      try (RawClient client = server.connect()) {
        byte[] part = Arrays.copyOf(request, length);
        assertThat(client.send(part).finish().awaitEnd()).isZero();
      }
      assertThat(server.metrics().nextEnd())
          .isEqualTo(length == 0 ? CloseReason.CLIENT : CloseReason.GARBAGE);
    }
    assertThat(server.isEmptySoon()).isTrue();
  }

  @Test
  void aLargeRequestThatEndsHalfwayGivesItsMemoryBack() throws Exception {
    for (int length : new int[] {9_000, 200_000, 1_500_000, 3_000_000}) {
      try (RawClient client = server.connect()) {
        byte[] bytes = ByteBuffer.allocate(length).putInt(4 << 20).array();
        assertThat(client.send(bytes).finish().awaitEnd()).isZero();
      }
      assertThat(server.metrics().nextEnd()).isEqualTo(CloseReason.GARBAGE);
    }
    assertThat(server.isEmptySoon()).isTrue();
  }

  @Test
  void aRequestOfAMillionTinyElementsIsRefused() throws Exception {
    byte[] body = new byte[3 << 20]; // Each topic of Metadata 4 takes two bytes: an empty name.
    byte[] start = ByteBuffer.allocate(4).putInt(body.length / 2 - 1).array();
    System.arraycopy(start, 0, body, 0, start.length);

    try (RawClient client = server.connect()) {
      client.send(header(ApiKeys.METADATA.id, 4, body));
      long unused = client.awaitEnd();
    }

    assertThat(server.metrics().nextEnd()).isEqualTo(CloseReason.GARBAGE);
    assertThat(server.isEmptySoon()).isTrue();
  }

  @Test
  void whatHasBeenReadOfARequestIsGivenBackWhereItBreaksOff() throws Exception {
    byte[] body = new byte[4 + 2_000]; // A thousand topics without a name, of two announced.
    body[2] = 2_000 >>> 8;
    body[3] = (byte) 2_000;
    try (RawClient client = server.connect()) {
      client.send(header(ApiKeys.METADATA.id, 4, body));
      assertThat(client.awaitEnd()).isZero();
    }

    assertThat(server.metrics().nextEnd()).isEqualTo(CloseReason.GARBAGE);
    assertThat(server.isEmptySoon()).isTrue();
  }

  @Test
  void anUnknownVersionOfApiVersionsIsAnsweredInVersionZero() throws IOException {
    byte[] request =
        ByteBuffer.allocate(12)
            .putShort(ApiKeys.API_VERSIONS.id)
            .putShort((short) 99)
            .putInt(5)
            .putShort((short) -1)
            .put((byte) 0)
            .put((byte) 0)
            .array();
    try (RawClient client = server.connect()) {
      ByteBuffer answer = client.send(RawClient.framed(request)).receive();

      assertThat(answer.getInt()).isEqualTo(5);
      assertThat(answer.getShort()).isEqualTo((short) 35);
      assertThat(client.isServed()).isTrue();
    }
  }

  @Test
  void randomBytesAreClosed() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    int rounds = Boolean.getBoolean("long") ? 20_000 : 300;
    for (int i = 0; i < rounds; i++) {
      byte[] bytes = new byte[random.nextInt(1, 2_000)];
      random.nextBytes(bytes);
      if (random.nextBoolean() && bytes.length > 8) {
        ByteBuffer.wrap(bytes).putInt(bytes.length - 4).putShort((short) random.nextInt(4));
      }
      try (RawClient client = server.connect()) {
        long unused = client.send(bytes).finish().awaitEnd();
      } catch (IOException reset) {
        continue; // It was closed while it was being sent to.
      }
    }
    assertThat(server.metrics().nextEnds(rounds))
        .as("seed %s", seed)
        .doesNotContainKey(CloseReason.FAILED);
    assertThat(server.isEmptySoon()).isTrue();
  }
}
