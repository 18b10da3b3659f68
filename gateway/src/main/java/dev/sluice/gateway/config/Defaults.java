package dev.sluice.gateway.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Fills in the defaults that a schema names, so that they are written down only there. */
final class Defaults {

  private final JsonNode document;

  /**
   * Defaults from a document.
   *
   * @param document where {@code $ref}s of its schemas lead
   */
  Defaults(JsonNode document) {
    this.document = document;
  }

  /** Fills a valid value in place, and what is inside it. */
  void fill(JsonNode value, JsonNode schema) {
    JsonNode resolved = resolve(schema);
    if (value instanceof ObjectNode object) {
      fillObject(object, resolved);
    } else if (value.isArray()) {
      value.forEach(item -> fill(item, resolved.path("items")));
    }
  }

  private void fillObject(ObjectNode object, JsonNode schema) {
    JsonNode properties = schema.path("properties");
    properties
        .properties()
        .forEach(
            property -> {
              JsonNode standard = resolve(property.getValue()).path("default");
              if (!object.has(property.getKey()) && !standard.isMissingNode()) {
                object.set(property.getKey(), standard.deepCopy());
              }
            });
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    for (String name : names) {
      fill(
          object.path(name),
          properties.has(name) ? properties.path(name) : schema.path("additionalProperties"));
    }
  }

  private JsonNode resolve(JsonNode schema) {
    JsonNode at = schema;
    for (int i = 0; i < YamlReader.MAX_DEPTH && at.path("$ref").isTextual(); i++) {
      at = document.at(at.path("$ref").textValue().substring(1));
    }
    return at;
  }
}
