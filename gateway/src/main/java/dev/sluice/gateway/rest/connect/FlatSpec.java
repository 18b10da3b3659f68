package dev.sluice.gateway.rest.connect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.gateway.config.ConnectorTypes;
import dev.sluice.gateway.config.FormSchemas;
import dev.sluice.gateway.rest.ApiException;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes a declaration of a configuration as Kafka Connect has it, strings by dotted names: the
 * inverse of {@link FlatConfig}. The schemas tell where a name ends and which strings are numbers
 * or lists. An option may also be given by its bare name, as {@code url} for {@code config.url}.
 * What no schema knows is handed on, to be refused where all mistakes are. Immutable.
 */
@Singleton
final class FlatSpec {

  private static final String CLASS = "connector.class";
  private static final String RULE = "rule";
  private static final int MAX_ITEMS = 1_000;
  private static final Pattern INDEX = Pattern.compile("([0-9]{1,3})(?:\\.(.+))?");
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");
  private static final Pattern DECIMAL =
      Pattern.compile("-?[0-9]{1,18}(\\.[0-9]{1,18})?([eE][-+]?[0-9]{1,2})?");

  private final ConnectorTypes types;
  private final FormSchemas schemas;

  FlatSpec(ConnectorTypes types, FormSchemas schemas) {
    this.types = types;
    this.schemas = schemas;
  }

  /**
   * The declaration.
   *
   * @param name the connector's; if the configuration has one, it must be this
   * @throws ApiException if it can't be told what kind of connector is meant
   */
  ObjectNode of(String name, Map<String, @Nullable String> flat) {
    Map<String, String> settings = new TreeMap<>();
    flat.forEach(
        (key, value) -> {
          if (value != null) {
            settings.put(key, value);
          }
        });
    String named = settings.remove("name");
    if (named != null && !named.equals(name)) {
      throw ApiException.invalid(
          "name", "The configuration is named '%s', not '%s'.".formatted(named, name), "Use one.");
    }
    String kind = kind(settings);
    String type = settings.remove(CLASS);
    ObjectNode spec = JsonNodeFactory.instance.objectNode();
    if (!kind.equals(RULE)) {
      spec.put(kind, type == null ? settings.getOrDefault(kind, "") : type);
      settings.remove(kind);
    }
    String tasks = settings.remove("tasks.max");
    if (tasks != null) {
      settings.put("tasks", tasks);
    }
    fill(spec, kind, settings);
    return spec;
  }

  /** {@code source}, {@code sink} or {@code rule}. */
  private String kind(Map<String, String> settings) {
    for (String kind : new String[] {"source", "sink"}) {
      if (settings.containsKey(kind)) {
        return kind;
      }
    }
    String type = settings.get(CLASS);
    if (type == null) {
      throw ApiException.invalid(
          CLASS, "It is missing.", "GET /connector-plugins lists the connector types.");
    }
    if (type.equals(RULE)) {
      return RULE;
    }
    boolean isSource = types.source(type).isPresent();
    boolean isSink = types.sink(type).isPresent();
    if (isSource && isSink) {
      return settings.containsKey("topics") ? "sink" : "source";
    }
    if (!isSource && !isSink) {
      throw ApiException.invalid(
          CLASS,
          "There is no connector type '" + type + "'.",
          "GET /connector-plugins lists the connector types.");
    }
    return isSource ? "source" : "sink";
  }

  private void fill(ObjectNode spec, String kind, Map<String, String> settings) {
    ObjectNode around = schemas.around(kind);
    JsonNode options = schemas.options(kind, spec.path(kind).asText());
    if (around.path("properties") instanceof ObjectNode properties && !options.isMissingNode()) {
      properties.set("config", options);
    }
    settings.forEach(
        (path, value) -> {
          boolean isBare = property(around, path).isEmpty() && !property(options, path).isEmpty();
          put(spec, around, isBare ? "config." + path : path, value);
        });
  }

  /** The longest known name that a dotted path is, or begins with; else empty. */
  private static String property(JsonNode schema, String path) {
    String longest = "";
    for (Map.Entry<String, JsonNode> each : schema.path("properties").properties()) {
      String name = each.getKey();
      boolean fits = path.equals(name) || path.startsWith(name + ".");
      longest = fits && name.length() > longest.length() ? name : longest;
    }
    return longest;
  }

  private static void put(ObjectNode into, JsonNode schema, String path, String value) {
    String name = property(schema, path);
    JsonNode inner = schema.path("properties").path(name);
    if (name.isEmpty()) {
      set(into, path, typed(schema.path("additionalProperties"), value));
    } else if (name.length() == path.length()) {
      set(into, name, typed(inner, value));
    } else {
      String rest = path.substring(name.length() + 1);
      if (inner.path("type").asText().equals("array")) {
        ArrayNode list = into.path(name) instanceof ArrayNode known ? known : into.putArray(name);
        putItem(list, inner.path("items"), rest, value);
      } else {
        put(objectAt(into, name), inner, rest, value);
      }
    }
  }

  private static void putItem(ArrayNode list, JsonNode items, String path, String value) {
    Matcher index = INDEX.matcher(path);
    if (!index.matches()) {
      list.add(value);
      return;
    }
    int position = Integer.parseInt(index.group(1));
    while (list.size() <= position && list.size() < MAX_ITEMS) {
      list.addNull();
    }
    String rest = index.group(2);
    if (rest == null) {
      list.set(position, typed(items, value));
      return;
    }
    ObjectNode item = list.path(position) instanceof ObjectNode known ? known : list.objectNode();
    list.set(position, item);
    put(item, items, rest, value);
  }

  private static ObjectNode objectAt(ObjectNode into, String name) {
    return into.path(name) instanceof ObjectNode known ? known : into.putObject(name);
  }

  private static void set(ObjectNode into, String name, JsonNode value) {
    if (!value.isMissingNode()) {
      into.set(name, value);
    }
  }

  /** The string as what the schema asks for; as it is if it is none; missing if it is nothing. */
  private static JsonNode typed(JsonNode schema, String value) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    String type = schema.path("type").asText();
    if (value.isEmpty() && !type.equals("string")) {
      return nodes.missingNode();
    }
    return switch (type) {
      case "integer" ->
          WHOLE.matcher(value).matches()
              ? nodes.numberNode(Long.parseLong(value))
              : nodes.textNode(value);
      case "number" ->
          DECIMAL.matcher(value).matches()
              ? nodes.numberNode(Double.parseDouble(value))
              : nodes.textNode(value);
      case "boolean" ->
          value.equals("true") || value.equals("false")
              ? nodes.booleanNode(value.equals("true"))
              : nodes.textNode(value);
      case "array" -> {
        ArrayNode list = nodes.arrayNode();
        Arrays.stream(value.split(",", -1))
            .map(String::strip)
            .forEach(item -> list.add(typed(schema.path("items"), item)));
        yield list;
      }
      default -> nodes.textNode(value);
    };
  }
}
