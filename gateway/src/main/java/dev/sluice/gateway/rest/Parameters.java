package dev.sluice.gateway.rest;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads query parameters, and says which one is wrong. */
public final class Parameters {

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  private Parameters() {}

  /**
   * A whole number.
   *
   * @throws ApiException if it is none or out of the range
   */
  public static long number(String name, String text, long min, long max) {
    long number = NUMBER.matcher(text).matches() ? Long.parseLong(text) : -1;
    if (number < min || number > max) {
      throw ApiException.invalid(
          name,
          "'" + name + "' is '" + text + "', which is not a number that is allowed here.",
          max == Long.MAX_VALUE
              ? "Give a whole number from " + min + " on."
              : "Give a whole number from " + min + " to " + max + ".");
    }
    return number;
  }

  /**
   * True or false, false if it is absent.
   *
   * @throws ApiException if it is something else
   */
  public static boolean flag(String name, @Nullable String text) {
    if (text == null || text.equalsIgnoreCase("false")) {
      return false;
    }
    if (text.equalsIgnoreCase("true")) {
      return true;
    }
    throw ApiException.invalid(name, "'" + name + "' is '" + text + "'.", "Give true or false.");
  }

  /** Milliseconds since the epoch, or an ISO-8601 time with a zone; empty if it is neither. */
  public static OptionalLong timestampMillis(String text) {
    if (NUMBER.matcher(text).matches()) {
      return OptionalLong.of(Long.parseLong(text));
    }
    try {
      // A plus sign that was not escaped in a URL arrives as a space.
      Instant instant = OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
      return OptionalLong.of(instant.toEpochMilli());
    } catch (DateTimeException | ArithmeticException notATime) {
      return OptionalLong.empty();
    }
  }
}
