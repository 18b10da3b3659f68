package dev.sluice.broker.kafka.transaction;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.kafka.common.errors.InvalidRegularExpression;
import org.jspecify.annotations.Nullable;

/**
 * A pattern for transactional ids that a client has sent: a regular expression of Java, as in
 * Kafka. There are expressions that take for ever, or any amount of stack; here the steps of one
 * request are limited. Used by one thread.
 */
final class IdPattern {

  /** Some hundred steps for each of ten thousand ids. */
  private static final int MAX_STEPS = 10_000_000;

  private final @Nullable Pattern pattern;
  private int steps;

  private IdPattern(@Nullable Pattern pattern) {
    this.pattern = pattern;
  }

  /**
   * A pattern; null and nothing match everything.
   *
   * @throws InvalidRegularExpression if it is none
   */
  static IdPattern of(@Nullable String expression) {
    if (expression == null || expression.isEmpty()) {
      return new IdPattern(null);
    }
    try {
      return new IdPattern(Pattern.compile(expression));
    } catch (PatternSyntaxException | StackOverflowError e) {
      throw new InvalidRegularExpression(
          "The pattern `" + expression + "` is not a regular expression: " + e.getMessage());
    }
  }

  /**
   * Whether an id matches as a whole.
   *
   * @throws InvalidRegularExpression if the expression takes too long
   */
  boolean matches(String id) {
    if (pattern == null) {
      return true;
    }
    try {
      return pattern.matcher(new Counted(id)).matches();
    } catch (StackOverflowError e) {
      throw tooLong();
    }
  }

  private InvalidRegularExpression tooLong() {
    return new InvalidRegularExpression("The pattern `" + pattern + "` takes too long to match");
  }

  /** Text that may be looked at only so many times. */
  private final class Counted implements CharSequence {

    private final String text;

    Counted(String text) {
      this.text = text;
    }

    @Override
    public char charAt(int index) {
      if (++steps > MAX_STEPS) {
        throw tooLong();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
