package dev.sluice.source.debezium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.Options;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class PostgresCdcConfigTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void readsDefaultsOfTheSchema() throws Exception {
    PostgresCdcConfig config = PostgresCdcConfig.of("My-Shop", new Options(defaults()));

    assertThat(config.slot()).isEqualTo("sluice_my_shop");
    assertThat(config.publication()).isNull();
    assertThat(config.snapshot()).isEqualTo(PostgresCdcConfig.Snapshot.INITIAL);
    assertThat(config.format()).isEqualTo(PostgresCdcConfig.Format.ENVELOPE);
    assertThat(config.times()).isEqualTo(PostgresCdcConfig.Times.ISO);
    assertThat(config.heartbeat()).isEqualTo(Duration.ofSeconds(1));
    assertThat(config.batchSize()).isEqualTo(4096);
    assertThat(config.bufferBytes()).isEqualTo(32L << 20);
    assertThat(config.debezium()).isEmpty();
  }

  @Test
  void everyChoiceOfTheSchemaIsKnown() throws Exception {
    JsonNode properties =
        JSON.readTree(new PostgresCdcSourceType().optionsSchema()).get("properties");
    for (String option : List.of("snapshot", "format", "times")) {
      for (JsonNode choice : properties.get(option).get("enum")) {
        Map<String, Object> options = defaults();
        options.put(option, choice.asText());
        assertThat(PostgresCdcConfig.of("x", new Options(options))).isNotNull();
      }
    }
  }

  @Test
  void translatesToDebezium() throws Exception {
    Map<String, Object> options = defaults();
    options.put("url", "postgresql://db:5433/shop?sslmode=require");
    options.put("tables", List.of("orders", "billing.*"));
    options.put("snapshot", "never");
    options.put("debezium", Map.of("lock.timeout", 5));
    Properties properties =
        EngineProperties.of(PostgresCdcConfig.of("shop", new Options(options)), "id", true);

    assertThat(properties)
        .containsEntry("database.hostname", "db")
        .containsEntry("database.port", "5433")
        .containsEntry("database.dbname", "shop")
        .containsEntry("database.sslmode", "require")
        .containsEntry("table.include.list", "public\\.orders,billing\\.[^.]*")
        .containsEntry("snapshot.mode", "no_data")
        .containsEntry("publication.name", "sluice_shop")
        .containsEntry("publication.autocreate.mode", "filtered")
        .containsEntry("lsn.flush.mode", "connector")
        .containsEntry("lock.timeout", "5");
  }

  @Test
  void refusesWhatWouldBreakTheGuarantee() throws Exception {
    assertWrong("debezium", Map.of("lsn.flush.mode", "connector_and_driver"), "lsn.flush.mode");
    assertWrong("debezium", Map.of("offset.storage", "x"), "offset.storage");
  }

  @Test
  void refusesAddressesThatAreNone() throws Exception {
    assertWrong("url", "mysql://localhost/shop", "'url'");
    assertWrong("url", "postgresql://localhost", "'url'");
    assertWrong("url", "postgresql://me:s3cret@localhost/shop", "'url'");
    assertWrong("tables", List.of("a,b"), "'tables'");
    assertWrong("heartbeat", "0ms", "'heartbeat'");
  }

  private void assertWrong(String option, Object value, String part) throws Exception {
    Map<String, Object> options = defaults();
    options.put(option, value);
    assertThatThrownBy(() -> new PostgresCdcSourceType().check(new Options(options)))
        .isInstanceOfSatisfying(
            ConnectorException.class,
            e -> assertThat(e.message()).contains(part).doesNotContain("s3cret"));
  }

  private static Map<String, Object> defaults() throws Exception {
    Map<String, Object> options = new HashMap<>();
    options.put("url", "postgresql://localhost/shop");
    options.put("user", "me");
    for (Map.Entry<String, JsonNode> property :
        JSON.readTree(new PostgresCdcSourceType().optionsSchema()).get("properties").properties()) {
      JsonNode value = property.getValue().get("default");
      if (value != null) {
        options.put(property.getKey(), JSON.convertValue(value, Object.class));
      }
    }
    return options;
  }
}
