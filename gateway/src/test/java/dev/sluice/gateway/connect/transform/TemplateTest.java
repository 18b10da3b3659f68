package dev.sluice.gateway.connect.transform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.ErrorCategory;
import dev.sluice.connector.Header;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {

  private final Passage passage =
      Passage.in(5, List.of(Header.of("unit", "C")), Map.of("table", "orders", "mqtt.topic", "a/b"))
          .with("k1", Map.of("id", 7, "place", Map.of("city", "Rome")));

  private String resolve(String template) {
    return Template.parse(template).resolve(passage);
  }

  @Test
  void fillsInAttributesKeyAndFields() {
    assertThat(resolve("shop.{table}")).isEqualTo("shop.orders");
    assertThat(resolve("{mqtt.topic}")).isEqualTo("a/b");
    assertThat(resolve("{key}-{value.id}-{value.place.city}-{header.unit}"))
        .isEqualTo("k1-7-Rome-C");
    assertThat(resolve("plain")).isEqualTo("plain");
    assertThat(resolve("{timestamp}")).isEqualTo("5");
  }

  @Test
  void readsFieldsOutOfJsonBytesAndPlaceOfStoredRecords() {
    Passage stored =
        Passage.out(new Passage.Origin("t", 2, 9), 0, List.of())
            .with(null, "{\"id\": 8}".getBytes(UTF_8));

    assertThat(Template.parse("{topic}/{partition}/{offset}/{value.id}").resolve(stored))
        .isEqualTo("t/2/9/8");
  }

  @Test
  void namesWhatTheRecordHasWhenANameIsUnknown() {
    assertThatThrownBy(() -> resolve("shop.{tabel}"))
        .isInstanceOfSatisfying(
            ConnectorException.class,
            e -> {
              assertThat(e.category()).isEqualTo(ErrorCategory.DATA);
              assertThat(e.code()).isEqualTo("template-name-unknown");
              assertThat(e.message())
                  .contains("shop.{tabel}", "'tabel'", "table", "mqtt.topic", "value.id", "key");
            });
  }

  @Test
  void aMissingKeyIsAnUnknownName() {
    Passage keyless = Passage.in(0, List.of(), Map.of()).with(null, "v");

    assertThatThrownBy(() -> Template.parse("{key}").resolve(keyless))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("'key'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.{", "a.{}", "{a{b}}", "{a"})
  void refusesBracesThatDoNotMatch(String text) {
    assertThatThrownBy(() -> Template.parse(text))
        .isInstanceOfSatisfying(
            ConnectorException.class,
            e -> assertThat(e.category()).isEqualTo(ErrorCategory.CONFIGURATION));
  }

  @Test
  void knowsWhatDecidesIt() {
    assertThat(Template.parse("plain").constant()).isTrue();
    assertThat(Template.parse("shop.{table}").constant()).isFalse();
    assertThat(Template.parse("shop.{table}").decidedBy(Map.of("table", "x"))).isTrue();
    assertThat(Template.parse("shop.{value.id}").decidedBy(Map.of("table", "x"))).isFalse();
  }
}
