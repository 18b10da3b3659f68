package dev.sluice.gateway.connect.transform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.ErrorCategory;
import dev.sluice.connector.Header;
import dev.sluice.gateway.config.Expression;
import dev.sluice.gateway.config.Expression.Language;
import dev.sluice.gateway.config.TransformSpec;
import dev.sluice.gateway.config.TransformSpec.Filter;
import dev.sluice.gateway.config.TransformSpec.SetKey;
import dev.sluice.gateway.config.TransformSpec.SetTopic;
import dev.sluice.gateway.config.TransformSpec.SetValue;
import dev.sluice.gateway.connect.value.Values;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransformsTest {

  private static final String HOT = "{\"celsius\": 31.5, \"sensor\": \"s1\"}";
  private static final String COLD = "{\"celsius\": 29, \"sensor\": \"s2\"}";

  private static Passage stored(String value) {
    return Passage.out(
            new Passage.Origin("temperatures", 3, 17), 1_000, List.of(Header.of("unit", "C")))
        .with("s1".getBytes(UTF_8), value.getBytes(UTF_8));
  }

  private static boolean apply(Passage passage, TransformSpec... specs) {
    return Transforms.compile(List.of(specs)).apply(passage);
  }

  private static Expression expression(Language language, String text) {
    return new Expression(language, text);
  }

  private static @Nullable String text(@Nullable Object value) {
    byte[] bytes = Values.bytes(value);
    return bytes == null ? null : new String(bytes, UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "JQ       | .celsius >= 30",
        "JQ       | select(.celsius >= 30)",
        "JQ       | property(\"topic\") == \"temperatures\" and .celsius > 30",
        "SIMPLE   | ${body[celsius]} >= 30",
        "JSONPATH | $[?(@.celsius >= 30)]",
      })
  void keepsWhatReaches30Degrees(Language language, String text) {
    Filter filter = new Filter(null, expression(language, text));

    assertThat(apply(stored(HOT), filter)).isTrue();
    assertThat(apply(stored(COLD), filter)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({".missing", "null", "false", "empty", "'.celsius > 99'"})
  void nullFalseAndNothingDoNotHold(String jq) {
    assertThat(apply(stored(HOT), new Filter(null, expression(Language.JQ, jq)))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "JQ       | {t: .celsius, s: .sensor}     | {\"t\":31.5,\"s\":\"s1\"}",
        "JQ       | .sensor                       | s1",
        "JQ       | header(\"unit\")              | C",
        "SIMPLE   | ${body[sensor]}-${header.unit} | s1-C",
        "SIMPLE   | ${exchangeProperty.key}       | s1",
        "SIMPLE   | ${exchangeProperty.offset}    | 17",
        "JSONPATH | $.celsius                     | 31.5",
      })
  void setsTheValueToTheResult(Language language, String text, String expected) {
    Passage passage = stored(HOT);

    assertThat(apply(passage, new SetValue(null, expression(language, text)))).isTrue();
    assertThat(text(passage.value())).isEqualTo(expected);
  }

  @Test
  void laterStepsSeeWhatEarlierOnesDid() {
    Passage passage = stored(HOT);

    boolean kept =
        apply(
            passage,
            new SetValue(null, expression(Language.JQ, "{fahrenheit: (.celsius * 9 / 5 + 32)}")),
            new SetKey(null, expression(Language.JQ, ".fahrenheit")),
            new SetTopic(
                expression(Language.SIMPLE, "${body[fahrenheit]} > 80"), "hot.{value.fahrenheit}"));

    assertThat(kept).isTrue();
    assertThat(text(passage.key())).isEqualTo("88.7");
    assertThat(passage.topic()).isEqualTo("hot.88.7");
  }

  @Test
  void stepsWithAConditionLeaveOtherRecordsAlone() {
    Passage passage = stored(COLD);

    boolean kept =
        apply(passage, new SetTopic(expression(Language.JQ, ".celsius >= 30"), "alerts"));

    assertThat(kept).isTrue();
    assertThat(passage.topic()).isNull();
  }

  @Test
  void aNullResultMakesATombstone() {
    Passage passage = stored(HOT);

    assertThat(apply(passage, new SetValue(null, expression(Language.JQ, ".missing")))).isTrue();
    assertThat(Values.bytes(passage.value())).isNull();
  }

  @Test
  void objectsFromSourcesAreSeenLikeJson() {
    Passage passage = Passage.in(0, List.of(), Map.of()).with(null, Map.of("celsius", 40));

    assertThat(apply(passage, new Filter(null, expression(Language.JQ, ".celsius > 30")))).isTrue();
  }

  @Test
  void anExpressionThatFailsIsADataErrorWithoutTheContents() {
    SetValue set = new SetValue(null, expression(Language.JQ, ".a.b"));

    assertThatThrownBy(() -> apply(stored("\"secret\""), set))
        .isInstanceOfSatisfying(
            ConnectorException.class,
            e -> {
              assertThat(e.category()).isEqualTo(ErrorCategory.DATA);
              assertThat(e.code()).isEqualTo("expression-failed");
              assertThat(e.message()).contains(".a.b").doesNotContain("secret");
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"JQ | .celsius >=", "SIMPLE | ${body"})
  void aMalformedExpressionIsAConfigurationError(Language language, String text) {
    Filter filter = new Filter(null, expression(language, text));

    assertThatThrownBy(() -> Transforms.compile(List.of(filter)))
        .isInstanceOfSatisfying(
            ConnectorException.class,
            e -> {
              assertThat(e.category()).isEqualTo(ErrorCategory.CONFIGURATION);
              assertThat(e.message()).contains(text);
            });
  }
}
