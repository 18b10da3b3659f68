package dev.sluice.sink.support;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.SinkRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Text with fields of a record in braces: {@code {topic}}, {@code {topic.last}} (what follows the
 * topic's last dot), {@code {partition}}, {@code {key}}, {@code {key.id}}, {@code {value.a.b}}.
 * Immutable.
 */
public final class Template {

  /** Every field that a template can name; {@code key} and {@code value} also with a path. */
  public static final Set<String> ALL_FIELDS =
      Set.of("topic", "topic.last", "partition", "key", "value");

  /** The fields that every record has, tombstones and records without a key included. */
  public static final Set<String> FIELDS_OF_EVERY_RECORD =
      Set.of("topic", "topic.last", "partition");

  private static final Pattern FIELD = Pattern.compile("\\{([^{}]*)}");

  /** Either literal text, or a field's path. */
  private record Part(String literal, List<String> path) {}

  private static final Part EMPTY = new Part("", List.of());

  private final String text;
  private final List<Part> parts;

  private Template(String text, List<Part> parts) {
    this.text = text;
    this.parts = List.copyOf(parts);
  }

  /**
   * Reads a template.
   *
   * @param option the option it comes from, for messages
   * @param fields those of {@link #ALL_FIELDS} that make sense here
   * @throws ConnectorException of category CONFIGURATION if it is none
   */
  public static Template parse(String option, String text, Set<String> fields) {
    List<Part> parts = new ArrayList<>();
    Matcher matcher = FIELD.matcher(text);
    int from = 0;
    while (matcher.find()) {
      parts.add(literal(option, text, text.substring(from, matcher.start())));
      parts.add(new Part("", path(option, text, matcher.group(1), fields)));
      from = matcher.end();
    }
    parts.add(literal(option, text, text.substring(from)));
    return new Template(text, parts.stream().filter(part -> !part.equals(EMPTY)).toList());
  }

  private static Part literal(String option, String text, String literal) {
    if (literal.indexOf('{') >= 0 || literal.indexOf('}') >= 0) {
      throw ConnectorException.configuration(
          "template-malformed",
          "The option '" + option + "' has a brace without its partner: " + text,
          "Write fields as {topic}, each with both braces.");
    }
    return new Part(literal, List.of());
  }

  private static List<String> path(String option, String text, String field, Set<String> fields) {
    List<String> path = List.of(field.split("\\.", -1));
    boolean nested = path.size() > 1 && (field.startsWith("key.") || field.startsWith("value."));
    if (!fields.contains(nested ? path.getFirst() : field) || path.contains("")) {
      throw ConnectorException.configuration(
          "template-field-unknown",
          "The option '" + option + "' names {" + field + "}, which is no field: " + text,
          "Use one of " + fields.stream().sorted().map(f -> "{" + f + "}").toList() + ".");
    }
    return field.equals("topic.last") ? List.of(field) : path;
  }

  /**
   * Fills in a record's fields.
   *
   * @param clean makes a field's text safe for where it goes; literal text stays as it is
   * @throws ConnectorException of category DATA if the record lacks a field
   */
  public String render(SinkRecord record, UnaryOperator<String> clean) {
    if (parts.size() == 1 && parts.getFirst().path().isEmpty()) {
      return text;
    }
    StringBuilder rendered = new StringBuilder();
    for (Part part : parts) {
      rendered.append(part.literal());
      if (!part.path().isEmpty()) {
        rendered.append(clean.apply(field(record, part.path())));
      }
    }
    return rendered.toString();
  }

  /** Whether it names no field, so that it is the same for all records. */
  public boolean literal() {
    return parts.stream().allMatch(part -> part.path().isEmpty());
  }

  private String field(SinkRecord record, List<String> path) {
    Object found =
        switch (path.getFirst()) {
          case "topic" -> record.origin().topic();
          case "topic.last" -> lastPart(record.origin().topic());
          case "partition" -> record.origin().partition();
          case "key" -> descend(record.key(), path);
          case "value" -> descend(record.value(), path);
          default -> throw new IllegalStateException(path.getFirst());
        };
    if (found == null) {
      throw ConnectorException.data(
          "template-field-missing",
          "The record has no {" + String.join(".", path) + "}, which '" + text + "' names.",
          null);
    }
    return Json.plain(found);
  }

  private static String lastPart(String topic) {
    return topic.substring(topic.lastIndexOf('.') + 1);
  }

  private static @Nullable Object descend(@Nullable Object root, List<String> path) {
    Object found = root;
    for (String name : path.subList(1, path.size())) {
      found = found instanceof Map<?, ?> map ? map.get(name) : null;
    }
    return found;
  }

  /** The template as written. */
  @Override
  public String toString() {
    return text;
  }
}
