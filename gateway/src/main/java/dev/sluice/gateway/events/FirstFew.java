package dev.sluice.gateway.events;

import java.util.List;
import java.util.stream.Collectors;

/** Enumerations that fit into an event, however many and long their parts are. */
public final class FirstFew {

  private static final int MAX_PARTS = 10;
  private static final int MAX_CHARS = 120;

  private FirstFew() {}

  /** The first parts, and how many more there are: {@code a, b and 3 more}. */
  public static String of(List<String> parts) {
    String first = parts.stream().limit(MAX_PARTS).collect(Collectors.joining(", "));
    int more = parts.size() - MAX_PARTS;
    return more > 0 ? first + " and " + more + " more" : first;
  }

  /** The beginning of a text. */
  public static String cut(String text) {
    if (text.length() <= MAX_CHARS) {
      return text;
    }
    boolean splits = Character.isHighSurrogate(text.charAt(MAX_CHARS - 1));
    return text.substring(0, splits ? MAX_CHARS - 1 : MAX_CHARS) + "…";
  }
}
