package dev.sluice.gateway.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The schemas of connectors' declarations in the form that programs make input forms of: every
 * {@code $ref} is replaced by what it leads to, our own formats are patterns, and where several
 * forms of a value are allowed there is the one that forms can ask for. So they are stricter than
 * what is accepted; whoever wants to know whether a declaration can be used asks {@link Drafts}.
 * Immutable.
 */
public final class FormSchemas {

  private static final List<String> KINDS = List.of("source", "sink");

  /** What a reference to a value elsewhere begins with. */
  private static final String REFERENCE = "\\$\\{(env:|file:|secret:|dir\\}|data\\})";

  private final ObjectNode strict;

  public FormSchemas(ConfigSchema schema) {
    this.strict = schema.strict();
  }

  /**
   * The schema of a type's options.
   *
   * @param kind {@code source} or {@code sink}
   * @return a missing node if there is no such type
   */
  public JsonNode options(String kind, String type) {
    return form(strict.path("$defs").path(kind + "." + type), 0);
  }

  /**
   * The schema of what can be set around a connector's options: of a {@code source}, a {@code sink}
   * or a {@code rule}.
   */
  public ObjectNode around(String kind) {
    boolean isRule = kind.equals("rule");
    ObjectNode schema =
        (ObjectNode) form(strict.path("$defs").path(isRule ? "rule" : "connector"), 0);
    schema.put("type", "object");
    if (!isRule) {
      ObjectNode properties = (ObjectNode) schema.path("properties");
      JsonNode condition = thenOf(kind);
      condition.path("properties").fieldNames().forEachRemaining(properties::remove);
      KINDS.stream().filter(other -> !other.equals(kind)).forEach(properties::remove);
      schema.remove(List.of("oneOf", "allOf"));
      ArrayNode required = schema.putArray("required");
      required.add(kind);
      condition.path("required").forEach(required::add);
    }
    return schema;
  }

  /** What the skeleton says of connectors of this kind alone. */
  private JsonNode thenOf(String kind) {
    for (JsonNode condition : strict.path("$defs").path("connector").path("allOf")) {
      boolean ofKind = condition.path("if").path("required").path(0).asText().equals(kind);
      if (ofKind && !condition.path("if").has("properties")) {
        return condition.path("then");
      }
    }
    return strict.missingNode();
  }

  private JsonNode form(JsonNode schema, int depth) {
    if (!(schema instanceof ObjectNode object) || depth > YamlReader.MAX_DEPTH) {
      return schema.deepCopy();
    }
    ObjectNode form = object.objectNode();
    String reference = object.path("$ref").asText();
    if (!reference.isEmpty()) {
      form.setAll((ObjectNode) form(strict.at(reference.substring(1)), depth + 1));
    }
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      if (!member.getKey().equals("$ref") && !member.getKey().equals("$defs")) {
        form.set(member.getKey(), member(member.getKey(), member.getValue(), depth));
      }
    }
    useOneForm(form);
    usePattern(form);
    return form;
  }

  private JsonNode member(String keyword, JsonNode value, int depth) {
    if (Set.of("properties", "patternProperties").contains(keyword)) {
      ObjectNode properties = strict.objectNode();
      value
          .properties()
          .forEach(each -> properties.set(each.getKey(), form(each.getValue(), depth + 1)));
      return properties;
    }
    if (value.isArray() && Set.of("allOf", "anyOf", "oneOf").contains(keyword)) {
      ArrayNode branches = strict.arrayNode();
      value.forEach(branch -> branches.add(form(branch, depth + 1)));
      return branches;
    }
    return Set.of("items", "additionalProperties", "if", "then", "else").contains(keyword)
        ? form(value, depth + 1)
        : value.deepCopy();
  }

  /** A list rather than the single text that stands for one; a value rather than none. */
  private static void useOneForm(ObjectNode schema) {
    JsonNode type = schema.path("type");
    if (type.isArray()) {
      String only = type.path(0).asText();
      for (JsonNode each : type) {
        only = each.asText().equals("array") ? "array" : only;
      }
      schema.put("type", only);
      keepChoices(schema, only);
    }
    JsonNode condition = schema.path("if").path("type");
    if (condition.isTextual() && schema.path("then") instanceof ObjectNode then) {
      schema.remove(List.of("if", "then", "else"));
      schema.set("type", condition);
      schema.setAll(then);
    }
  }

  /** Those of another type would be the same choices once more, {@code 5} beside {@code "5"}. */
  private static void keepChoices(ObjectNode schema, String type) {
    if (schema.path("enum") instanceof ArrayNode choices) {
      ArrayNode fitting = schema.arrayNode();
      choices.forEach(choice -> addIfOf(type, choice, fitting));
      schema.set("enum", fitting);
    }
  }

  private static void addIfOf(String type, JsonNode choice, ArrayNode fitting) {
    boolean isOfType =
        switch (type) {
          case "string" -> choice.isTextual();
          case "integer" -> choice.canConvertToExactIntegral();
          case "number" -> choice.isNumber();
          case "boolean" -> choice.isBoolean();
          case "array" -> choice.isArray();
          case "object" -> choice.isObject();
          default -> choice.isNull();
        };
    if (isOfType) {
      fitting.add(choice);
    }
  }

  private static void usePattern(ObjectNode schema) {
    Form.named(schema.path("format").asText())
        .ifPresent(
            form -> {
              schema.remove("format");
              schema.put("pattern", form.pattern());
            });
    String pattern = schema.path("pattern").asText();
    if (schema.path("type").asText().equals("string")
        && !pattern.isEmpty()
        && !pattern.endsWith(REFERENCE)) {
      schema.put("pattern", "(" + pattern + ")|" + REFERENCE);
    }
  }
}
