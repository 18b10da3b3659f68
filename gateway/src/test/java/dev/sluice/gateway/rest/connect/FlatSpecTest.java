package dev.sluice.gateway.rest.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.gateway.config.ConfigLoader;
import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.config.ConnectorTypes;
import dev.sluice.gateway.config.Drafts;
import dev.sluice.gateway.config.Environment;
import dev.sluice.gateway.config.FormSchemas;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FlatSpecTest {

  private static final ConnectorTypes TYPES = ConnectorTypes.installed();
  private static final FlatSpec SPECS =
      new FlatSpec(TYPES, new FormSchemas(new ConfigLoader(TYPES).schema()));

  private static final String OUT =
      """
      {"sink": "http", "topics": ["a", "b,c"], "tasks": 3,
       "config": {"url": "http://h/x", "batch": true, "headers": {"X.Key": "1", "Y": "2"}},
       "transforms": [{"filter": {"jq": ".a, .b"}}, {"topic": "t"}, {"filter": {"jq": "."}}]}
      """;

  @Test
  void changesWhatIsNamedByAnyOfItsNamesAndNothingElse() {
    assertThat(changed("config.url", "http://other", "tasks.max", "1"))
        .isEqualTo(json(OUT.replace("http://h/x", "http://other").replace("3", "1")));
    assertThat(changed("url", "http://other"))
        .isEqualTo(json(OUT.replace("http://h/x", "http://other")));
    assertThat(changed("tasks", "7", "headers.Y", "3", "name", "out"))
        .isEqualTo(json(OUT.replace("3,", "7,").replace("\"2\"", "\"3\"")));
    assertThat(changed("transforms.1.topic", "u")).isEqualTo(json(OUT.replace("\"t\"", "\"u\"")));
  }

  @Test
  void nullTakesASettingAwayByAnyOfItsNames() {
    ObjectNode bare = changed("batch", null, "tasks.max", null, "headers", null);
    assertThat(bare)
        .isEqualTo(changed("config.batch", null, "tasks", null, "config.headers", null));
    assertThat(bare.has("tasks")).isFalse();
    assertThat(bare.path("config")).isEqualTo(json("{\"url\": \"http://h/x\"}"));
    assertThat(
            changed("headers.X.Key", null, "config.headers.Y", null).path("config").has("headers"))
        .isFalse();
    assertThat(changed("connector.class", "http", "nonsense", null)).isEqualTo(json(OUT));
  }

  @Test
  void itemsAreNumberedAsTheyWereBefore() {
    assertThat(
            changed("transforms.0.filter.jq", null, "transforms.2.filter.jq", ".x")
                .path("transforms"))
        .hasToString("[{\"topic\":\"t\"},{\"filter\":{\"jq\":\".x\"}}]");
    assertThat(changed("topics.0", null).path("topics")).hasToString("[\"b,c\"]");
    assertThat(changed("topics.0", null, "topics.1", null).has("topics")).isFalse();
  }

  @Test
  void itemsWithCommasAreShownOneByOneAndComeBackAsTheyWere() {
    Path here = Path.of(".");
    ConnectorSpec spec =
        new Drafts(new ConfigLoader(TYPES), here, Environment.of(Map.of()), here)
            .outline("out", json(OUT));
    Map<String, String> flat = FlatConfig.of(spec);
    assertThat(flat).containsEntry("topics.0", "a").containsEntry("topics.1", "b,c");
    assertThat(SPECS.of("out", new HashMap<>(flat)).path("topics"))
        .isEqualTo(json(OUT).path("topics"));
  }

  @Test
  void anotherTypeTakesThePlaceOfTheOneBefore() {
    ObjectNode changed = changed("connector.class", "console");
    assertThat(changed.path("sink").asText()).isEqualTo("console");
    assertThat(changed("connector.class", "simulator").has("sink")).isFalse();
  }

  private static ObjectNode changed(@Nullable String... settings) {
    Map<String, @Nullable String> changes = new HashMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      changes.put(String.valueOf(settings[i]), settings[i + 1]);
    }
    return SPECS.changed("out", json(OUT), changes);
  }

  private static ObjectNode json(String text) {
    try {
      return (ObjectNode) new ObjectMapper().readTree(text);
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException(text, wrong);
    }
  }
}
