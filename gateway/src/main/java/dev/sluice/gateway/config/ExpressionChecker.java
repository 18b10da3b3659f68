package dev.sluice.gateway.config;

import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.engine.SimpleCamelContext;
import org.apache.camel.spi.Language;

/** Checks the syntax of expressions with Camel's own parsers. Thread-safe. */
final class ExpressionChecker {

  private final CamelContext camel = new SimpleCamelContext(false);

  ExpressionChecker() {
    camel.build();
  }

  /**
   * What is wrong with an expression; empty if it can be evaluated.
   *
   * @param condition whether it is to hold or not, rather than to have a value
   */
  Optional<String> fault(Expression expression, boolean condition) {
    Language language = camel.resolveLanguage(expression.language().camelName());
    try {
      if (condition) {
        language.createPredicate(expression.text()).init(camel);
      } else {
        language.createExpression(expression.text()).init(camel);
      }
      return Optional.empty();
    } catch (RuntimeException refused) {
      return Optional.of(firstLine(root(refused)));
    }
  }

  private static String root(Throwable thrown) {
    Throwable deepest = thrown;
    for (int i = 0; i < 10 && deepest.getCause() != null; i++) {
      deepest = deepest.getCause();
    }
    return deepest.getMessage() == null ? deepest.getClass().getSimpleName() : deepest.getMessage();
  }

  private static String firstLine(String message) {
    return message.strip().replaceAll("\\s*[\\r\\n]+\\s*", " ");
  }
}
