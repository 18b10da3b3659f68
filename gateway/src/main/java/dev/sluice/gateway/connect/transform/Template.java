package dev.sluice.gateway.connect.transform;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.Header;
import dev.sluice.gateway.connect.value.Values;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A text with names in braces, such as {@code shop.{table}}. A name is looked up among the record's
 * attributes, then it is one of {@code key}, {@code value}, {@code value.some.field}, {@code
 * header.some-name}, {@code topic}, {@code partition}, {@code offset}, {@code timestamp}. Immutable
 * and thread-safe.
 */
public final class Template {

  /** A piece of a template: literal text, or a name to look up. */
  private sealed interface Part {
    record Literal(String text) implements Part {}

    record Name(String name) implements Part {}
  }

  private final String text;
  private final List<Part> parts;

  private Template(String text, List<Part> parts) {
    this.text = text;
    this.parts = List.copyOf(parts);
  }

  /**
   * Reads a template.
   *
   * @throws ConnectorException of category CONFIGURATION if a brace is not closed or is empty
   */
  public static Template parse(String text) {
    List<Part> parts = new ArrayList<>();
    int from = 0;
    for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', from)) {
      int close = text.indexOf('}', open);
      if (close <= open + 1 || text.substring(open + 1, close).indexOf('{') >= 0) {
        throw ConnectorException.configuration(
            "template-malformed",
            "The template '" + text + "' has a brace that is empty or not closed.",
            "Write names as {name}, such as shop.{table}.");
      }
      if (open > from) {
        parts.add(new Part.Literal(text.substring(from, open)));
      }
      parts.add(new Part.Name(text.substring(open + 1, close).strip()));
      from = close + 1;
    }
    if (from < text.length()) {
      parts.add(new Part.Literal(text.substring(from)));
    }
    return new Template(text, parts);
  }

  /** Whether it is the same text for every record. */
  public boolean constant() {
    return parts.stream().allMatch(part -> part instanceof Part.Literal);
  }

  /** Whether these attributes alone decide the text, so that equal ones give an equal text. */
  public boolean decidedBy(Map<String, String> attributes) {
    return parts.stream()
        .allMatch(part -> !(part instanceof Part.Name name) || attributes.containsKey(name.name()));
  }

  /** The template as it was written. */
  public String text() {
    return text;
  }

  /**
   * The text for one record.
   *
   * @throws ConnectorException of category DATA if the record lacks a name; tells which it has
   */
  public String resolve(Passage passage) {
    StringBuilder result = new StringBuilder();
    for (Part part : parts) {
      switch (part) {
        case Part.Literal literal -> result.append(literal.text());
        case Part.Name name -> result.append(lookUp(name.name(), passage));
      }
    }
    return result.toString();
  }

  private String lookUp(String name, Passage passage) {
    String attribute = passage.attributes().get(name);
    if (attribute != null) {
      return attribute;
    }
    Object found =
        switch (name) {
          case "key" -> passage.key();
          case "value" -> passage.plainValue();
          case "timestamp" -> passage.timestampMillis();
          default -> lookUpQualified(name, passage);
        };
    if (found == null) {
      throw missing(name, passage);
    }
    byte[] bytes = Values.bytes(found);
    return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
  }

  private static @Nullable Object lookUpQualified(String name, Passage passage) {
    if (name.startsWith("value.")) {
      return field(passage.plainValue(), name.substring("value.".length()));
    }
    if (name.startsWith("header.")) {
      return header(passage.headers(), name.substring("header.".length()));
    }
    Passage.Origin origin = passage.origin();
    if (origin == null) {
      return null;
    }
    return switch (name) {
      case "topic" -> origin.topic();
      case "partition" -> origin.partition();
      case "offset" -> origin.offset();
      default -> null;
    };
  }

  private static @Nullable Object field(@Nullable Object value, String path) {
    if (!(value instanceof Map<?, ?> map)) {
      return null;
    }
    if (map.containsKey(path)) {
      return map.get(path);
    }
    int dot = path.indexOf('.');
    return dot < 0 ? null : field(map.get(path.substring(0, dot)), path.substring(dot + 1));
  }

  private static @Nullable Object header(List<Header> headers, String name) {
    for (Header header : headers) {
      if (header.key().equals(name)) {
        return header.value();
      }
    }
    return null;
  }

  private ConnectorException missing(String name, Passage passage) {
    TreeSet<String> names = new TreeSet<>(passage.attributes().keySet());
    if (passage.key() != null) {
      names.add("key");
    }
    if (passage.plainValue() instanceof Map<?, ?> map) {
      map.keySet().forEach(field -> names.add("value." + field));
    }
    passage.headers().forEach(header -> names.add("header." + header.key()));
    if (passage.origin() != null) {
      names.addAll(List.of("topic", "partition", "offset"));
    }
    names.add("timestamp");
    return ConnectorException.data(
        "template-name-unknown",
        "The template '%s' names '%s', which this record does not have; it has %s."
            .formatted(text, name, String.join(", ", names)),
        null);
  }

  @Override
  public String toString() {
    return text;
  }
}
