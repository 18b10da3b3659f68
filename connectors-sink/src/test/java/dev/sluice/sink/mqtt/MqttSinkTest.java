package dev.sluice.sink.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.ErrorCategory;
import dev.sluice.connector.SinkRecord;
import dev.sluice.connector.SinkTask;
import dev.sluice.connector.testing.FakeSinkContext;
import dev.sluice.connector.testing.SinkAcceptance;
import dev.sluice.sink.support.TestContexts;
import dev.sluice.sink.support.TestRecords;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MqttSinkTest extends SinkAcceptance {

  @TempDir private static Path folder;
  private static TestBroker broker;

  private final TestRecords records = TestRecords.of("plant.readings");

  @BeforeAll
  static void startBroker() throws IOException {
    broker = new TestBroker(folder);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Override
  protected SinkTask newTask() {
    return new MqttSinkTask();
  }

  @Override
  protected FakeSinkContext working() {
    return context(Map.of("topic", "plant/{key}"));
  }

  @Override
  protected FakeSinkContext unreachable() {
    return TestContexts.of(new MqttSinkType(), Map.of("url", "tcp://127.0.0.1:1"));
  }

  @Override
  protected SinkRecord record(long offset, byte @Nullable [] key, byte @Nullable [] value) {
    return TestRecords.at("plant", offset, key, value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "3.1.1"})
  void publishesManyInOrderAndWaitsForAll(String version) throws Exception {
    try (Subscriber subscriber = new Subscriber("in-order-" + version + "/#")) {
      List<SinkRecord> batch = new ArrayList<>();
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        batch.add(records.next("k" + i % 3, "" + i));
        expected.add("in-order-" + version + "/k" + i % 3 + "=" + i);
      }
      put(
          Map.of(
              "topic",
              "in-order-" + version + "/{key}",
              "version",
              version,
              "max-in-flight",
              10,
              "user",
              "u",
              "password",
              "p"),
          batch);
      assertThat(subscriber.take(500)).isEqualTo(expected);
    }
  }

  @Test
  void aTombstoneRemovesTheRetainedMessage() throws Exception {
    Map<String, Object> options = Map.of("topic", "kept/{key}", "retain", true);
    put(options, List.of(records.next("a", "1"), records.next("b", "2"), records.next("a", null)));

    try (Subscriber late = new Subscriber("kept/#")) {
      assertThat(late.take(1)).containsExactly("kept/b=2");
    }
  }

  @Test
  void wildcardsInARecordCannotWidenItsTopic() throws Exception {
    try (Subscriber subscriber = new Subscriber("safe/#")) {
      put(Map.of("topic", "safe/{value.room}"), List.of(records.next("a", "{\"room\":\"+/#\"}")));
      assertThat(subscriber.take(1)).containsExactly("safe/_/_={\"room\":\"+/#\"}");
    }
  }

  @Test
  void aRecordWithoutTheTemplatesFieldIsRejected() throws Exception {
    FakeSinkContext context =
        put(
            Map.of("topic", "{value.room}"),
            List.of(records.next("a", "{}"), records.next("a", "1")));

    assertThat(context.rejected())
        .hasSize(2)
        .allSatisfy(r -> assertThat(r.error().code()).isEqualTo("template-field-missing"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "3.1.1"})
  void refusedCredentialsAreAMistakeInTheOptions(String version) throws Exception {
    FakeSinkContext context =
        context(Map.of("user", "wrong", "password", "hunter2", "version", version));
    try (MqttSinkTask task = new MqttSinkTask()) {
      assertThatThrownBy(() -> task.start(context))
          .isInstanceOfSatisfying(
              ConnectorException.class,
              e -> {
                assertThat(e.category()).isEqualTo(ErrorCategory.CONFIGURATION);
                assertThat(e.message()).doesNotContain("hunter2");
              });
    }
  }

  @Test
  void goesOnAfterTheBrokerWasAway() throws Exception {
    FakeSinkContext context = context(Map.of("topic", "away/{key}", "timeout", "5s"));
    try (MqttSinkTask task = new MqttSinkTask()) {
      task.start(context);
      task.put(List.of(records.next("a", "1")));
      broker.stop();
      List<SinkRecord> second = List.of(records.next("a", "2"));
      for (int attempt = 0; attempt < 2; attempt++) {
        assertThatThrownBy(() -> task.put(second))
            .isInstanceOfSatisfying(
                ConnectorException.class,
                e -> assertThat(e.category()).isEqualTo(ErrorCategory.EXTERNAL));
      }
      broker.startAgain();
      try (Subscriber subscriber = new Subscriber("away/#")) {
        task.put(second);
        assertThat(subscriber.take(1)).containsExactly("away/a=2");
      }
    }
    assertThat(context.rejected()).isEmpty();
  }

  private FakeSinkContext put(Map<String, Object> options, List<SinkRecord> batch)
      throws Exception {
    FakeSinkContext context = context(options);
    try (MqttSinkTask task = new MqttSinkTask()) {
      task.start(context);
      task.put(batch);
    }
    return context;
  }

  private static FakeSinkContext context(Map<String, Object> options) {
    Map<String, Object> all = new HashMap<>(options);
    all.put("url", "tcp://127.0.0.1:" + broker.port());
    return TestContexts.of(new MqttSinkType(), all);
  }

  /** Takes messages from the broker. */
  private static final class Subscriber implements AutoCloseable {

    private final Mqtt5BlockingClient client =
        Mqtt5Client.builder().serverHost("127.0.0.1").serverPort(broker.port()).buildBlocking();
    private final Mqtt5BlockingClient.Mqtt5Publishes publishes;

    Subscriber(String filter) {
      assertThat(client.connect().getReasonCode().isError()).isFalse();
      publishes = client.publishes(MqttGlobalPublishFilter.ALL);
      assertThat(
              client
                  .subscribeWith()
                  .topicFilter(filter)
                  .qos(MqttQos.AT_LEAST_ONCE)
                  .send()
                  .getReasonCodes())
          .allMatch(code -> !code.isError());
    }

    List<String> take(int count) throws InterruptedException {
      List<String> taken = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Mqtt5Publish message = publishes.receive(10, TimeUnit.SECONDS).orElseThrow();
        taken.add(message.getTopic() + "=" + new String(message.getPayloadAsBytes(), UTF_8));
      }
      return taken;
    }

    @Override
    public void close() {
      publishes.close();
      client.disconnect();
    }
  }
}
