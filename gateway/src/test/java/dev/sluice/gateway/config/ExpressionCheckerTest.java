package dev.sluice.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.config.Expression.Language;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionCheckerTest {

  @ParameterizedTest
  @Timeout(60)
  @ValueSource(
      strings = {
        "last(range(1e15))",
        "until(.done; .)",
        "def f: f; f",
        "[recurse] | length",
        "error",
      })
  void nothingIsEvaluated(String jq) {
    assertThat(jqFault(jq)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".a.b | .if.then? // empty",
        "{a: .nonsense, if: 1, then, $__loc__, \"b\\(length)\": 2, (keys[0]): 3}",
        "{a: if .x then 1, 2 else 3 end, nonsense: length}",
        ". as {a: $x, b: [$nonsense]} | $x + $nonsense",
        "def f(g; $h): def inner: g | $h; inner, h; f(.a; 1)",
        "map(def one: 1; one) | add",
        "reduce range(0; 3) as $i (0; . + $i)",
        "label $out | foreach .[]? as $x (0; . + 1; if . > 2 then ., break $out else . end)",
        "@base64 \"nonsense \\(.a | tostring)\" # nonsense(1)",
        "try error(\"no\") catch .",
        "[limit(3; .[]?)] | test(\"a\"; \"i\") | not",
        "header(\"a\") + property(\"b\")",
      })
  void knowsWhatIsNoCallAndWhatIsDefined(String jq) {
    assertThat(jqFault(jq)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        ".a | nonsense ! nonsense/0",
        "if .a then 1 else nonsense(1; 2) end ! nonsense/2",
        "\"a \\(nonsense)\" ! nonsense/0",
        "{a: nonsense} ! nonsense/0",
        "{(nonsense): 1} ! nonsense/0",
        "{a: 1, b: {c: nonsense}} ! nonsense/0",
        "map(.a; .b) ! map/2",
        "try nonsense catch . ! nonsense/0",
        "map(def one: 1; one, two) ! two/0",
        "[.[] | select(nonsense(.a))] ! nonsense/1",
      })
  void findsUnknownFunctionsWhereverTheyAreCalled(String jq, String function) {
    assertThat(jqFault(jq)).contains("Function " + function + " does not exist");
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void whatIsNestedTooDeeplyHarmsNobody(Language language) {
    String text =
        switch (language) {
          case JQ -> "(".repeat(100_000) + "1" + ")".repeat(100_000);
          case JSONPATH -> "$" + "[?(@".repeat(30_000);
          case SIMPLE -> "${body".repeat(30_000);
        };
    assertThat(ExpressionChecker.fault(new Expression(language, text), true)).isPresent();
  }

  private static Optional<String> jqFault(String jq) {
    return ExpressionChecker.fault(new Expression(Language.JQ, jq), false);
  }
}
