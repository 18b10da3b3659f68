package dev.sluice.sink.camel;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The options, typed.
 *
 * @param target where records go
 * @param body what the exchange's body is
 * @param secrets texts that no message may show
 */
record CamelSinkConfig(Target target, Body body, List<String> secrets) {

  private static final int MIN_SECRET_CHARACTERS = 4;

  /** Where records go. */
  sealed interface Target {

    /**
     * One endpoint.
     *
     * @param parameters options of the endpoint, as they are, not encoded
     */
    record Single(String uri, Map<String, Object> parameters) implements Target {}

    /** The steps of a route in Camel's YAML DSL. */
    record Route(List<Object> steps) implements Target {}
  }

  /** What the exchange's body is; null for a tombstone, always. */
  enum Body {
    /** The bytes as stored. */
    BYTES,
    /** Maps, lists, numbers and booleans if the value is JSON, else text or bytes. */
    DECODED
  }

  static CamelSinkConfig of(Options options) {
    List<String> given = Stream.of("to", "route", "kamelet").filter(options::has).toList();
    if (given.size() != 1) {
      throw ConnectorException.configuration(
          "option-conflict",
          given.isEmpty()
              ? "None of 'to', 'route' and 'kamelet' is set."
              : "'" + String.join("' and '", given) + "' exclude each other.",
          "Set one: 'to' for an endpoint, 'route' for steps, 'kamelet' for a kamelet's name.");
    }
    requireWith(options, "parameters", "to");
    requireWith(options, "properties", "kamelet");
    return new CamelSinkConfig(
        target(options, given.getFirst()),
        Body.valueOf(options.string("body").toUpperCase(Locale.ROOT)),
        secrets(options));
  }

  private static void requireWith(Options options, String option, String other) {
    if (options.has(option) && !options.has(other)) {
      throw ConnectorException.configuration(
          "option-conflict",
          "'" + option + "' has a meaning only beside '" + other + "'.",
          "Remove '" + option + "', or set '" + other + "'.");
    }
  }

  private static Target target(Options options, String option) {
    return switch (option) {
      case "to" -> new Target.Single(options.string("to"), options.map("parameters"));
      case "kamelet" ->
          new Target.Single("kamelet:" + options.string("kamelet"), options.map("properties"));
      default ->
          new Target.Route(
              options.raw("route") instanceof List<?> steps ? List.copyOf(steps) : List.of());
    };
  }

  /** Which values are secret can't be known here, so all texts of some length count as such. */
  private static List<String> secrets(Options options) {
    List<String> secrets = new ArrayList<>();
    Stream.of("parameters", "properties")
        .flatMap(option -> options.map(option).values().stream())
        .map(String::valueOf)
        .filter(text -> text.length() >= MIN_SECRET_CHARACTERS)
        .forEach(secrets::add);
    return List.copyOf(secrets);
  }

  /** The text without secrets. */
  String redact(String text) {
    String redacted = text;
    for (String secret : secrets) {
      redacted = redacted.replace(secret, "****");
    }
    return redacted;
  }

  /** The body's kind; nothing secret. */
  @Override
  public String toString() {
    return "CamelSinkConfig[body=" + body + "]";
  }
}
