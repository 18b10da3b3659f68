package dev.sluice.gateway.config;

import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.PathNotFoundException;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.engine.SimpleCamelContext;
import org.apache.camel.language.jq.JqLanguage;
import org.apache.camel.spi.Language;
import org.apache.camel.support.DefaultExchange;

/** Checks the syntax of expressions with Camel's own parsers. Thread-safe. */
public final class ExpressionChecker {

  private static final int MAX_CAUSES = 10;

  private ExpressionChecker() {}

  /** A registry of languages, made when the first expression is checked; it runs no routes. */
  private static final class Shared {
    static final CamelContext CONTEXT = build();

    private static CamelContext build() {
      SimpleCamelContext context = new SimpleCamelContext(false);
      context.build();
      return context;
    }
  }

  /**
   * What is wrong with an expression; empty if it can be evaluated.
   *
   * @param condition whether it is to hold or not, rather than to have a value
   */
  public static Optional<String> fault(Expression expression, boolean condition) {
    Language language = Shared.CONTEXT.resolveLanguage(expression.language().camelName());
    try {
      if (condition) {
        language.createPredicate(expression.text()).init(Shared.CONTEXT);
      } else {
        language.createExpression(expression.text()).init(Shared.CONTEXT);
      }
      return switch (expression.language()) {
        case SIMPLE -> Optional.empty();
        case JQ -> jqFault(language, expression.text());
        case JSONPATH -> jsonPathFault(language, expression.text(), condition);
      };
    } catch (RuntimeException refused) {
      return Optional.of(oneLine(root(refused)));
    } catch (StackOverflowError deep) {
      // The parsers are recursive.
      return Optional.of("it is nested too deeply");
    }
  }

  /** Nothing is evaluated: an expression may take forever, whatever it is given. */
  private static Optional<String> jqFault(Language language, String text) {
    return language instanceof JqLanguage jq
        ? JqCalls.unknown(text, jq.getRootScope())
            .map(function -> "Function " + function + " does not exist")
        : Optional.empty();
  }

  /** Camel compiles a JSONPath when it first meets a value, so it is given an empty one. */
  private static Optional<String> jsonPathFault(Language language, String text, boolean condition) {
    Exchange exchange = new DefaultExchange(Shared.CONTEXT);
    exchange.getIn().setBody("{}");
    try {
      if (condition) {
        boolean ignored = language.createPredicate(text).matches(exchange);
      } else {
        Object ignored = language.createExpression(text).evaluate(exchange, Object.class);
      }
    } catch (RuntimeException refused) {
      Throwable root = root(refused);
      // Finding nothing in an empty value, or failing on it, says nothing about the syntax.
      if (root instanceof InvalidPathException && !(root instanceof PathNotFoundException)) {
        return Optional.of(oneLine(root));
      }
    }
    return Optional.empty();
  }

  private static Throwable root(Throwable thrown) {
    Throwable deepest = thrown;
    for (int i = 0; i < MAX_CAUSES && deepest.getCause() != null; i++) {
      deepest = deepest.getCause();
    }
    return deepest;
  }

  private static String oneLine(Throwable fault) {
    String message = fault.getMessage();
    if (message == null) {
      return fault.getClass().getSimpleName();
    }
    String line = message.strip().replaceAll("\\s*[\\r\\n]+\\s*", " ");
    return line.replaceFirst("Encountered \"<EOF>\" at .*", "it ends too early")
        .replaceFirst(" Was expecting .*", "")
        .replaceFirst("\\.$", "");
  }
}
