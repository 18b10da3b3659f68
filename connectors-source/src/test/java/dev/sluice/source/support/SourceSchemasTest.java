package dev.sluice.source.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.connector.SourceType;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SourceSchemasTest {

  private static final Set<String> HERE = Set.of("file", "simulator", "host", "jdbc");

  static Stream<SourceType> types() {
    return ServiceLoader.load(SourceType.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(type -> HERE.contains(type.name()));
  }

  @Test
  void theServiceLoaderFindsEveryType() {
    assertThat(types().map(SourceType::name)).containsExactlyInAnyOrderElementsOf(HERE);
  }

  @ParameterizedTest
  @MethodSource("types")
  void everyOptionIsDescribedAndNothingElseIsAllowed(SourceType type) {
    JsonNode schema = SchemaOptions.schema(type);
    assertThat(schema.get("type").asText()).isEqualTo("object");
    assertThat(schema.get("additionalProperties").asBoolean(true)).isFalse();
    for (Map.Entry<String, JsonNode> option : schema.get("properties").properties()) {
      assertThat(option.getKey()).matches("[a-z]+(-[a-z]+)*");
      assertThat(option.getValue().path("title").asText()).as(option.getKey()).isNotBlank();
      assertThat(option.getValue().path("description").asText()).as(option.getKey()).isNotBlank();
      assertThat(option.getValue().has("type")).as(option.getKey()).isTrue();
    }
    assertThat(type.title()).isNotBlank();
    assertThat(type.description()).isNotBlank();
  }
}
