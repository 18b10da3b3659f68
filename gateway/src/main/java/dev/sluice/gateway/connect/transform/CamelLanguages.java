package dev.sluice.gateway.connect.transform;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.ErrorCategory;
import dev.sluice.gateway.config.Expression;
import org.apache.camel.CamelContext;
import org.apache.camel.Predicate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Language;

/**
 * Camel's expression languages. One context serves the whole process, since it is only a registry
 * of languages and type converters here: it has no routes, and is made when the first expression is
 * compiled. Compiling is thread-safe; what comes out is used by one thread.
 */
final class CamelLanguages {

  private CamelLanguages() {}

  /** Made when first touched; the class loader sees to it that this happens once. */
  private static final class Shared {
    static final CamelContext CONTEXT = build();

    private static CamelContext build() {
      DefaultCamelContext context = new DefaultCamelContext(false);
      context.getCamelContextExtension().setName("sluice-expressions");
      context.setLoadTypeConverters(false);
      context.build();
      return context;
    }
  }

  static CamelContext context() {
    return Shared.CONTEXT;
  }

  static org.apache.camel.Expression expression(Expression expression) {
    try {
      org.apache.camel.Expression compiled =
          language(expression).createExpression(expression.text());
      compiled.init(Shared.CONTEXT);
      return compiled;
    } catch (RuntimeException e) {
      throw malformed(expression, e);
    }
  }

  static Predicate predicate(Expression expression) {
    try {
      Predicate compiled = language(expression).createPredicate(expression.text());
      compiled.init(Shared.CONTEXT);
      return compiled;
    } catch (RuntimeException e) {
      throw malformed(expression, e);
    }
  }

  private static Language language(Expression expression) {
    return Shared.CONTEXT.resolveLanguage(expression.language().camelName());
  }

  private static ConnectorException malformed(Expression expression, RuntimeException e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return new ConnectorException(
        ErrorCategory.CONFIGURATION,
        "expression-malformed",
        "The %s expression '%s' cannot be understood: %s"
            .formatted(
                expression.language().camelName(),
                expression.text(),
                String.valueOf(root.getMessage()).strip()),
        "Correct the expression; Camel's documentation of the language "
            + expression.language().camelName()
            + " tells what it offers.",
        e);
  }
}
