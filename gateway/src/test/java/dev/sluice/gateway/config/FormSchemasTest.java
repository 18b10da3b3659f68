package dev.sluice.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class FormSchemasTest {

  private static final ConnectorTypes TYPES = ConnectorTypes.installed();
  private static final FormSchemas FORMS = new FormSchemas(new ConfigLoader(TYPES).schema());

  @Test
  void choicesAreOfTheTypeThatTheFormAsksFor() {
    JsonNode version = FORMS.options("source", "mqtt").at("/properties/version");
    assertThat(version.path("type").asText()).isEqualTo("string");
    assertThat(version.path("enum")).hasToString("[\"5\",\"3.1.1\"]");
  }

  @Test
  void noTypeOffersAChoiceTwice() {
    for (ConnectorSpec.Kind kind : List.of(ConnectorSpec.Kind.SOURCE, ConnectorSpec.Kind.SINK)) {
      String word = kind.name().toLowerCase(Locale.ROOT);
      TYPES.all().stream()
          .filter(type -> TYPES.find(kind, type.name()).isPresent())
          .flatMap(type -> FORMS.options(word, type.name()).findValues("enum").stream())
          .forEach(
              choices -> assertThat(choices).extracting(JsonNode::asText).doesNotHaveDuplicates());
    }
  }

  @Test
  void aListStandsForTheSingleTextThatIsAllowedToo() {
    JsonNode subscribe = FORMS.options("source", "mqtt").at("/properties/subscribe");
    assertThat(subscribe.path("type").asText()).isEqualTo("array");
    assertThat(subscribe.at("/items/type").asText()).isEqualTo("string");
  }
}
