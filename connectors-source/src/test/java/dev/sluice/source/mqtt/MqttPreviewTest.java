package dev.sluice.source.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.Options;
import dev.sluice.connector.SourceBatch;
import dev.sluice.connector.SourceRecord;
import dev.sluice.connector.SourceTask;
import dev.sluice.connector.testing.FakeSourceContext;
import dev.sluice.source.support.SchemaOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MqttPreviewTest {

  private static final Duration WAIT = Duration.ofMillis(200);

  private final MqttSourceType type = new MqttSourceType();
  private TestBroker broker;

  @BeforeEach
  void startBroker(@TempDir Path directory) throws Exception {
    broker = new TestBroker(directory);
  }

  @AfterEach
  void stopBroker() throws Exception {
    broker.close();
  }

  @Test
  void theSessionOfTheConnectorMissesNothing() throws Exception {
    Map<String, Object> options = options("plant/#");
    try (SourceTask running = type.newTask()) {
      running.start(FakeSourceContext.fresh(options));
    }
    broker.publish("plant/a", "for the connector");
    try (SourceTask preview = type.newPreviewTask()) {
      preview.start(FakeSourceContext.fresh(options));
      broker.publish("plant/b", "for both");
      assertThat(first(preview)).isEqualTo("for both");
    }
    try (SourceTask running = type.newTask()) {
      running.start(FakeSourceContext.fresh(options));
      assertThat(first(running)).isEqualTo("for the connector");
    }
  }

  @Test
  void takesNoShareOfASharedSubscription() {
    MqttConfig config = MqttConfig.of("test", new Options(options("$share/group/plant/+")));
    assertThat(config.visiting().filters()).containsExactly("plant/+");
    assertThat(config.visiting().clientId()).isNotEqualTo(config.clientId());
  }

  @Test
  void tellsWhetherTheBrokerTakesASubscription() throws Exception {
    assertThat(type.test("test", new Options(options("plant/#")), Duration.ofSeconds(10)).facts())
        .contains("The broker accepts the subscriptions");
    broker.stop();
    assertThatThrownBy(
            () -> type.test("test", new Options(options("plant/#")), Duration.ofSeconds(10)))
        .isInstanceOfSatisfying(
            ConnectorException.class, e -> assertThat(e.code()).isEqualTo("broker-unreachable"));
  }

  private static String first(SourceTask task) throws Exception {
    while (true) {
      Optional<SourceBatch> batch = task.poll(WAIT);
      List<SourceRecord> records = batch.map(SourceBatch::records).orElse(List.of());
      if (!records.isEmpty()) {
        return new String((byte[]) Objects.requireNonNull(records.getFirst().value()), UTF_8);
      }
    }
  }

  private Map<String, Object> options(String filter) {
    Map<String, Object> given = new HashMap<>();
    given.put("url", broker.url());
    given.put("subscribe", List.of(filter));
    return SchemaOptions.of(type, given);
  }
}
