package dev.sluice.gateway.search;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.Header;
import dev.sluice.gateway.config.Expression;
import dev.sluice.gateway.connect.transform.CompiledExpression;
import dev.sluice.gateway.connect.transform.Passage;
import dev.sluice.gateway.log.StoredRecord;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The conditions there are. Upper and lower case differ everywhere. */
public final class Conditions {

  private Conditions() {}

  /** Every record. */
  public static Condition any() {
    return found -> true;
  }

  /** The key is this text. */
  public static Condition keyIs(String text) {
    ByteText key = new ByteText(text);
    return found -> key.is(found.key());
  }

  /** The key contains this text. */
  public static Condition keyContains(String text) {
    ByteText part = new ByteText(text);
    return found -> part.isIn(found.key());
  }

  /**
   * There is a header of this name.
   *
   * @param value what it must be, or null if that does not matter
   */
  public static Condition header(String name, @Nullable String value) {
    ByteText wanted = value == null ? null : new ByteText(value);
    return found -> {
      for (Header header : found.headers()) {
        if (header.key().equals(name) && (wanted == null || wanted.is(header.value()))) {
          return true;
        }
      }
      return false;
    };
  }

  /** The text is in the key, the value, or the name or the value of a header. */
  public static Condition text(String text) {
    ByteText part = new ByteText(text);
    return found -> part.isIn(found.value()) || part.isIn(found.key()) || inHeaders(part, found);
  }

  private static boolean inHeaders(ByteText part, StoredRecord found) {
    for (Header header : found.headers()) {
      if (part.isIn(header.value()) || part.isIn(header.key().getBytes(StandardCharsets.UTF_8))) {
        return true;
      }
    }
    return false;
  }

  /**
   * An expression about the value holds.
   *
   * @throws ConnectorException of category CONFIGURATION if it is malformed
   */
  public static Condition expression(Expression expression) {
    CompiledExpression compiled = CompiledExpression.condition(expression);
    return found -> compiled.holds(passage(found));
  }

  private static Passage passage(StoredRecord found) {
    return Passage.out(
            new Passage.Origin(
                found.topicPartition().topic(), found.topicPartition().partition(), found.offset()),
            found.timestampMillis(),
            found.headers())
        .with(found.key(), found.value());
  }
}
