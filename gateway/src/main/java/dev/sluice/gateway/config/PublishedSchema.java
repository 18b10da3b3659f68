package dev.sluice.gateway.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Turns the schema of resolved values into the one for files as people write them: our own formats
 * become patterns, and a reference may stand for any single value.
 */
final class PublishedSchema {

  private static final String REFERENCE = "reference";

  /** What describes a value rather than restricts it; it stays outside the choice. */
  private static final Set<String> ANNOTATIONS =
      Set.of("title", "description", "default", "examples", "writeOnly", "deprecated");

  private static final Set<String> SINGLE_TYPES = Set.of("string", "integer", "number", "boolean");

  private PublishedSchema() {}

  static ObjectNode of(ObjectNode strict) {
    ObjectNode published = strict.deepCopy();
    rewrite(published);
    ObjectNode reference = ((ObjectNode) published.path("$defs")).putObject(REFERENCE);
    reference.put("title", "Reference");
    reference.put(
        "description",
        "A value from elsewhere: ${env:NAME}, ${env:NAME:-default}, ${file:path}, ${dir}, ${data}.");
    reference.put("type", "string");
    reference.put("pattern", "\\$\\{(env:|file:|dir\\}|data\\})");
    return published;
  }

  private static void rewrite(JsonNode schema) {
    if (!(schema instanceof ObjectNode object)) {
      return;
    }
    useForm(object);
    if (object.has(ConfigSchema.UNLESS_SET)) {
      object.set("default", object.remove(ConfigSchema.UNLESS_SET));
    }
    for (String keyword : List.of("properties", "$defs", "patternProperties")) {
      object.path(keyword).forEach(PublishedSchema::rewrite);
    }
    for (String keyword : List.of("additionalProperties", "items", "then", "else")) {
      rewrite(object.path(keyword));
    }
    for (String keyword : List.of("allOf", "anyOf", "oneOf", "prefixItems")) {
      object.path(keyword).forEach(PublishedSchema::rewrite);
    }
    if (object.path("propertyNames") instanceof ObjectNode names) {
      useForm(names);
    }
    if (isConstrainedSingle(object)) {
      allowReference(object);
    }
  }

  private static void useForm(ObjectNode schema) {
    Form.named(schema.path("format").asText())
        .ifPresent(
            form -> {
              schema.remove("format");
              schema.put("pattern", form.pattern());
            });
  }

  private static boolean isConstrainedSingle(ObjectNode schema) {
    String type = schema.path("type").asText();
    if (schema.has("enum")) {
      return !schema.path("enum").isEmpty();
    }
    boolean narrowed = schema.has("pattern") || schema.has("format") || schema.has("maxLength");
    return SINGLE_TYPES.contains(type) && (narrowed || !type.equals("string"));
  }

  private static void allowReference(ObjectNode schema) {
    ObjectNode constraints = schema.objectNode();
    List<String> names = new ArrayList<>();
    schema.fieldNames().forEachRemaining(names::add);
    for (String name : names) {
      if (!ANNOTATIONS.contains(name)) {
        constraints.set(name, schema.remove(name));
      }
    }
    ArrayNode choice = schema.putArray("anyOf");
    choice.add(constraints);
    choice.addObject().put("$ref", "#/$defs/" + REFERENCE);
  }
}
