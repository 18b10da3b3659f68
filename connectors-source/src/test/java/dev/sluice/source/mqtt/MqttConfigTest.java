package dev.sluice.source.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.Options;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MqttConfigTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void readsDefaultsOfTheSchema() throws Exception {
    MqttConfig config = MqttConfig.of("plant", new Options(defaults()));

    assertThat(config.version()).isEqualTo(MqttConfig.Version.MQTT_5);
    assertThat(config.filters()).containsExactly("plant/+/temperature");
    assertThat(config.qos()).isEqualTo(MqttQos.AT_LEAST_ONCE);
    assertThat(config.clientId()).isEqualTo("sluice-plant");
    assertThat(config.sessionExpiry()).isEqualTo(Duration.ofDays(7));
    assertThat(config.keepAlive()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.receiveMaximum()).isEqualTo(1000);
  }

  @Test
  void aVersionMayBeANumber() throws Exception {
    Map<String, Object> options = defaults();
    options.put("version", 5);
    assertThat(MqttConfig.of("x", new Options(options)).version())
        .isEqualTo(MqttConfig.Version.MQTT_5);
    options.put("version", "3.1.1");
    assertThat(MqttConfig.of("x", new Options(options)).version())
        .isEqualTo(MqttConfig.Version.MQTT_3_1_1);
  }

  @Test
  void readsAddresses() {
    assertThat(MqttAddress.parse("tcp://h")).isEqualTo(new MqttAddress("h", 1883, false, null));
    assertThat(MqttAddress.parse("ssl://h:99")).isEqualTo(new MqttAddress("h", 99, true, null));
    assertThat(MqttAddress.parse("ws://h/p")).isEqualTo(new MqttAddress("h", 80, false, "p"));
    assertThat(MqttAddress.parse("wss://h")).isEqualTo(new MqttAddress("h", 443, true, "mqtt"));
  }

  @Test
  void refusesWhatIsWrongWithoutSecrets() throws Exception {
    assertWrong("url", "http://h", "'url'");
    assertWrong("url", "tcp://me:s3cret@h", "'url'");
    assertWrong("url", "tcp://me:s3cret@h:x y", "'url'");
    assertWrong("subscribe", "a/#/b", "'subscribe'");
    assertWrong("subscribe", List.of(), "'subscribe'");
    assertWrong("keep-alive", "1d", "'keep-alive'");
  }

  private static void assertWrong(String option, Object value, String part) throws Exception {
    Map<String, Object> options = defaults();
    options.put(option, value);
    assertThatThrownBy(() -> new MqttSourceType().check(new Options(options)))
        .isInstanceOfSatisfying(
            ConnectorException.class,
            e -> assertThat(e.message()).contains(part).doesNotContain("s3cret"));
  }

  private static Map<String, Object> defaults() throws Exception {
    Map<String, Object> options = new HashMap<>();
    options.put("url", "tcp://localhost");
    options.put("subscribe", "plant/+/temperature");
    for (Map.Entry<String, JsonNode> property :
        JSON.readTree(new MqttSourceType().optionsSchema()).get("properties").properties()) {
      JsonNode value = property.getValue().get("default");
      if (value != null) {
        options.put(property.getKey(), JSON.convertValue(value, Object.class));
      }
    }
    return options;
  }
}
