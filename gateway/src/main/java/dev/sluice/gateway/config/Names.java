package dev.sluice.gateway.config;

import dev.sluice.gateway.log.OwnTopics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What topics, connectors and templates may be called. */
final class Names {

  /** Kafka's rule for topics, without the reserved names. */
  static final String TOPIC_PATTERN = "^(?!_)(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}$";

  /** Connector and rule names; short enough that {@code .dead-letters} fits behind. */
  static final String CONNECTOR_PATTERN = "^[a-zA-Z0-9][a-zA-Z0-9._-]{0,199}$";

  /** Text with placeholders. */
  static final String TEMPLATE_PATTERN = "^([^{}]|\\{[^{}]+\\})+$";

  /** A topic's name with placeholders. */
  static final String TOPIC_TEMPLATE_PATTERN = "^(?!_)(?!\\.{1,2}$)([a-zA-Z0-9._-]|\\{[^{}]+\\})+$";

  /** The gateway's own topic that anyone may read. */
  static final String EVENTS = OwnTopics.EVENTS;

  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[?::1\\]?", Pattern.CASE_INSENSITIVE);

  private static final int LONGEST_TOPIC = 249;
  private static final int LONGEST_CONNECTOR = 200;
  private static final Pattern OTHER_CHARACTER = Pattern.compile("[^a-zA-Z0-9._-]");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^{}]+\\}");

  private Names() {}

  /**
   * Why a name can't be had.
   *
   * @param message what is wrong, with the text in single quotes
   * @param suggestion what to do
   */
  record Fault(String message, String suggestion) {}

  static Optional<Fault> topic(String name) {
    return reserved(name).or(() -> kafkaName(name, name));
  }

  static Optional<Fault> topicTemplate(String template) {
    return template(template)
        .or(() -> reserved(template))
        .or(() -> kafkaName(template, PLACEHOLDER.matcher(template).replaceAll("x")));
  }

  static Optional<Fault> template(String template) {
    if (template.isEmpty()) {
      return fault("is empty", "leave it out, or give it a value", template);
    }
    String rest = PLACEHOLDER.matcher(template).replaceAll("");
    return rest.contains("{") || rest.contains("}")
        ? fault("has a brace without its partner", "a placeholder is written {name}", template)
        : Optional.empty();
  }

  static Optional<Fault> connector(String name) {
    if (name.isEmpty()) {
      return fault("is no name", "give it a name", name);
    }
    Optional<Fault> character = otherCharacter(name, name);
    if (character.isPresent()) {
      return character;
    }
    if (name.length() > LONGEST_CONNECTOR) {
      return fault("is too long", "use at most " + LONGEST_CONNECTOR + " characters", name);
    }
    return Character.isLetterOrDigit(name.charAt(0))
        ? Optional.empty()
        : fault("begins with '" + name.charAt(0) + "'", "begin with a letter or digit", name);
  }

  /** The topics that a template can produce. */
  static Pattern produced(String template) {
    List<String> parts = new ArrayList<>();
    Matcher matcher = PLACEHOLDER.matcher(template);
    int from = 0;
    while (matcher.find()) {
      parts.add(Pattern.quote(template.substring(from, matcher.start())));
      from = matcher.end();
    }
    parts.add(Pattern.quote(template.substring(from)));
    return Pattern.compile(String.join("[a-zA-Z0-9._-]+", parts));
  }

  /** Whether an address is one of this machine's own, which no other reaches. */
  static boolean isLoopback(String host) {
    return LOOPBACK.matcher(host).matches();
  }

  static boolean isPlain(String template) {
    return !template.contains("{");
  }

  private static Optional<Fault> reserved(String name) {
    return name.startsWith("_")
        ? fault(
            "is reserved: names that begin with '_' are the gateway's own",
            "choose another name",
            name)
        : Optional.empty();
  }

  private static Optional<Fault> kafkaName(String shown, String name) {
    if (name.isEmpty()) {
      return fault("is no topic name", "give the topic a name", shown);
    }
    if (name.equals(".") || name.equals("..")) {
      return fault("is no topic name", "choose another name", shown);
    }
    if (name.length() > LONGEST_TOPIC) {
      return fault(
          "is too long for a topic", "use at most " + LONGEST_TOPIC + " characters", shown);
    }
    return otherCharacter(shown, name);
  }

  private static Optional<Fault> otherCharacter(String shown, String name) {
    Matcher matcher = OTHER_CHARACTER.matcher(name);
    if (!matcher.find()) {
      return Optional.empty();
    }
    String character = matcher.group().equals(" ") ? "a space" : "'" + matcher.group() + "'";
    return fault(
        "contains " + character + ", which no name may",
        "use letters, digits, '.', '_' and '-'",
        shown);
  }

  private static Optional<Fault> fault(String what, String suggestion, String name) {
    return Optional.of(new Fault("'" + name + "' " + what, suggestion));
  }
}
