package dev.sluice.source.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.ErrorCategory;
import dev.sluice.connector.Header;
import dev.sluice.connector.SourceBatch;
import dev.sluice.connector.SourcePosition;
import dev.sluice.connector.SourceRecord;
import dev.sluice.connector.testing.FakeSourceContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MqttTaskTest {

  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private TestBroker broker;

  @BeforeAll
  void startBroker(@TempDir Path directory) throws Exception {
    broker = new TestBroker(directory);
  }

  @AfterAll
  void stopBroker() throws Exception {
    broker.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "3.1.1"})
  void bringsMessagesInOrderWithTopicAndLevels(String version) throws Exception {
    String root = root();
    try (Run run = new Run(options(version, root + "/+/temperature"))) {
      for (int i = 0; i < 50; i++) {
        broker.publish(root + "/oven/temperature", String.valueOf(i));
      }
      List<SourceRecord> records = run.take(50);

      assertThat(records)
          .extracting(MqttTaskTest::text)
          .containsExactlyElementsOf(IntStream.range(0, 50).mapToObj(String::valueOf).toList());
      assertThat(records.getFirst().attributes())
          .containsEntry("mqtt.topic", root + "/oven/temperature")
          .containsEntry("mqtt.topic.1", root)
          .containsEntry("mqtt.topic.2", "oven")
          .containsEntry("mqtt.topic.3", "temperature");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "3.1.1"})
  void whatWasNotAcknowledgedComesAgainAndNothingElse(String version) throws Exception {
    String root = root();
    Map<String, Object> options = options(version, root + "/#");
    try (Run run = new Run(options)) {
      broker.publish(root + "/a", "durable");
      run.take(1);
      broker.publish(root + "/a", "polled only");
      run.takeWithoutAcknowledging(1);
    }
    broker.publish(root + "/a", "sent while away");
    try (Run run = new Run(options)) {
      assertThat(run.take(2))
          .extracting(MqttTaskTest::text)
          .containsExactly("polled only", "sent while away");
    }
  }

  @Test
  void userPropertiesContentTypeAndRetainBecomeHeaders() throws Exception {
    String root = root();
    broker.publish(
        Mqtt5Publish.builder()
            .topic(root + "/a")
            .qos(MqttQos.AT_LEAST_ONCE)
            .payload(new byte[] {1, 2})
            .contentType("application/x-two")
            .userProperties()
            .add("line", "7")
            .applyUserProperties()
            .retain(true)
            .build());
    try (Run run = new Run(options("5", root + "/a"))) {
      SourceRecord record = run.take(1).getFirst();
      assertThat((byte[]) Objects.requireNonNull(record.value())).containsExactly(1, 2);
      assertThat(record.headers())
          .extracting(Header::key, header -> new String(header.value(), StandardCharsets.UTF_8))
          .containsExactly(
              tuple("mqtt.topic", root + "/a"),
              tuple("mqtt.retained", "true"),
              tuple("content-type", "application/x-two"),
              tuple("line", "7"));
    }
  }

  @Test
  void moreThanTheReceiveMaximumWaitsAtTheBroker() throws Exception {
    String root = root();
    Map<String, Object> options = options("5", root + "/a");
    options.put("receive-maximum", 10);
    try (Run run = new Run(options)) {
      run.poll(Duration.ZERO);
      run.acknowledgeAll();
    }
    for (int i = 0; i < 100; i++) {
      broker.publish(root + "/a", String.valueOf(i));
    }
    try (Run run = new Run(options)) {
      assertThat(run.takeWithoutAcknowledging(10)).hasSize(10);
      assertThat(run.poll(Duration.ofMillis(300))).isEmpty();
      run.acknowledgeAll();
      assertThat(run.take(90)).hasSize(90);
    }
  }

  @Test
  void filtersOfAnEarlierConfigurationAreUnsubscribed() throws Exception {
    String root = root();
    List<SourcePosition> positions;
    Map<String, Object> options = options("5", root + "/old");
    try (Run run = new Run(options)) {
      broker.publish(root + "/old", "1");
      run.take(1);
      positions = run.positions;
    }
    options.put("subscribe", List.of(root + "/new"));
    try (Run run = new Run(options, positions)) {
      broker.publish(root + "/old", "2");
      broker.publish(root + "/new", "3");
      assertThat(run.take(1)).extracting(MqttTaskTest::text).containsExactly("3");
    }
  }

  @Test
  void anUnreachableBrokerIsAnExternalError() throws Exception {
    Map<String, Object> options = options("5", "a");
    options.put("url", "tcp://127.0.0.1:" + TestBroker.freePort());
    assertThatThrownBy(() -> new Run(options))
        .isInstanceOfSatisfying(
            ConnectorException.class,
            e -> {
              assertThat(e.category()).isEqualTo(ErrorCategory.EXTERNAL);
              assertThat(e.message()).contains("127.0.0.1").contains("refused");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "3.1.1"})
  void aBrokerThatGoesAwayFailsThePoll(String version, @TempDir Path directory) throws Exception {
    try (TestBroker shortLived = new TestBroker(directory)) {
      Map<String, Object> options = options(version, "a");
      options.put("url", shortLived.url());
      try (Run run = new Run(options)) {
        shortLived.publish("a", "1");
        run.take(1);
        shortLived.stop();
        assertThatThrownBy(() -> run.take(1))
            .isInstanceOfSatisfying(
                ConnectorException.class,
                e -> assertThat(e.category()).isEqualTo(ErrorCategory.EXTERNAL));
      }
    }
  }

  private static String root() {
    return "t" + UUID.randomUUID();
  }

  private static String text(SourceRecord record) {
    return new String((byte[]) Objects.requireNonNull(record.value()), StandardCharsets.UTF_8);
  }

  private Map<String, Object> options(String version, String filter) {
    Map<String, Object> options = new HashMap<>();
    options.put("url", broker.url());
    options.put("subscribe", filter);
    options.put("version", version);
    options.put("qos", 1);
    options.put("client-id", UUID.randomUUID().toString());
    options.put("session-expiry", "1h");
    options.put("keep-alive", "30s");
    options.put("receive-maximum", 1000);
    return options;
  }

  /** A task as the runtime drives it. */
  private static final class Run implements AutoCloseable {

    private final MqttTask task = new MqttTask(config -> config);
    private final List<SourceBatch> unacknowledged = new ArrayList<>();
    private List<SourcePosition> positions;

    Run(Map<String, Object> options) throws InterruptedException {
      this(options, List.of());
    }

    Run(Map<String, Object> options, List<SourcePosition> positions) throws InterruptedException {
      this.positions = positions;
      try {
        task.start(FakeSourceContext.at(options, positions));
      } catch (RuntimeException | InterruptedException e) {
        task.close();
        throw e;
      }
    }

    List<SourceRecord> take(int count) throws InterruptedException {
      List<SourceRecord> records = new ArrayList<>();
      while (records.size() < count) {
        records.addAll(takeWithoutAcknowledging(1));
        acknowledgeAll();
      }
      return records;
    }

    List<SourceRecord> takeWithoutAcknowledging(int count) throws InterruptedException {
      List<SourceRecord> records = new ArrayList<>();
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (records.size() < count) {
        assertThat(System.nanoTime())
            .as("time ran out with %s", records.stream().map(MqttTaskTest::text).toList())
            .isLessThan(deadline);
        poll(Duration.ofMillis(200)).ifPresent(batch -> records.addAll(batch.records()));
      }
      return records;
    }

    Optional<SourceBatch> poll(Duration maxWait) throws InterruptedException {
      Optional<SourceBatch> batch = task.poll(maxWait);
      batch.ifPresent(unacknowledged::add);
      return batch;
    }

    void acknowledgeAll() {
      for (SourceBatch batch : unacknowledged) {
        if (!batch.positions().isEmpty()) {
          positions = batch.positions();
        }
        task.acknowledged(batch);
      }
      unacknowledged.clear();
    }

    @Override
    public void close() throws InterruptedException {
      task.close();
    }
  }
}
