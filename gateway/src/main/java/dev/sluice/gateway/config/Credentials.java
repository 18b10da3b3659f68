package dev.sluice.gateway.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Passwords within a text: those of URLs, and parameters with a telling name. A value that is
 * wholly a reference is no secret, but its default is.
 */
final class Credentials {

  /** A reference as a whole, so that nothing in it ends the value that it stands in. */
  private static final String REFERENCE = "\\$\\{(?:env|file|secret):[^}]{0,500}+\\}";

  /** Escaped, so it is none. */
  private static final String NO_REFERENCE = "\\$\\$\\{";

  /** Camel's own quotes, which end before the next parameter or with the line. */
  private static final String RAW = "RAW(?:\\(.{0,2000}?\\)|\\{.{0,2000}?\\})(?=&|[\"']?\\s*$)";

  private static final Pattern USER_INFO =
      Pattern.compile(
          "(?<=://)(?:" + valueWithout(":@/\\s") + ")?+:(" + valueWithout("@/\\s") + ")(?=@)");

  private static final Pattern PARAMETER =
      Pattern.compile(
          "(?im)[?&;](?=[\\w.-]*?(?:"
              + SecretOptions.TELLING
              + "))[\\w.-]++=((?-i:"
              + RAW
              + ")|"
              + valueWithout("&;\\s")
              + ")");

  private static final Pattern ANY_REFERENCE =
      Pattern.compile("\\$\\{(?:env|file|secret):[^}]*+\\}");

  private Credentials() {}

  private static String valueWithout(String ends) {
    return "(?:[^%s$]++|%s|%s|\\$)++".formatted(ends, NO_REFERENCE, REFERENCE);
  }

  /** A part of a text. */
  record Part(int start, int end) {

    private static Part of(MatchResult match) {
      return new Part(match.start(1), match.end(1));
    }

    Part movedBy(int chars) {
      return new Part(start + chars, end + chars);
    }

    String in(String text) {
      return text.substring(start, end);
    }

    private boolean overlaps(Part other) {
      return start < other.end && other.start < end;
    }

    private Part with(Part other) {
      return new Part(Math.min(start, other.start), Math.max(end, other.end));
    }
  }

  /** Where passwords stand in a text, references among them; in order, without overlaps. */
  static List<Part> places(String text) {
    return joined(
        Stream.of(USER_INFO, PARAMETER)
            .flatMap(pattern -> pattern.matcher(text).results())
            .map(Part::of)
            .toList());
  }

  /** Where secrets stand in a text: passwords that are literal, and defaults of references. */
  static List<Part> literals(String text) {
    return places(text).stream().flatMap(place -> literals(place, text)).toList();
  }

  private static Stream<Part> literals(Part place, String text) {
    String value = place.in(text);
    return DisplayConfig.isWholeReference(value)
        ? DisplayConfig.defaults(value).stream().map(part -> part.movedBy(place.start()))
        : Stream.of(place);
  }

  /** The parts in order, with one in the place of those that overlap. */
  static List<Part> joined(List<Part> parts) {
    List<Part> joined = new ArrayList<>();
    parts.stream()
        .sorted(Comparator.comparingInt(Part::start))
        .forEach(
            part -> {
              boolean isMore = joined.isEmpty() || !joined.getLast().overlaps(part);
              joined.add(isMore ? part : joined.removeLast().with(part));
            });
    return joined;
  }

  /** The parts, each with the whole of a reference that it stands in, as in its default. */
  static List<Part> withReferences(List<Part> parts, String text) {
    List<Part> all = new ArrayList<>(parts);
    ANY_REFERENCE
        .matcher(text)
        .results()
        .map(match -> new Part(match.start(), match.end()))
        .filter(reference -> parts.stream().anyMatch(reference::overlaps))
        .forEach(all::add);
    return joined(all);
  }

  /** The text with every secret in it covered. */
  static String covered(String text) {
    return covered(text, literals(text));
  }

  /**
   * The text with these parts of it covered.
   *
   * @param parts in order, without overlaps
   */
  static String covered(String text, List<Part> parts) {
    StringBuilder covered = new StringBuilder();
    int from = 0;
    for (Part part : parts) {
      covered.append(text, from, part.start()).append(Secrets.COVER);
      from = part.end();
    }
    return covered.append(text, from, text.length()).toString();
  }
}
