package dev.sluice.sink.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.ErrorCategory;
import dev.sluice.connector.Options;
import dev.sluice.connector.SinkType;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SinkTypesTest {

  private static final Map<String, Map<String, Object>> LEAST =
      Map.of(
          "camel", Map.of("to", "log:x"),
          "console", Map.of(),
          "file", Map.of("path", "out"),
          "http", Map.of("url", "http://localhost:1/x"),
          "jdbc", Map.of("url", "jdbc:h2:mem:x"),
          "mqtt", Map.of("url", "tcp://localhost:1"));

  static List<SinkType> types() {
    return ServiceLoader.load(SinkType.class).stream().map(ServiceLoader.Provider::get).toList();
  }

  private static SinkType type(String name) {
    return types().stream().filter(type -> type.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void allTypesAreFound() {
    assertThat(types())
        .extracting(SinkType::name)
        .containsExactlyInAnyOrderElementsOf(LEAST.keySet());
  }

  @ParameterizedTest
  @MethodSource("types")
  void theSchemaExplainsEveryOption(SinkType type) {
    JsonNode schema = TestContexts.schema(type);
    assertThat(schema.get("type").asText()).isEqualTo("object");
    assertThat(schema.get("additionalProperties").asBoolean(true)).isFalse();
    for (Map.Entry<String, JsonNode> property : schema.get("properties").properties()) {
      assertThat(property.getKey()).matches("[a-z]+(-[a-z]+)*");
      assertThat(property.getValue().has("type")).as(property.getKey()).isTrue();
      assertThat(property.getValue().path("title").asText()).as(property.getKey()).isNotBlank();
      assertThat(property.getValue().path("description").asText()).endsWith(".");
      boolean secret = Set.of("password", "token", "headers").contains(property.getKey());
      assertThat(!secret || property.getValue().path("writeOnly").asBoolean())
          .as("%s is secret", property.getKey())
          .isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void defaultsAloneAreEnoughForTheTypedOptions(SinkType type) {
    Map<String, Object> least = LEAST.getOrDefault(type.name(), Map.of());
    type.check(TestContexts.options(type, least));
    for (JsonNode name : TestContexts.schema(type).path("required")) {
      assertThat(least).containsKey(name.asText());
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void optionsAreNeverPrinted(SinkType type) {
    assertThat(type.description()).isNotBlank();
    assertThat(type.title()).isNotBlank();
    assertThat(TestContexts.options(type, LEAST.getOrDefault(type.name(), Map.of())).toString())
        .doesNotContain("localhost");
  }

  @Test
  void optionsThatContradictEachOtherAreToldApart() {
    assertWrong("camel", Map.of(), "'kamelet'");
    assertWrong("camel", Map.of("to", "log:x", "kamelet", "log-sink"), "exclude");
    assertWrong("camel", Map.of("to", "log:x", "properties", Map.of("a", "b")), "'properties'");
    assertWrong("file", Map.of("path", "x", "format", "csv", "envelope", true), "'envelope'");
    assertWrong("file", Map.of("path", "x", "name", "../{topic}"), "'name'");
    assertWrong("file", Map.of("path", "x", "name", "{tpic}"), "{tpic}");
    assertWrong("file", Map.of("path", "x", "name", "{topic"), "brace");
    assertWrong("http", Map.of("url", "http://u:hunter2@host/"), "'url'");
    assertWrong("http", Map.of("url", "http://host/", "token", "t", "user", "u"), "'token'");
    assertWrong("http", Map.of("url", "http://h/", "headers", Map.of("Host", "hunter2")), "'Host'");
    assertWrong(
        "http", Map.of("url", "http://h/", "headers", Map.of("A", "hunter2\r\nB: c")), "'A'");
    assertWrong("jdbc", Map.of("url", "jdbc:h2:mem:x", "table", "{value.x}"), "'table'");
    assertWrong("jdbc", Map.of("url", "jdbc:h2:mem:x", "table", "a.b.c"), "'table'");
    assertWrong("jdbc", Map.of("url", "jdbc:oracle:thin:u/hunter2@h"), "upsert");
    assertWrong("mqtt", Map.of("url", "tcp://localhost", "topic", "a/#"), "'topic'");
    assertWrong("mqtt", Map.of("url", "tcp://u:hunter2@localhost"), "'url'");
  }

  private static void assertWrong(String name, Map<String, Object> given, String named) {
    SinkType type = type(name);
    Options options = TestContexts.options(type, given);
    assertThatThrownBy(() -> type.check(options))
        .as("%s %s", name, given)
        .isInstanceOfSatisfying(
            ConnectorException.class,
            e -> {
              assertThat(e.category()).isEqualTo(ErrorCategory.CONFIGURATION);
              assertThat(e.message()).contains(named).doesNotContain("hunter2");
              assertThat(e.suggestion()).isPresent();
            });
  }
}
