package dev.sluice.connector;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The typed units of configuration: durations such as {@code 7d}, sizes such as {@code 10GiB}. */
public final class Units {

  /** What a duration looks like, as a regular expression for schemas and messages. */
  public static final String DURATION_PATTERN = "^[0-9]+(ms|s|m|h|d)$";

  /** What a size looks like, as a regular expression for schemas and messages. */
  public static final String SIZE_PATTERN = "^[0-9]+(B|KB|MB|GB|TB|KiB|MiB|GiB|TiB)$";

  private static final Pattern DURATION = Pattern.compile("([0-9]{1,15})(ms|s|m|h|d)");
  private static final Pattern SIZE =
      Pattern.compile("([0-9]{1,18})(B|KB|MB|GB|TB|KiB|MiB|GiB|TiB)");
  private static final Map<String, Long> MILLIS =
      Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);
  private static final Map<String, Long> BYTES =
      Map.of(
          "B", 1L,
          "KB", 1_000L,
          "MB", 1_000_000L,
          "GB", 1_000_000_000L,
          "TB", 1_000_000_000_000L,
          "KiB", 1L << 10,
          "MiB", 1L << 20,
          "GiB", 1L << 30,
          "TiB", 1L << 40);

  private Units() {}

  /**
   * Reads a duration: a whole number and one of ms, s, m, h, d.
   *
   * @throws IllegalArgumentException if the text is not one, or too long for milliseconds in a long
   */
  public static Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a duration; write a whole number and ms, s, m, h or d, like 30s");
    }
    return Duration.ofMillis(product(text, matcher, MILLIS));
  }

  /**
   * Reads a size in bytes: a whole number and one of B, KB, MB, GB, TB (powers of 1000), KiB, MiB,
   * GiB, TiB (powers of 1024).
   *
   * @throws IllegalArgumentException if the text is not one, or does not fit a long
   */
  public static long sizeBytes(String text) {
    Matcher matcher = SIZE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is not a size; write a whole number and B, KiB, MiB, GiB or TiB (or KB,"
              + " MB, GB, TB), like 10GiB");
    }
    return product(text, matcher, BYTES);
  }

  /** Writes a duration in the largest unit that divides its milliseconds. */
  public static String format(Duration duration) {
    return format(duration.toMillis(), List.of("d", "h", "m", "s", "ms"), MILLIS);
  }

  /** Writes a size in the largest power of 1024 that divides it. */
  public static String formatSize(long sizeBytes) {
    return format(sizeBytes, List.of("TiB", "GiB", "MiB", "KiB", "B"), BYTES);
  }

  private static String format(long amount, List<String> units, Map<String, Long> factors) {
    for (String unit : units) {
      long factor = Objects.requireNonNull(factors.get(unit));
      if (factor == 1 || (amount != 0 && amount % factor == 0)) {
        return amount / factor + unit;
      }
    }
    throw new IllegalStateException("No unit is 1");
  }

  private static long product(String text, Matcher matcher, Map<String, Long> factors) {
    Long factor = factors.get(matcher.group(2));
    try {
      return Math.multiplyExact(
          Long.parseLong(matcher.group(1)), factor == null ? 1L : factor.longValue());
    } catch (ArithmeticException tooLarge) {
      throw new IllegalArgumentException("'" + text + "' is too large", tooLarge);
    }
  }
}
