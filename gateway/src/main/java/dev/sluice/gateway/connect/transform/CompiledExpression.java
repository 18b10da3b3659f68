package dev.sluice.gateway.connect.transform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.Header;
import dev.sluice.gateway.config.Expression;
import dev.sluice.gateway.connect.value.Values;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.function.Function;
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
  private final Function<Exchange, @Nullable Object> function;

  private CompiledExpression(Expression source, Function<Exchange, @Nullable Object> function) {
    this.source = source;
    this.function = function;
  }

  /**
   * Compiles an expression that has a result.
   *
   * @throws ConnectorException of category CONFIGURATION if it is malformed
   */
  static CompiledExpression result(Expression source) {
    org.apache.camel.Expression compiled = CamelLanguages.expression(source);
    return new CompiledExpression(source, exchange -> compiled.evaluate(exchange, Object.class));
  }

  /**
   * Compiles an expression that holds or does not.
   *
   * @throws ConnectorException of category CONFIGURATION if it is malformed
   */
  public static CompiledExpression condition(Expression source) {
    if (source.language() == Expression.Language.JQ) {
      // Camel's own reading of a jq condition takes every object for false.
      return result(source);
    }
    Predicate compiled = CamelLanguages.predicate(source);
    return new CompiledExpression(source, compiled::matches);
  }

  /**
   * Whether it holds. Null, false, and no result at all do not; as in jq, everything else does.
   *
   * @throws ConnectorException of category DATA if it cannot be evaluated against this record
   */
  public boolean holds(Passage passage) {
    return switch (evaluate(passage)) {
      case null -> false;
      case Boolean bool -> bool;
      case JsonNode node -> !node.isNull() && (!node.isBoolean() || node.booleanValue());
      case Collection<?> results -> !results.isEmpty();
      default -> true;
    };
  }

  /**
   * Its result.
   *
   * @throws ConnectorException of category DATA if it cannot be evaluated against this record
   */
  @Nullable Object evaluate(Passage passage) {
    Exchange exchange = exchange(passage);
    try {
      return function.apply(exchange);
    } catch (RuntimeException | StackOverflowError e) {
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
  private ConnectorException failed(Throwable e) {
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
