package dev.sluice.gateway.connect.transform;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.Header;
import dev.sluice.gateway.config.Expression;
import dev.sluice.gateway.connect.value.Values;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;

/**
 * An expression, ready to be evaluated against records: the body is the decoded value, headers are
 * the record's headers as text, and the exchange properties {@code key}, {@code topic}, {@code
 * partition}, {@code offset}, {@code timestamp} tell the rest. Belongs to one thread.
 */
public final class CompiledExpression {

  private final Expression source;
  private final Predicate predicate;
  private final org.apache.camel.Expression expression;

  private CompiledExpression(
      Expression source, Predicate predicate, org.apache.camel.Expression expression) {
    this.source = source;
    this.predicate = predicate;
    this.expression = expression;
  }

  /**
   * Compiles an expression.
   *
   * @throws ConnectorException of category CONFIGURATION if it is malformed
   */
  public static CompiledExpression compile(Expression source) {
    return new CompiledExpression(
        source, CamelLanguages.predicate(source), CamelLanguages.expression(source));
  }

  /**
   * Whether it holds. Null, false, and an empty result do not.
   *
   * @throws ConnectorException of category DATA if it cannot be evaluated against this record
   */
  boolean holds(Passage passage) {
    Exchange exchange = exchange(passage);
    try {
      return predicate.matches(exchange);
    } catch (RuntimeException e) {
      throw failed(e);
    }
  }

  /**
   * Its result.
   *
   * @throws ConnectorException of category DATA if it cannot be evaluated against this record
   */
  @Nullable Object evaluate(Passage passage) {
    Exchange exchange = exchange(passage);
    try {
      return expression.evaluate(exchange, Object.class);
    } catch (RuntimeException e) {
      throw failed(e);
    }
  }

  private Exchange exchange(Passage passage) {
    Exchange exchange = new DefaultExchange(CamelLanguages.context());
    exchange
        .getIn()
        .setBody(
            source.language() == Expression.Language.JQ
                ? passage.treeValue()
                : passage.plainValue());
    for (Header header : passage.headers()) {
      byte[] value = header.value();
      exchange
          .getIn()
          .setHeader(
              header.key(), value == null ? null : new String(value, StandardCharsets.UTF_8));
    }
    exchange.setProperty("key", Values.plain(passage.key()));
    exchange.setProperty("timestamp", passage.timestampMillis());
    Passage.Origin origin = passage.origin();
    if (origin != null) {
      exchange.setProperty("topic", origin.topic());
      exchange.setProperty("partition", origin.partition());
      exchange.setProperty("offset", origin.offset());
    }
    return exchange;
  }

  /** The reason without the record's contents, which messages of the languages may quote. */
  private ConnectorException failed(RuntimeException e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return ConnectorException.data(
        "expression-failed",
        "The %s expression '%s' cannot be evaluated against this record (%s)."
            .formatted(
                source.language().camelName(), source.text(), root.getClass().getSimpleName()),
        e);
  }
}
