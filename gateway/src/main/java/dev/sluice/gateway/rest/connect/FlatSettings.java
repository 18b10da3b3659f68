package dev.sluice.gateway.rest.connect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts settings with dotted names into a declaration, and takes them away. The schema tells where a
 * name ends, and which strings are numbers or lists.
 */
final class FlatSettings {

  private static final int MAX_ITEMS = 1_000;
  private static final Pattern INDEX = Pattern.compile("([0-9]{1,3})(?:\\.(.+))?");
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");
  private static final Pattern DECIMAL =
      Pattern.compile("-?[0-9]{1,18}(\\.[0-9]{1,18})?([eE][-+]?[0-9]{1,2})?");

  private FlatSettings() {}

  /** The longest known name that a dotted path is, or begins with; else empty. */
  static String property(JsonNode schema, String path) {
    String longest = "";
    for (Map.Entry<String, JsonNode> each : schema.path("properties").properties()) {
      String name = each.getKey();
      boolean fits = path.equals(name) || path.startsWith(name + ".");
      longest = fits && name.length() > longest.length() ? name : longest;
    }
    return longest;
  }

  /** Puts a setting in; one that is nothing, as an empty number is, takes away what is there. */
  static void put(ObjectNode into, JsonNode schema, String path, String value) {
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
    if (value.isMissingNode()) {
      JsonNode unused = into.remove(name);
    } else {
      into.set(name, value);
    }
  }

  /**
   * Takes away a setting, or all below a name, and what is empty without it. In lists it leaves a
   * gap, so that the numbers of others stay; {@link #closeGaps} ends that.
   */
  static void remove(ObjectNode from, JsonNode schema, String path) {
    String known = property(schema, path);
    String name = known.isEmpty() ? path : known;
    if (name.length() == path.length()) {
      JsonNode unused = from.remove(name);
      return;
    }
    JsonNode inner = schema.path("properties").path(name);
    String rest = path.substring(name.length() + 1);
    switch (from.path(name)) {
      case ArrayNode list -> removeItem(list, inner.path("items"), rest);
      case ObjectNode object -> remove(object, inner, rest);
      default -> {
        // There is nothing below a single value.
      }
    }
    if (isEmpty(from.path(name))) {
      JsonNode unused = from.remove(name);
    }
  }

  private static void removeItem(ArrayNode list, JsonNode items, String path) {
    Matcher index = INDEX.matcher(path);
    int position = index.matches() ? Integer.parseInt(index.group(1)) : list.size();
    if (position >= list.size()) {
      return;
    }
    if (index.group(2) != null && list.path(position) instanceof ObjectNode item) {
      remove(item, items, index.group(2));
    }
    if (index.group(2) == null || isEmpty(list.path(position))) {
      list.set(position, MissingNode.getInstance());
    }
  }

  private static boolean isEmpty(JsonNode node) {
    for (JsonNode child : node) {
      if (!child.isMissingNode()) {
        return false;
      }
    }
    return node.isContainerNode();
  }

  /** Moves up what is behind the items that were taken away. */
  static void closeGaps(JsonNode node) {
    if (node instanceof ArrayNode list) {
      for (int i = list.size() - 1; i >= 0; i--) {
        if (list.path(i).isMissingNode()) {
          JsonNode unused = list.remove(i);
        }
      }
    }
    node.forEach(FlatSettings::closeGaps);
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
          WHOLE.matcher(value).matches() ? whole(Long.parseLong(value)) : nodes.textNode(value);
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

  /** As a parser would make it: others are not equal to it. */
  private static JsonNode whole(long number) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return (int) number == number ? nodes.numberNode((int) number) : nodes.numberNode(number);
  }
}
