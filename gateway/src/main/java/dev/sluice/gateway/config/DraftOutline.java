package dev.sluice.gateway.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Makes a spec of a declaration that may have any mistake: what is written plainly and rightly is
 * taken, for the rest the defaults are. Such a spec is to be looked at, not to be run. Immutable.
 */
final class DraftOutline {

  private static final String UNKNOWN = "unknown";

  private final ConfigSchema schema;
  private final SecretOptions secretOptions;

  DraftOutline(ConfigSchema schema, SecretOptions secretOptions) {
    this.schema = schema;
    this.secretOptions = secretOptions;
  }

  ConnectorSpec of(String name, JsonNode declared) {
    boolean isRule = Drafts.isRule(declared);
    String section = isRule ? "rules" : "connectors";
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.putObject(section).set(name, declared);
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.putObject(section).set(name, isRule ? rule(declared) : connector(declared));
    new Defaults(schema.strict()).fill(root, schema.strict());
    return new SpecReader(root, new DisplayConfig(secretOptions, document)).connector(name);
  }

  private static ObjectNode rule(JsonNode declared) {
    ObjectNode rule = JsonNodeFactory.instance.objectNode();
    rule.set("from", names(declared.path("from")));
    rule.put("to", declared.path("to").asText());
    addOthers(rule, declared);
    return rule;
  }

  private static ObjectNode connector(JsonNode declared) {
    ObjectNode connector = JsonNodeFactory.instance.objectNode();
    String kind = declared.has("source") ? "source" : "sink";
    connector.put(kind, declared.path(kind).asText(UNKNOWN));
    if (declared.path("topic").isTextual()) {
      connector.set("topic", declared.path("topic"));
    }
    connector.set("topics", names(declared.path("topics")));
    connector.putObject("config");
    addOthers(connector, declared);
    return connector;
  }

  private static void addOthers(ObjectNode outline, JsonNode declared) {
    ArrayNode steps = outline.putArray("transforms");
    for (JsonNode step : declared.path("transforms")) {
      if (step.path("topic").isTextual()) {
        steps.addObject().set("topic", step.path("topic"));
      }
    }
    JsonNode deadLetters = declared.path("errors").path("dead-letter-topic");
    if (deadLetters.isTextual()) {
      outline.putObject("errors").set("dead-letter-topic", deadLetters);
    }
  }

  private static ArrayNode names(JsonNode declared) {
    ArrayNode names = JsonNodeFactory.instance.arrayNode();
    List<String> texts = SpecReader.strings(declared);
    texts.stream().filter(text -> !text.isEmpty()).forEach(names::add);
    return names;
  }
}
