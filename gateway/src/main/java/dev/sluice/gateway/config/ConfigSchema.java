package dev.sluice.gateway.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.connector.ConnectorType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The JSON Schema (draft 2020-12) of a configuration file: a fixed skeleton and, for each connector
 * type, the schema of its options under {@code $defs/source.NAME} or {@code $defs/sink.NAME},
 * chosen by the value of {@code source} or {@code sink}. Immutable.
 */
public final class ConfigSchema {

  static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What holds where nothing is set, and is not written into the configuration then: it is the
   * log's to know. For readers of the published schema it is a default like others.
   */
  static final String UNLESS_SET = "x-unless-set";

  private static final String RESOURCE = "gateway.schema.json";

  private final ObjectNode root;

  /**
   * The schema for a gateway with these connector types.
   *
   * @throws IllegalArgumentException if a type's options schema is not a JSON object
   */
  public ConfigSchema(ConnectorTypes types) {
    root = skeleton();
    addTypes("source", types.sources());
    addTypes("sink", types.sinks());
  }

  /**
   * The schema as it is published, for editors and other tools. It allows a reference such as
   * {@code ${env:PORT}} wherever a single value may stand.
   */
  public String published() {
    try {
      DefaultPrettyPrinter printer =
          new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
      return JSON.writer(printer).writeValueAsString(PublishedSchema.of(root)) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** The schema that resolved configurations are held against. Not to be changed. */
  ObjectNode strict() {
    return root;
  }

  /** The schema of a type's options; a missing node if there is no such type. */
  JsonNode options(String kind, String type) {
    return root.path("$defs").path(kind + "." + type);
  }

  private void addTypes(String kind, List<? extends ConnectorType> types) {
    ObjectNode definitions = (ObjectNode) root.path("$defs");
    ObjectNode connector = (ObjectNode) definitions.path("connector");
    ArrayNode names = (ArrayNode) connector.path("properties").path(kind).path("enum");
    ArrayNode choices = (ArrayNode) connector.path("allOf");
    for (ConnectorType type : types) {
      String definition = kind + "." + type.name();
      definitions.set(definition, options(type, definition));
      names.add(type.name());
      choices.add(choice(kind, type.name(), definitions.path(definition)));
    }
  }

  private static ObjectNode options(ConnectorType type, String definition) {
    try {
      if (!(JSON.readTree(type.optionsSchema()) instanceof ObjectNode schema)) {
        throw new IllegalArgumentException(
            "The options schema of '" + type.name() + "' is not a JSON object");
      }
      schema.remove(List.of("$schema", "$id"));
      moveReferences(schema, "#/$defs/" + definition);
      if (!schema.has("title")) {
        schema.put("title", type.title());
      }
      if (!schema.has("description")) {
        schema.put("description", type.description());
      }
      return schema;
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException(
          "The options schema of '" + type.name() + "' is not JSON", wrong);
    }
  }

  /** Local references of a type's schema now start at its place in ours. */
  private static void moveReferences(JsonNode node, String base) {
    if (node instanceof ObjectNode object && object.path("$ref").isTextual()) {
      String target = object.path("$ref").textValue();
      if (target.startsWith("#")) {
        object.put("$ref", base + target.substring(1));
      }
    }
    node.forEach(child -> moveReferences(child, base));
  }

  private static ObjectNode choice(String kind, String type, JsonNode options) {
    ObjectNode choice = JSON.createObjectNode();
    ObjectNode when = choice.putObject("if");
    when.putArray("required").add(kind);
    String other = kind.equals("source") ? "sink" : "source";
    when.putObject("not").putArray("required").add(other);
    when.putObject("properties").putObject(kind).put("const", type);
    ObjectNode then = choice.putObject("then");
    then.putObject("properties").putObject("config").put("$ref", "#/$defs/" + kind + "." + type);
    if (!options.path("required").isEmpty()) {
      then.putArray("required").add("config");
    }
    return choice;
  }

  /** The fixed part, without the connector types. */
  static ObjectNode skeleton() {
    try (InputStream in = ConfigSchema.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("The resource " + RESOURCE + " is missing");
      }
      return (ObjectNode) JSON.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
