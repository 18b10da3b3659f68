package dev.sluice.source.camel;

import dev.sluice.connector.ConnectorException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * A kamelet of Camel's catalogue, as its own definition describes it (resource {@code
 * kamelets/<name>.kamelet.yaml}).
 *
 * @param properties definitions of its properties by name
 * @param required names of properties that must be given
 */
record Kamelet(String name, Map<String, Map<?, ?>> properties, Set<String> required) {

  private static final int LARGEST_TYPING_ERROR = 3;

  /**
   * Finds a source kamelet.
   *
   * @throws ConnectorException of category CONFIGURATION if the catalogue has none of that name
   */
  static Kamelet named(String name) {
    String resource = "kamelets/" + name + ".kamelet.yaml";
    boolean proper = name.matches("[a-z0-9-]+");
    try (InputStream definition =
        proper ? Kamelet.class.getClassLoader().getResourceAsStream(resource) : null) {
      if (definition == null) {
        throw ConnectorException.configuration(
            "kamelet-unknown",
            "Camel's catalogue has no kamelet '" + name + "'.",
            "Choose one from https://camel.apache.org/camel-kamelets/ whose name ends in -source.");
      }
      return read(name, Yaml.read(new String(definition.readAllBytes(), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Kamelet read(String name, Object document) {
    String type =
        String.valueOf(at(document, "metadata", "labels", "camel.apache.org/kamelet.type"));
    if (!type.equals("source")) {
      throw ConnectorException.configuration(
          "kamelet-no-source",
          "The kamelet '" + name + "' is of type " + type + ", not a source.",
          "Choose one whose name ends in -source.");
    }
    Map<String, Map<?, ?>> properties = new LinkedHashMap<>();
    if (at(document, "spec", "definition", "properties") instanceof Map<?, ?> definitions) {
      definitions.forEach(
          (key, value) ->
              properties.put(String.valueOf(key), value instanceof Map<?, ?> map ? map : Map.of()));
    }
    Set<String> required = new TreeSet<>();
    if (at(document, "spec", "definition", "required") instanceof List<?> names) {
      names.forEach(each -> required.add(String.valueOf(each)));
    }
    return new Kamelet(name, properties, required);
  }

  private static Object at(Object document, String... path) {
    Object value = document;
    for (String name : path) {
      value = value instanceof Map<?, ?> map && map.get(name) != null ? map.get(name) : Map.of();
    }
    return value;
  }

  /**
   * Checks properties against the definition.
   *
   * @return them as text
   * @throws ConnectorException of category CONFIGURATION naming the property
   */
  Map<String, String> checked(Map<String, Object> given) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Map.Entry<String, Object> property : given.entrySet()) {
      Map<?, ?> definition = properties.get(property.getKey());
      if (definition == null) {
        throw unknown(property.getKey());
      }
      String text = String.valueOf(property.getValue());
      checkType(property.getKey(), String.valueOf(definition.get("type")), text);
      texts.put(property.getKey(), text);
    }
    for (String name : required) {
      if (!given.containsKey(name) && definesNoDefault(name)) {
        throw ConnectorException.configuration(
            "kamelet-property-missing",
            "The kamelet '" + name() + "' needs the property '" + name + "'.",
            "Set it under 'properties'.");
      }
    }
    return texts;
  }

  /** The values of properties that the definition calls passwords. */
  List<String> secrets(Map<String, String> given) {
    return given.entrySet().stream()
        .filter(
            property ->
                "password".equals(at(properties, property.getKey(), "format"))
                    && !property.getValue().isEmpty())
        .map(Map.Entry::getValue)
        .toList();
  }

  private boolean definesNoDefault(String property) {
    Map<?, ?> definition = properties.get(property);
    return definition == null || !definition.containsKey("default");
  }

  private void checkType(String property, String type, String value) {
    boolean fits =
        switch (type) {
          case "integer" -> value.matches("[+-]?[0-9]+");
          case "number" -> value.matches("[+-]?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
          case "boolean" -> value.equals("true") || value.equals("false");
          default -> true;
        };
    if (!fits) {
      throw ConnectorException.configuration(
          "kamelet-property-type",
          "The property '"
              + property
              + "' of the kamelet '"
              + name
              + "' must be of type "
              + type
              + ".",
          "Correct its value under 'properties'.");
    }
  }

  private ConnectorException unknown(String property) {
    return ConnectorException.configuration(
        "kamelet-property-unknown",
        "The kamelet '" + name + "' has no property '" + property + "'.",
        nearest(property, properties.keySet())
            .map(near -> "Did you mean '" + near + "'?")
            .orElse("It knows " + String.join(", ", properties.keySet()) + "."));
  }

  private static Optional<String> nearest(String name, Collection<String> known) {
    LevenshteinDistance distance = new LevenshteinDistance(LARGEST_TYPING_ERROR);
    String nearest = null;
    int smallest = LARGEST_TYPING_ERROR + 1;
    for (String candidate : known) {
      int errors = distance.apply(name, candidate);
      if (errors >= 0 && errors < smallest) {
        smallest = errors;
        nearest = candidate;
      }
    }
    return Optional.ofNullable(nearest);
  }
}
