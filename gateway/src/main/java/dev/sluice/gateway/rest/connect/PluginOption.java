package dev.sluice.gateway.rest.connect;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An option of a connector type, as Kafka Connect describes one. */
@Schema(name = "ConnectPluginOption")
record PluginOption(
    @Schema(examples = "url") String name,
    @Schema(description = "STRING, INT, DOUBLE, BOOLEAN, LIST or PASSWORD.", examples = "STRING")
        String type,
    boolean required,
    @JsonProperty("default_value") @Nullable String defaultValue,
    @Schema(examples = "HIGH") String importance,
    String documentation,
    @JsonProperty("display_name") String displayName,
    int order) {

  /** The options of a JSON Schema's properties, in its order. */
  static List<PluginOption> all(JsonNode schema) {
    return all("", schema);
  }

  /**
   * As {@link #all(JsonNode)}.
   *
   * @param prefix what stands before their names
   */
  static List<PluginOption> all(String prefix, JsonNode schema) {
    Set<String> required = new HashSet<>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    List<PluginOption> options = new ArrayList<>();
    schema
        .path("properties")
        .properties()
        .forEach(
            property ->
                options.add(
                    of(
                        prefix + property.getKey(),
                        property.getValue(),
                        required.contains(property.getKey()),
                        options.size() + 1)));
    return options;
  }

  private static PluginOption of(String name, JsonNode property, boolean required, int order) {
    JsonNode standard = property.path("default");
    return new PluginOption(
        name,
        type(property),
        required,
        standard.isMissingNode() || standard.isNull()
            ? null
            : standard.isValueNode() ? standard.asText() : standard.toString(),
        required ? "HIGH" : "MEDIUM",
        property.path("description").asText(""),
        property.path("title").asText(name),
        order);
  }

  private static String type(JsonNode property) {
    if (property.path("writeOnly").asBoolean(false)) {
      return "PASSWORD";
    }
    return switch (property.path("type").asText("string").toLowerCase(Locale.ROOT)) {
      case "integer" -> "INT";
      case "number" -> "DOUBLE";
      case "boolean" -> "BOOLEAN";
      case "array" -> "LIST";
      default -> "STRING";
    };
  }
}
