package dev.sluice.gateway.config;

import dev.sluice.gateway.config.Credentials.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what looks like a secret in the comments of a file: settings are often commented out. */
final class CommentSecrets {

  private static final Pattern SETTING =
      Pattern.compile(
          "(?i)(?<![\\w.-])(?=[\\w.-]*?(?:"
              + SecretOptions.TELLING
              + "))[\\w.-]++[\"']?\\s*+[:=]\\s*+(\\S(?:.*\\S)?)");

  private CommentSecrets() {}

  /**
   * The secrets in comments, by place.
   *
   * @param scalars what is no comment even if there is a {@code #} in it: start and end of each
   */
  static List<SecretSpan> of(String file, String text, List<int[]> scalars) {
    List<int[]> sorted = scalars.stream().sorted(Comparator.comparingInt(s -> s[0])).toList();
    List<SecretSpan> found = new ArrayList<>();
    Map<String, Integer> alike = new HashMap<>();
    int from = 0;
    int number = 0;
    int next = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      int at = line.indexOf('#');
      while (at >= 0) {
        int position = from + at;
        while (next < sorted.size() && sorted.get(next)[1] <= position) {
          next++;
        }
        boolean isText = next < sorted.size() && sorted.get(next)[0] <= position;
        if (!isText && (at == 0 || Character.isWhitespace(line.charAt(at - 1)))) {
          comment(new Place(file, number, at + 1), line.substring(at), position, alike, found);
          break;
        }
        at = line.indexOf('#', at + 1);
      }
      from += line.length() + 1;
    }
    return found;
  }

  private static void comment(
      Place place, String comment, int start, Map<String, Integer> alike, List<SecretSpan> found) {
    List<Part> spans = spans(comment);
    String context = Credentials.covered(comment, spans).strip();
    for (Part span : spans) {
      int ordinal = alike.merge(context, 1, Integer::sum) - 1;
      found.add(
          new SecretSpan(
              start + span.start(),
              start + span.end(),
              place,
              null,
              context,
              ordinal,
              null,
              span.in(comment)));
    }
  }

  private static List<Part> spans(String comment) {
    List<Part> spans = new ArrayList<>(Credentials.literals(comment));
    Matcher setting = SETTING.matcher(comment);
    if (setting.find()) {
      String value = setting.group(1);
      List<Part> parts =
          DisplayConfig.isWholeReference(unquoted(value))
              ? DisplayConfig.defaults(value).stream()
                  .map(part -> part.movedBy(setting.start(1)))
                  .toList()
              : List.of(new Part(setting.start(1), setting.end(1)));
      spans.addAll(parts);
    }
    return Credentials.joined(spans);
  }

  private static String unquoted(String text) {
    boolean quoted =
        text.length() > 1
            && (text.charAt(0) == '"' || text.charAt(0) == '\'')
            && text.charAt(text.length() - 1) == text.charAt(0);
    return quoted ? text.substring(1, text.length() - 1) : text;
  }
}
