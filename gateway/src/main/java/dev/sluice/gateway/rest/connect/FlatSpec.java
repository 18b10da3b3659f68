package dev.sluice.gateway.rest.connect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.gateway.config.ConnectorTypes;
import dev.sluice.gateway.config.FormSchemas;
import dev.sluice.gateway.rest.ApiException;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes a declaration of a configuration as Kafka Connect has it, strings by dotted names: the
 * inverse of {@link FlatConfig}. An option may also be given by its bare name, as {@code url} for
 * {@code config.url}. What no schema knows is handed on, to be refused where all mistakes are.
 * Immutable.
 */
@Singleton
final class FlatSpec {

  private static final String CLASS = "connector.class";
  private static final String RULE = "rule";
  private static final List<String> KINDS = List.of("source", "sink");

  private final ConnectorTypes types;
  private final FormSchemas schemas;

  FlatSpec(ConnectorTypes types, FormSchemas schemas) {
    this.types = types;
    this.schemas = schemas;
  }

  /**
   * The declaration.
   *
   * @param name the connector's; if the configuration has one, it must be this
   * @throws ApiException if it can't be told what kind of connector is meant
   */
  ObjectNode of(String name, Map<String, @Nullable String> flat) {
    Map<String, @Nullable String> settings = settings(name, flat);
    settings.values().removeIf(value -> value == null);
    String kind = kind(settings);
    String type = settings.remove(CLASS);
    ObjectNode spec = JsonNodeFactory.instance.objectNode();
    if (!kind.equals(RULE)) {
      spec.put(kind, type == null ? settings.getOrDefault(kind, "") : type);
      settings.remove(kind);
    }
    change(spec, kind, settings);
    return spec;
  }

  /**
   * A declaration of which some settings are others, and the rest is as it was.
   *
   * @param name the connector's
   * @param stored the declaration so far; is not changed
   * @param changes null takes a setting away, and all below its name
   * @throws ApiException if it can't be told what kind of connector is meant
   */
  ObjectNode changed(String name, ObjectNode stored, Map<String, @Nullable String> changes) {
    Map<String, @Nullable String> settings = settings(name, changes);
    ObjectNode spec = stored.deepCopy();
    if (settings.containsKey(CLASS)) {
      become(spec, settings.remove(CLASS));
    }
    String kind = KINDS.stream().filter(spec::has).findFirst().orElse(RULE);
    change(spec, kind, settings);
    FlatSettings.closeGaps(spec);
    return spec;
  }

  /** The settings under the names that declarations have. */
  private static Map<String, @Nullable String> settings(
      String name, Map<String, @Nullable String> flat) {
    Map<String, @Nullable String> settings = new TreeMap<>(flat);
    String named = settings.remove("name");
    if (named != null && !named.equals(name)) {
      throw ApiException.invalid(
          "name", "The configuration is named '%s', not '%s'.".formatted(named, name), "Use one.");
    }
    if (settings.containsKey("tasks.max")) {
      settings.put("tasks", settings.remove("tasks.max"));
    }
    return settings;
  }

  private void become(ObjectNode spec, @Nullable String type) {
    Map<String, @Nullable String> known = new TreeMap<>();
    known.put(CLASS, type);
    if (spec.has("topics")) {
      known.put("topics", "");
    }
    String kind = kind(known);
    if (!kind.equals(RULE) && !spec.path(kind).asText().equals(type)) {
      spec.remove(KINDS);
      spec.put(kind, type);
    }
  }

  /** {@code source}, {@code sink} or {@code rule}. */
  private String kind(Map<String, @Nullable String> settings) {
    for (String kind : KINDS) {
      if (settings.containsKey(kind)) {
        return kind;
      }
    }
    String type = settings.get(CLASS);
    if (type == null) {
      throw ApiException.invalid(
          CLASS, "It is missing.", "GET /connector-plugins lists the connector types.");
    }
    if (type.equals(RULE)) {
      return RULE;
    }
    boolean isSource = types.source(type).isPresent();
    boolean isSink = types.sink(type).isPresent();
    if (isSource && isSink) {
      return settings.containsKey("topics") ? "sink" : "source";
    }
    if (!isSource && !isSink) {
      throw ApiException.invalid(
          CLASS,
          "There is no connector type '" + type + "'.",
          "GET /connector-plugins lists the connector types.");
    }
    return isSource ? "source" : "sink";
  }

  private void change(ObjectNode spec, String kind, Map<String, @Nullable String> settings) {
    ObjectNode around = schemas.around(kind);
    JsonNode options = schemas.options(kind, spec.path(kind).asText());
    if (around.path("properties") instanceof ObjectNode properties && !options.isMissingNode()) {
      properties.set("config", options);
    }
    settings.forEach(
        (path, value) -> {
          boolean isBare =
              FlatSettings.property(around, path).isEmpty()
                  && !FlatSettings.property(options, path).isEmpty();
          String name = isBare ? "config." + path : path;
          if (value == null) {
            FlatSettings.remove(spec, around, name);
          } else {
            FlatSettings.put(spec, around, name, value);
          }
        });
  }
}
