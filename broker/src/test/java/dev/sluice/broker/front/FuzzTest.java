package dev.sluice.broker.front;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.kafka.KafkaFrontConfig;
import dev.sluice.broker.kafka.RawClient;
import dev.sluice.broker.kafka.RecordingMetrics;
import dev.sluice.broker.metadata.TopicConfig;
import dev.sluice.broker.topic.TopicIds;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersion;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.ApiVersionsRequest;
import org.apache.kafka.common.requests.ApiVersionsResponse;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.RequestHeader;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every API that the broker answers, in every version, with requests that are well-formed, and with
 * such that were once: each is answered or gets its connection closed, nothing happens that nobody
 * foresaw, and the broker goes on. The seed is in the names of failures; {@code -Dfuzz.seed} sets
 * it, {@code -Dlong=true} makes many rounds.
 */
class FuzzTest {

  private static final int ROUNDS = Boolean.getBoolean("long") ? 300 : 6;
  private static final long SEED = Long.getLong("fuzz.seed", new Random().nextLong());

  /** How long a request may wait for others, or for records, before its client goes. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** These wait for others, or for records, as long as they are told. */
  private static final Set<ApiKeys> WAITING =
      EnumSet.of(ApiKeys.FETCH, ApiKeys.JOIN_GROUP, ApiKeys.SYNC_GROUP);

  private enum Outcome {
    ANSWERED,
    CLOSED,
    NEITHER
  }

  @TempDir private static Path directory;

  @TestFactory
  Stream<DynamicTest> everyApiWithstands() throws IOException {
    try (TestBroker broker = TestBroker.start(Files.createDirectory(directory.resolve("list")));
        RawClient client = RawClient.connect(broker.port())) {
      ApiVersionsResponse response =
          (ApiVersionsResponse) client.ask(new ApiVersionsRequest.Builder().build((short) 3));
      List<ApiVersion> apis = List.copyOf(response.data().apiKeys());
      assertThat(apis).hasSizeGreaterThan(20);
      return apis.stream()
          .map(
              api ->
                  DynamicTest.dynamicTest(
                      ApiKeys.forId(api.apiKey()) + " seed " + SEED, () -> fuzz(api)));
    }
  }

  private static void fuzz(ApiVersion range) throws IOException {
    ApiKeys api = ApiKeys.forId(range.apiKey());
    RecordingMetrics metrics = new RecordingMetrics();
    try (LogWatch log = new LogWatch()) {
      try (TestBroker broker =
          TestBroker.start(
              Files.createDirectory(directory.resolve(api.name())),
              KafkaFrontConfig.loopback(0),
              metrics)) {
        broker.broker().topics().create(RequestGenerator.TOPIC, 2, TopicConfig.FOREVER);
        fuzz(api, range, broker);
      }
      assertThat(log.complaints()).isEmpty();
    }
    assertThat(metrics.closed()).isEqualTo(metrics.opened());
  }

  private static void fuzz(ApiKeys api, ApiVersion range, TestBroker broker) throws IOException {
    Random random = new Random(SEED + api.id);
    Uuid topicId =
        TopicIds.toKafka(broker.broker().topics().find(RequestGenerator.TOPIC).orElseThrow().id());
    RequestGenerator generator = new RequestGenerator(random, topicId);
    Mutator mutator = new Mutator(random);
    for (short version = api.oldestVersion(); version <= range.maxVersion(); version++) {
      for (int round = 0; round < ROUNDS; round++) {
        byte[] request = generator.request(api, version);
        byte[] spoilt = mutator.frame(mutator.mutate(request));
        Outcome outcome = outcome(broker, RawClient.framed(request));
        assertThat(outcome).as("of %s version %s", api, version).isIn(expected(api, request));
        Outcome unused = outcome(broker, spoilt);
      }
    }
    try (RawClient client = RawClient.connect(broker.port())) {
      assertThat(client.isServed()).isTrue();
    }
  }

  private static Set<Outcome> expected(ApiKeys api, byte[] request) {
    ByteBuffer bytes = ByteBuffer.wrap(request);
    RequestHeader header = RequestHeader.parse(bytes);
    Set<Outcome> expected = EnumSet.of(Outcome.ANSWERED);
    if (WAITING.contains(api)) {
      // Who sends nothing more counts as gone after a while.
      expected.addAll(EnumSet.of(Outcome.NEITHER, Outcome.CLOSED));
    }
    try {
      AbstractRequest read =
          AbstractRequest.parseRequest(api, header.apiVersion(), new ByteBufferAccessor(bytes))
              .request;
      if (read instanceof ProduceRequest produce && produce.acks() == 0) {
        boolean unused = expected.add(Outcome.CLOSED);
      }
      return expected;
    } catch (RuntimeException refused) {
      return EnumSet.of(Outcome.CLOSED); // Kafka's own classes are stricter than the schemas.
    }
  }

  private static Outcome outcome(TestBroker broker, byte[] bytes) throws IOException {
    try (RawClient client = RawClient.connect(broker.port())) {
      ByteBuffer unused = client.patience(PATIENCE).send(bytes).finish().receive();
      return Outcome.ANSWERED;
    } catch (SocketTimeoutException waiting) {
      return Outcome.NEITHER;
    } catch (EOFException | SocketException closed) {
      return Outcome.CLOSED;
    }
  }
}
