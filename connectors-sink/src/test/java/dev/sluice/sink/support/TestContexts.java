package dev.sluice.sink.support;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.connector.Options;
import dev.sluice.connector.SinkType;
import dev.sluice.connector.testing.FakeSinkContext;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Contexts whose options have the schema's defaults filled in, as the runtime does. */
public final class TestContexts {

  private static final JsonMapper JSON = new JsonMapper();

  private TestContexts() {}

  /** A context on the system clock. */
  public static FakeSinkContext of(SinkType type, Map<String, Object> options) {
    return of(type, options, Clock.systemUTC());
  }

  /** A context with a clock. */
  public static FakeSinkContext of(SinkType type, Map<String, Object> options, Clock clock) {
    return new FakeSinkContext("test", options(type, options), clock, new CopyOnWriteArrayList<>());
  }

  /** The options with the defaults of the type's schema; fails for options that it lacks. */
  public static Options options(SinkType type, Map<String, Object> options) {
    Map<String, Object> all = new LinkedHashMap<>();
    JsonNode properties = schema(type).get("properties");
    for (Map.Entry<String, JsonNode> property : properties.properties()) {
      if (property.getValue().has("default")) {
        all.put(
            property.getKey(), JSON.convertValue(property.getValue().get("default"), Object.class));
      }
    }
    for (Map.Entry<String, Object> option : options.entrySet()) {
      if (!properties.has(option.getKey())) {
        throw new IllegalArgumentException("no option " + option.getKey());
      }
      all.put(option.getKey(), option.getValue());
    }
    return new Options(all);
  }

  /** The parsed schema. */
  public static JsonNode schema(SinkType type) {
    try {
      return JSON.readTree(type.optionsSchema());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the schema of " + type.name() + " is no JSON", e);
    }
  }
}
