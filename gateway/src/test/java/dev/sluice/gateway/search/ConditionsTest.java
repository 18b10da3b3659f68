package dev.sluice.gateway.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.Header;
import dev.sluice.gateway.config.Expression;
import dev.sluice.gateway.config.Expression.Language;
import dev.sluice.gateway.log.StoredRecord;
import dev.sluice.gateway.log.TopicPartition;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionsTest {

  private static final StoredRecord ORDER =
      record(
          "4711",
          "{\"total\": 120, \"customer\": {\"name\": \"Zoë\"}, \"lines\": [{\"sku\": \"a\"}]}",
          new Header("trace", "abc-1".getBytes(UTF_8)),
          new Header("empty", null));

  @Test
  void keysAreComparedAsText() {
    assertThat(Conditions.keyIs("4711").holds(ORDER)).isTrue();
    assertThat(Conditions.keyIs("471").holds(ORDER)).isFalse();
    assertThat(Conditions.keyContains("71").holds(ORDER)).isTrue();
    assertThat(Conditions.keyContains("72").holds(ORDER)).isFalse();
    assertThat(Conditions.keyContains("").holds(record(null, "v"))).isFalse();
  }

  @Test
  void headersAreFoundByNameOrByNameAndValue() {
    assertThat(Conditions.header("trace", null).holds(ORDER)).isTrue();
    assertThat(Conditions.header("empty", null).holds(ORDER)).isTrue();
    assertThat(Conditions.header("trace", "abc-1").holds(ORDER)).isTrue();
    assertThat(Conditions.header("trace", "abc").holds(ORDER)).isFalse();
    assertThat(Conditions.header("empty", "").holds(ORDER)).isFalse();
    assertThat(Conditions.header("Trace", null).holds(ORDER)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"Zoë,true", "lines\": [{,true", "471,true", "race,true", "c-1,true", "zoë,false"})
  void textIsFoundAnywhere(String text, boolean found) {
    assertThat(Conditions.text(text).holds(ORDER)).isEqualTo(found);
  }

  @ParameterizedTest
  @CsvSource({
    "JQ,.total > 100,true",
    "JQ,.total > 120,false",
    "JQ,.missing,false",
    "JQ,.customer.name == \"Zoë\",true",
    "JQ,'.lines[] | select(.sku == \"a\")',true",
    "JQ,'.lines[] | select(.sku == \"b\")',false",
    "JSONPATH,$[?(@.total > 100)],true",
    "JSONPATH,$[?(@.total > 120)],false",
    "JSONPATH,$.lines[?(@.sku == 'a')],true",
    "JSONPATH,$.lines[?(@.sku == 'b')],false",
  })
  void expressionsAreAboutTheValue(Language language, String text, boolean holds) {
    assertThat(Conditions.expression(new Expression(language, text)).holds(ORDER)).isEqualTo(holds);
  }

  @Test
  void whatAnExpressionCannotBeToldOfIsSaidSo() {
    Condition total = Conditions.expression(new Expression(Language.JQ, ".total > 1"));
    assertThatThrownBy(() -> total.holds(record("k", "just text")))
        .isInstanceOf(ConnectorException.class);
    Condition path = Conditions.expression(new Expression(Language.JSONPATH, "$.missing"));
    assertThatThrownBy(() -> path.holds(ORDER)).isInstanceOf(ConnectorException.class);
    Condition endless = Conditions.expression(new Expression(Language.JQ, "def f: f; f"));
    assertThatThrownBy(() -> endless.holds(ORDER)).isInstanceOf(ConnectorException.class);
  }

  @Test
  void theSecondConditionIsAskedOnlyWhereTheFirstHolds() {
    Condition never =
        found -> {
          throw new AssertionError("asked");
        };
    assertThat(Conditions.keyIs("other").and(never).holds(ORDER)).isFalse();
    assertThat(Conditions.keyIs("4711").and(Conditions.text("Zoë")).holds(ORDER)).isTrue();
  }

  private static StoredRecord record(@Nullable String key, String value, Header... headers) {
    return new StoredRecord(
        new TopicPartition("t", 0),
        0,
        1,
        key == null ? null : key.getBytes(UTF_8),
        value.getBytes(UTF_8),
        List.of(headers));
  }
}
