package dev.sluice.gateway.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a setting means, as the configuration file's schema tells it.
 *
 * @param name its key
 * @param title its name for people
 * @param description what it means
 * @param kind what is written there
 * @param choices the words that may be written there; mostly none
 * @param minimum the least number, or null
 * @param maximum the greatest number, or null
 * @param standard what holds where nothing is set, as JSON; null if that is nothing at all
 * @param examples what may be written there, as JSON
 * @param settings what may be set within it
 */
public record SettingDescription(
    String name,
    String title,
    String description,
    Kind kind,
    List<String> choices,
    @Nullable Number minimum,
    @Nullable Number maximum,
    @Nullable JsonNode standard,
    List<JsonNode> examples,
    List<SettingDescription> settings) {

  /** What is written for a setting; one with settings within it may be an object, too. */
  public enum Kind {
    DURATION,
    SIZE,
    INTEGER,
    NUMBER,
    BOOLEAN,
    /** True, false, or a list of names. */
    NAMES,
    CHOICE,
    /** An object and nothing else. */
    GROUP
  }

  /** The settings of a topic. */
  public static List<SettingDescription> ofTopics() {
    return within(ConfigSchema.skeleton().at("/$defs/topic"));
  }

  private static List<SettingDescription> within(JsonNode schema) {
    return schema.path("properties").properties().stream().map(SettingDescription::of).toList();
  }

  private static SettingDescription of(Map.Entry<String, JsonNode> setting) {
    JsonNode schema = setting.getValue();
    JsonNode standard = schema.path(ConfigSchema.UNLESS_SET);
    return new SettingDescription(
        setting.getKey(),
        schema.path("title").asText(),
        schema.path("description").asText(),
        kind(schema),
        choices(schema),
        schema.path("minimum").numberValue(),
        schema.path("maximum").numberValue(),
        present(standard.isMissingNode() ? schema.path("default") : standard),
        list(schema.path("examples")),
        within(schema.has("then") ? schema.path("then") : schema));
  }

  private static @Nullable JsonNode present(JsonNode node) {
    return node.isMissingNode() ? null : node;
  }

  private static Kind kind(JsonNode schema) {
    JsonNode single = schema.has("else") ? schema.path("else") : schema;
    if (single.has("enum")) {
      return Kind.CHOICE;
    }
    if (schema.path("then").has("items")) {
      return Kind.NAMES;
    }
    JsonNode type = single.path("type");
    String first = type.isArray() ? type.path(0).asText() : type.asText();
    return switch (first) {
      case "string" -> schema.path("format").asText().equals("size") ? Kind.SIZE : Kind.DURATION;
      case "integer" -> Kind.INTEGER;
      case "number" -> Kind.NUMBER;
      case "boolean" -> Kind.BOOLEAN;
      default -> Kind.GROUP;
    };
  }

  private static List<String> choices(JsonNode schema) {
    JsonNode single = schema.has("else") ? schema.path("else") : schema;
    return list(single.path("enum")).stream().map(JsonNode::asText).toList();
  }

  private static List<JsonNode> list(JsonNode array) {
    List<JsonNode> all = new ArrayList<>();
    array.forEach(all::add);
    return List.copyOf(all);
  }
}
