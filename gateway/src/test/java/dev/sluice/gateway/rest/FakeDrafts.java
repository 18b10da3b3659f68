package dev.sluice.gateway.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.connector.ConnectorType;
import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.config.ConnectorSpec.Kind;
import dev.sluice.gateway.config.ConnectorSpec.OptionValues;
import dev.sluice.gateway.config.ConnectorTypes;
import dev.sluice.gateway.rest.trial.DraftReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads type, topic and options of a draft, with the defaults of the type's schema. */
final class FakeDrafts implements DraftReader {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ConnectorTypes types;

  FakeDrafts(ConnectorTypes types) {
    this.types = types;
  }

  @Override
  public Read read(String name, JsonNode spec) {
    Kind kind = spec.has("source") ? Kind.SOURCE : Kind.SINK;
    String type = spec.path(kind == Kind.SOURCE ? "source" : "sink").asText();
    Optional<ConnectorType> known = types.find(kind, type);
    if (known.isEmpty()) {
      return new Read.Wrong(List.of(new Mistake("/source", "There is no such type.", "")));
    }
    ConnectorSpec like = Views.spec(name, kind);
    return new Read.Right(
        new ConnectorSpec(
            name,
            kind,
            type,
            kind == Kind.SOURCE ? spec.path("topic").asText() : null,
            like.topics(),
            null,
            like.valueFormat(),
            List.of(),
            like.errors(),
            like.delivery(),
            1,
            new OptionValues(options(known.get(), spec.path("config"))),
            Map.of()));
  }

  private static Map<String, Object> options(ConnectorType type, JsonNode given) {
    try {
      Map<String, Object> options = new HashMap<>();
      JSON.readTree(type.optionsSchema())
          .path("properties")
          .properties()
          .forEach(
              property -> {
                if (property.getValue().has("default")) {
                  options.put(
                      property.getKey(),
                      JSON.convertValue(property.getValue().get("default"), Object.class));
                }
              });
      given
          .properties()
          .forEach(
              entry ->
                  options.put(entry.getKey(), JSON.convertValue(entry.getValue(), Object.class)));
      return options;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
