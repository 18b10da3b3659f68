package dev.sluice.gateway.rest.record;

import dev.sluice.connector.ConnectorException;
import dev.sluice.gateway.config.Expression;
import dev.sluice.gateway.config.Expression.Language;
import dev.sluice.gateway.config.ExpressionChecker;
import dev.sluice.gateway.rest.ApiException;
import dev.sluice.gateway.search.Condition;
import dev.sluice.gateway.search.Conditions;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what records must be like from the parameters of a search. */
final class SearchConditions {

  /** The longest text or expression that is taken. */
  static final int MAX_LENGTH = 2_000;

  private static final int MAX_HEADERS = 10;

  private SearchConditions() {}

  /**
   * All conditions together, those first that cost the least.
   *
   * @throws ApiException naming the parameter that is wrong
   */
  static Condition of(SearchQuery query) {
    List<String> headers = query.header == null ? List.of() : query.header;
    if (headers.size() > MAX_HEADERS) {
      throw ApiException.invalid(
          "header", "More than " + MAX_HEADERS + " headers are given.", "Give fewer.");
    }
    return Stream.of(
            given("key", query.key, Conditions::keyIs),
            given("keyContains", query.keyContains, Conditions::keyContains),
            headers.stream().flatMap(one -> given("header", one, SearchConditions::header)),
            given("text", query.text, Conditions::text),
            given("jq", query.jq, text -> expression(new Expression(Language.JQ, text))),
            given(
                "jsonpath",
                query.jsonpath,
                text -> expression(new Expression(Language.JSONPATH, text))))
        .flatMap(conditions -> conditions)
        .reduce(Condition::and)
        .orElseGet(Conditions::any);
  }

  private static Condition header(String wanted) {
    int equals = wanted.indexOf('=');
    return equals < 0
        ? Conditions.header(wanted, null)
        : Conditions.header(wanted.substring(0, equals), wanted.substring(equals + 1));
  }

  private static Condition expression(Expression expression) {
    String parameter = expression.language().camelName();
    ExpressionChecker.fault(expression, true)
        .ifPresent(
            fault -> {
              throw malformed(parameter, fault);
            });
    try {
      return Conditions.expression(expression);
    } catch (ConnectorException refused) {
      throw malformed(parameter, refused.message());
    }
  }

  private static ApiException malformed(String parameter, String fault) {
    return ApiException.invalid(
        parameter,
        "This is no " + parameter + " expression: " + fault + ".",
        parameter.equals("jq")
            ? "Write a condition about the value, such as .total > 100."
            : "Write a condition about the value, such as $[?(@.total > 100)].");
  }

  private static Stream<Condition> given(
      String name, @Nullable String text, Function<String, Condition> condition) {
    if (text == null || text.isEmpty()) {
      return Stream.empty();
    }
    if (text.length() > MAX_LENGTH) {
      throw ApiException.invalid(
          name,
          "'" + name + "' has more than " + MAX_LENGTH + " characters.",
          "Give a shorter one.");
    }
    return Stream.of(condition.apply(text));
  }
}
