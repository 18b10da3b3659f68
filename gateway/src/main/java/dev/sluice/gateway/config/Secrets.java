package dev.sluice.gateway.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Secret values that were met, so that none leaves in a message. The second line of defence:
 * messages are written without values that are secret; this covers those that a connector type, a
 * driver or an expression language put into its own. Used by one thread.
 */
final class Secrets {

  /** What stands in place of a secret. */
  static final String COVER = "****";

  private static final int SHORT = 4;

  private final Set<String> values = new HashSet<>();

  /** None yet. */
  Secrets() {}

  /** These for a start. */
  Secrets(Collection<String> values) {
    values.forEach(this::add);
  }

  void add(String value) {
    if (!value.isBlank()) {
      values.add(value);
    }
  }

  /** The text with every secret covered; a very short one only where it stands as a word. */
  String cover(String text) {
    String covered = text;
    for (String value :
        values.stream()
            .filter(text::contains)
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList()) {
      String quoted = Pattern.quote(value);
      Pattern pattern =
          Pattern.compile(
              value.length() < SHORT
                  ? "(?<![\\p{Alnum}_-])" + quoted + "(?![\\p{Alnum}_-])"
                  : quoted);
      covered = pattern.matcher(covered).replaceAll(Matcher.quoteReplacement(COVER));
    }
    return covered;
  }
}
