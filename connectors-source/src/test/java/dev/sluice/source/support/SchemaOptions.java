package dev.sluice.source.support;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.connector.ConnectorType;
import java.util.HashMap;
import java.util.Map;

/** Options as the runtime hands them over: what is given, with the schema's defaults filled in. */
public final class SchemaOptions {

  private static final ObjectMapper JSON = new ObjectMapper();

  private SchemaOptions() {}

  /** The schema of a type's options. */
  public static JsonNode schema(ConnectorType type) {
    try {
      return JSON.readTree(type.optionsSchema());
    } catch (JsonProcessingException malformed) {
      throw new AssertionError(malformed);
    }
  }

  /** The given options over the defaults. */
  public static Map<String, Object> of(ConnectorType type, Map<String, Object> given) {
    Map<String, Object> options = new HashMap<>();
    for (Map.Entry<String, JsonNode> property : schema(type).get("properties").properties()) {
      JsonNode standard = property.getValue().get("default");
      if (standard != null) {
        options.put(property.getKey(), JSON.convertValue(standard, Object.class));
      }
    }
    for (String name : given.keySet()) {
      if (!schema(type).get("properties").has(name)) {
        throw new AssertionError("There is no option " + name);
      }
    }
    options.putAll(given);
    return options;
  }
}
