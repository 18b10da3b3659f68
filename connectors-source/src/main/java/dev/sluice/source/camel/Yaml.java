package dev.sluice.source.camel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.connector.ConnectorException;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads YAML, and brings routes into the shape that Camel's YAML DSL reads: a list. */
final class Yaml {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Yaml() {}

  /**
   * Reads one document.
   *
   * @throws ConnectorException of category CONFIGURATION
   */
  static Object read(String text) {
    try {
      Object document = new Load(LoadSettings.builder().build()).loadFromString(text);
      if (document == null) {
        throw noRoute("is empty");
      }
      return document;
    } catch (YamlEngineException e) {
      throw noRoute(
          "is not YAML: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  /**
   * The text of a route that was given as text, as a map or as a list. JSON is YAML, too.
   *
   * @throws ConnectorException of category CONFIGURATION
   */
  static String routes(Object route) {
    Object document = route instanceof String text ? read(text) : route;
    List<?> elements =
        switch (document) {
          case Map<?, ?> map -> List.of(map);
          case List<?> list -> list;
          default -> throw noRoute("is neither a map nor a list");
        };
    try {
      return JSON.writeValueAsString(elements);
    } catch (JsonProcessingException e) {
      throw noRoute("can't be written as YAML: " + e.getOriginalMessage());
    }
  }

  private static ConnectorException noRoute(String what) {
    return ConnectorException.configuration(
        "route-invalid",
        "The route " + what + ".",
        "Write it in Camel's YAML DSL, like {from: {uri: \"timer:tick\", steps: [...]}}.");
  }
}
